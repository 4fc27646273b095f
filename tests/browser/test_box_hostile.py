"""Hostile text in a derivation box or its link runs nothing and loads nothing."""

import pytest
from playwright.sync_api import expect

from box_driver import SOON, Box, fragment, outside

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("pyodide")]

HOSTILE = [
    "<script>window.struck = 1</script>",
    "<img src=x onerror='window.struck = 1'>",
    "<svg onload='window.struck = 1'></svg></textarea><b>",
    r"= \href{javascript:window.struck=1}{x}",
    r"= \unicode[foo; src=url(https://evil.example/x)]{x3C3}",
    r"= \require{action}\toggle{x}{y}\endtoggle",
    r"= \html{<img src=x onerror='window.struck=1'>}",
    r"= \class{wg-box}{x} \cssId{wg-boxes}{y} \style{background:url(https://evil.example)}{z}",
    r"= \mmlToken{mi}[href='javascript:window.struck=1' id='wg-boxes' class='wg-box']{x}",
    r"= \mmlToken{mi}[style='background:url(https://evil.example/y)']{x}",
    r"= \def\x{\x\x}\x \newcommand{\frac}[2]{gone} \let\sigma=\tau",
    r"= \data{a=b}{x} \includegraphics{https://evil.example/z.png} \url{https://evil.example}",
    r"= \rule{9999em}{9999em} \hspace{-9999em} \raise 999em x \Huge x",
    r"\) <img src=x onerror='window.struck=1'> \( = \] \end{align}",
    "= \x00\x07\x1b[31m\u202e\u2066 x \ufeff",
    "= " + "{" * 3000,
    "= " + r"\frac{1}{" * 300 + "x" + "}" * 300,
    "= x\n" * 300,
    "${window.struck = 1} {{constructor.constructor('window.struck=1')()}}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
def test_hostile_text_in_the_box(warm: Box, text: str) -> None:
    styles = "document.querySelectorAll('script, iframe, link').length"
    before = warm.page.evaluate(styles)
    asked = len(warm.asked)
    warm.write(text, "sigmoid_derivative")
    warm.button("Check").click()
    expect(warm.button("Stop")).to_be_hidden(timeout=SOON)
    warm.page.wait_for_timeout(400)  # the preview and MathJax
    assert_unharmed(warm)
    assert warm.page.evaluate(styles) == before
    assert warm.asked[asked:] == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
def test_hostile_text_in_a_link(warm: Box, text: str) -> None:
    asked = len(warm.asked)
    warm.page.evaluate("(tail) => { location.hash = tail; }", fragment({"text": text}))
    expect(warm.text).not_to_have_value("")
    warm.page.wait_for_timeout(400)  # the preview and MathJax
    assert_unharmed(warm)
    expect(warm.lines).to_have_count(0)
    assert warm.asked[asked:] == []
    warm.page.evaluate("history.replaceState(null, '', location.pathname)")


def assert_unharmed(box: Box) -> None:
    """Nothing ran, nothing was said, nothing links, loads, or stands where it should not."""
    page = box.page
    assert page.evaluate("window.struck") is None
    for part in (".wg-box-preview", ".wg-box-results"):
        inside = box.place.locator(part)
        assert (
            inside.locator("a, img, script, iframe, svg, [onerror], [onload], [href]").count() == 0
        )
        assert inside.locator("[id='wg-boxes'], .wg-box").count() == 0
        styled = inside.locator("[style]").evaluate_all(
            "(all) => all.map((one) => one.style.cssText)"
        )
        assert not [style for style in styled if "url" in style]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.locator("script#wg-boxes").count() == 1
    assert box.said == []
    assert outside(box.asked) == []


def test_formulas_of_others_survive_hostile_macros(warm: Box) -> None:
    warm.write("= \\def\\frac#1#2{gone}\\newcommand{\\sigma}{gone}\\frac{1}{2}", "sigmoid_tanh")
    expect(warm.rows().locator("mjx-container")).to_have_count(1, timeout=SOON)
    warm.write("= \\frac{1}{2}")
    expect(warm.rows().locator("mjx-mfrac")).to_have_count(1, timeout=SOON)
