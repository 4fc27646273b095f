"""A derivation is shown line by line, and only if every line is proved."""

from dataclasses import replace

import pytest

from wordgrad.book import derivations as book
from wordgrad.derivations import ALL, derivation
from wordgrad.proof.derivation import Step


def test_a_derivation_is_shown_line_by_line() -> None:
    page, chosen = book.show_derivation("neg_uk"), derivation("neg_uk")
    assert page.markdown.count("[✓]{.wg-mark}") == len(chosen.steps)
    for step in chosen.steps:
        assert step.latex in page.markdown
        assert step.because in page.markdown
    assert chosen.assuming in page.markdown
    bundle = page._repr_mimebundle_()
    assert bundle["text/markdown"] == page.markdown
    assert bundle["text/html"].count("✓") == len(chosen.steps)
    assert '<p class="wg-because">' in bundle["text/html"]


def test_html_escapes_what_the_lines_contain() -> None:
    page = book.show_derivation("softmax_jacobian_cases")
    assert "&amp;" in page.html
    assert " & " not in page.html


@pytest.mark.parametrize("latex", [r"U^\top(y-\hat y)", r"U(\hat y-y)", r"U^\top(\hat y-y"])
def test_a_line_that_is_not_proved_cannot_be_shown(
    latex: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = derivation("naive_vc")
    bad = replace(good, steps=(*good.steps[:-1], Step(latex, "a slip")))
    monkeypatch.setattr(book, "derivation", lambda name: bad)
    with pytest.raises(book.NotProved, match="naive_vc"):
        book.show_derivation("naive_vc")
    with pytest.raises(book.NotProved):
        book.show_result("naive_vc")


def test_a_line_under_an_open_condition_cannot_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    sigmoid = derivation("sigmoid_derivative")
    bad = replace(sigmoid, quantity=r"\log x^2", steps=(Step(r"2\log x", "for x > 0 only"),))
    monkeypatch.setattr(book, "derivation", lambda name: bad)
    with pytest.raises(book.NotProved, match="holds where"):
        book.show_derivation("sigmoid_derivative")


def test_an_unknown_derivation_is_named() -> None:
    with pytest.raises(ValueError, match="naive_vcc"):
        book.show_derivation("naive_vcc")


def test_every_derivation_has_a_class_of_its_own() -> None:
    assert len({book.css_class(name) for name in ALL}) == len(ALL)
    name = next(iter(ALL))
    assert f"wg-derivation {book.css_class(name)}" in book.show_derivation(name).markdown
