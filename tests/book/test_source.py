"""Code is shown as the package has it."""

import inspect

import wordgrad
from wordgrad.book import show_source
from wordgrad.numeric import textbook


def test_code_is_shown_without_its_docstring() -> None:
    page = show_source(wordgrad.softmax)
    assert "\ndef softmax(" in page.markdown
    assert '"""' not in page.markdown
    shown = page.markdown.removeprefix("```python\n").removesuffix("```\n").splitlines()
    source = inspect.getsource(wordgrad.softmax).splitlines()
    assert set(shown) <= set(source)
    assert shown[-1] == source[-1]


def test_code_without_a_docstring_is_shown_whole() -> None:
    def square(x: float) -> float:
        return x * x

    assert show_source(square).markdown == (
        "```python\ndef square(x: float) -> float:\n    return x * x\n```\n"
    )


def test_html_escapes_code() -> None:
    assert "-&gt; float" in show_source(textbook.sigmoid).html
