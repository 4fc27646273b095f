"""The derivation box: verdicts, assumptions, link, draft, keyboard, telephone, hostile text."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from box_driver import HOME, SOON, Box, find_box, fragment, listen, outside
from browsing import DESKTOP, reader, settle
from pyodide_mirror import serve_pyodide
from test_accessibility import AXE, FINDINGS, RULES

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("pyodide")]

SMALL = (360, 780)
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


def open_page(page: Page, url: str, asked: list[str], target: str = "") -> Box:
    said = listen(page)
    page.goto(url)
    settle(page)
    return find_box(page, said, asked, target)


@pytest.fixture
def box(browser: Browser, box_site: str) -> Iterator[Box]:
    """The open box, where Python has not been started."""
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        yield open_page(context.new_page(), f"{box_site}/{HOME}", asked)


@pytest.fixture(scope="module")
def running(browser: Browser, box_site: str) -> Iterator[Box]:
    """The open box of a page whose Python runs, shared by many tests."""
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/{HOME}", asked)
        found.write("= x", "sigmoid_derivative")
        found.check()
        yield found


@pytest.fixture
def warm(running: Box) -> Box:
    """That box, emptied."""
    running.clear()
    return running


# ------------------------------------------------------------------------------------- verdicts
def test_nothing_is_loaded_before_a_click(box: Box) -> None:
    box.write("= x", "sigmoid_derivative")
    expect(box.rows()).to_have_count(1, timeout=SOON)
    box.page.wait_for_timeout(1500)  # longer than the box waits before it checks by itself
    assert box.asked == []
    expect(box.lines).to_have_count(0)


def test_first_check_loads_python_and_nothing_else(box: Box) -> None:
    box.button("Right").click()
    assert box.check() == ["proved"] * 3
    assert box.asked
    assert outside(box.asked) == []
    assert not any("matplotlib" in url for url in box.asked)
    expect(box.summary).to_have_text("Every line holds.")
    assert box.said == []


def test_wrong_line_has_numbers_slip_and_repair(warm: Box) -> None:
    warm.button("Wrong").click()
    assert warm.verdicts() == ["proved", "proved", "wrong"]
    line = warm.lines.nth(2)
    expect(line).to_contain_text("✗ does not hold")
    expect(line.locator(".wg-witness")).to_contain_text(re.compile("Take .* and the line gives"))
    expect(line.locator(".wg-slip")).to_contain_text("slip")
    expect(line.locator(".wg-head + .math mjx-container")).to_have_count(1)
    expect(warm.summary).to_contain_text("The first wrong line is line 3")
    assert line.locator("mjx-merror").count() == 0


def test_right_by_luck(warm: Box) -> None:
    warm.button("Right by luck").click()
    assert warm.verdicts() == ["wrong", "wrong", "proved"]
    expect(warm.lines.nth(1)).to_contain_text("it follows from the line above")
    expect(warm.lines.nth(2)).to_contain_text("does not follow from the line above")
    expect(warm.summary).to_contain_text("The last line is right all the same.")


def test_what_cannot_be_read_is_marked_in_its_place(warm: Box) -> None:
    warm.write("= \\exp u^\\top v\n= U^\\top(\\hat y - y", "naive_vc")
    assert warm.check() == ["not_understood", "not_understood"]
    expect(warm.lines.nth(1)).to_contain_text("? could not be read")
    expect(warm.lines.nth(1).locator("pre")).to_contain_text("U^\\top(\\hat y - y")


def test_layout_has_a_mark_of_its_own(warm: Box) -> None:
    warm.write("= U(\\hat y - y)", "naive_vc")
    assert warm.check() == ["layout"]
    expect(warm.lines).to_contain_text("⇄ holds in another layout")
    warm.place.get_by_label("U has").select_option("columns")
    expect(warm.lines).to_contain_text("✓", timeout=SOON)
    assert warm.verdicts() == ["proved"]


def test_target_is_found_by_the_left_hand_side(warm: Box) -> None:
    warm.write("\\frac{\\partial J}{\\partial v_c} = U^\\top(\\hat y - y)", "")
    assert warm.check() == ["proved"]
    expect(warm.place.locator(".wg-assuming")).to_contain_text("center vector")


def test_assumptions_are_shown_and_switched(warm: Box) -> None:
    line = "\\frac{\\partial J}{\\partial u_k} = \\sigma(u_k^\\top v_c)\\,v_c"
    warm.write(line, "neg_uk")
    negatives = warm.place.get_by_label("negatives are")
    expect(negatives).to_have_value("distinct")
    assert warm.check() == ["proved"]
    negatives.select_option("any")
    expect(warm.lines).to_contain_text("✗", timeout=SOON)  # without another click
    assert warm.verdicts() == ["wrong"]
    expect(warm.place.locator(".wg-assuming")).to_contain_text("negatives: any")


def test_verdicts_follow_the_typing_once_python_runs(warm: Box) -> None:
    warm.write("= \\sigma(x)(1-\\sigma(x))", "sigmoid_derivative")
    expect(warm.lines).to_contain_text("✓", timeout=SOON)
    warm.text.press("End")
    warm.text.type("+1")
    expect(warm.lines).to_contain_text("✗", timeout=SOON)


def test_nothing_to_check_is_said(warm: Box) -> None:
    warm.button("Check").click()
    expect(warm.status).to_contain_text("Write a line first")
    warm.write("Hello, how are you today?", "naive_vc")
    warm.button("Check").click()
    expect(warm.status).to_contain_text("No formula was found", timeout=SOON)


def test_stop_ends_python_and_check_starts_it_anew(box: Box) -> None:
    box.button("Right").click()
    box.button("Check").click()
    box.button("Stop").click()
    expect(box.status).to_contain_text("Stopped")
    expect(box.button("Stop")).to_be_hidden()
    assert box.check() == ["proved"] * 3


def test_box_and_cells_share_one_python(browser: Browser, box_site: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        page = context.new_page()
        workers: list[str] = []
        page.on("worker", lambda worker: workers.append(worker.url))
        found = open_page(page, f"{box_site}/index.html", asked, "naive_vc")
        page.locator('[aria-label="Run cell 2"]').click()
        status = page.locator(".wg-cell-2 .wg-status, .cell .wg-bar .wg-status").last
        expect(status).to_have_text("Done", timeout=SOON)
        found.button("The lines above").click()  # Python runs: no other click is needed
        expect(found.lines.first).to_be_visible(timeout=SOON)
        assert set(found.verdicts()) == {"proved"}
        assert len(workers) == 1
        found.write("= x", "naive_vc")
        found.button("Check").click()
        expect(found.lines).to_have_count(1, timeout=SOON)
        page.locator('[aria-label="Run cell 2"]').click()
        expect(status).to_have_text("Done", timeout=SOON)
        assert len(workers) == 1
        assert found.said == []


# --------------------------------------------------------------------------- preview, link, draft
def test_lines_are_typeset_as_they_are_typed(box: Box) -> None:
    box.write("\\begin{align}\\sigma'(x) &= a \\\\ &= \\frac{b}{c}\\end{align}")
    expect(box.rows()).to_have_count(2, timeout=SOON)
    expect(box.rows().nth(1).locator("mjx-mfrac")).to_have_count(1)
    box.write("= \\boldsymbol{u}_w\n= \\bm{v}\n= \\bm{v}")
    expect(box.rows()).to_have_count(3)
    expect(box.rows().locator("mjx-container")).to_have_count(3)
    assert box.rows().locator("mjx-merror, [data-mjx-error]").count() == 0
    assert box.said == []


def test_chapter_box_begins_with_its_derivation(browser: Browser, box_site: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/index.html", asked, "naive_vc")
        expect(found.target).to_have_value("naive_vc")
        found.button("The lines above").click()
        expect(found.text).to_have_value(re.compile(r"^\\frac\{\\partial J\}\{\\partial v_c\} = "))
        found.write("= 1")
        found.button("Copy link").click()
        link = found.place.get_by_label("Link to this derivation").input_value()
        assert link.startswith(f"{box_site}/{HOME}#derivation-")


def test_link_carries_everything_and_runs_nothing(
    browser: Browser, box: Box, box_site: str
) -> None:
    box.write("= \\sum_w \\hat y_w u_w – ∂σ ≤ 𝕍", "cbow_uw")
    box.place.get_by_label("U has").select_option("columns")
    box.place.get_by_label("loss of a pair").select_option("either")
    before = (box.text.input_value(), box.target.input_value())
    box.button("Copy link").click()
    link = box.place.get_by_label("Link to this derivation").input_value()
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        other = open_page(page, link, asked)
        assert (other.text.input_value(), other.target.input_value()) == before
        expect(other.place.get_by_label("U has")).to_have_value("columns")
        expect(other.place.get_by_label("loss of a pair")).to_have_value("either")
        expect(other.lines).to_have_count(0)
        assert asked == []
        assert not any("derivation-" in url for url in requests)
        assert other.said == []


@pytest.mark.parametrize(
    "tail",
    [
        "#derivation-",
        "#derivation-%00%ff",
        "#derivation-!!!",
        "#derivation-" + "A" * 70_000,
        fragment([]),
        fragment({"text": 1}),
        fragment({"text": "x" * 10_001}),
        fragment({"text": "x", "target": "<img src=x onerror=window.struck=1>"}),
        fragment({"text": "x", "layout": "__proto__"}),
        fragment({"text": "x", "assuming": {"__proto__": "o", "constructor": "any"}}),
        fragment({"text": "x", "assuming": {"w": ["o"]}}),
    ],
    ids=lambda tail: tail[:40],
)
def test_damaged_link_is_refused(box: Box, tail: str) -> None:
    box.page.evaluate("(tail) => { location.hash = tail; }", tail)
    box.page.reload()
    settle(box.page)
    expect(box.status).to_contain_text("The link is damaged or too long", timeout=SOON)
    expect(box.text).to_have_value("")
    assert box.page.evaluate("window.struck") is None
    assert [text for text in box.said if "querySelector" not in text] == []


def test_draft_is_kept_and_cleared(box: Box) -> None:
    box.write("= a draft", "naive_U")
    box.page.reload()
    expect(box.text).to_have_value("= a draft", timeout=SOON)
    expect(box.target).to_have_value("naive_U")
    box.button("Clear").click()
    expect(box.text).to_be_focused()
    box.page.reload()
    expect(box.button("Check")).to_be_visible(timeout=SOON)
    expect(box.text).to_have_value("")
    assert box.page.evaluate("localStorage.length") <= 2  # what the theme keeps


def test_damaged_draft_is_left_alone(box: Box) -> None:
    box.write("= a draft", "naive_U")
    spoil = """() => { for (const key of Object.keys(localStorage))
        if (key.startsWith("wg-draft")) localStorage.setItem(key, '{"text": 3}'); }"""
    box.page.evaluate(spoil)
    box.page.reload()
    expect(box.button("Check")).to_be_visible(timeout=SOON)
    expect(box.text).to_have_value("")
    assert box.said == []


# ------------------------------------------------------------------------------ hostile strings
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


# ------------------------------------------------------------------- keyboard, telephone, access
def test_keyboard_alone_is_enough(box: Box) -> None:
    keys = box.page.keyboard
    box.target.focus()
    keys.type("derivative of the log")
    expect(box.target).to_have_value("sigmoid_derivative")
    for name in ("Right", "Wrong", "Right by luck"):
        keys.press("Tab")
        expect(box.button(name)).to_be_focused()
    keys.press("Tab")
    expect(box.text).to_be_focused()
    keys.type("= \\sigma(x)/1")  # the page's own shortcut for its search is a slash
    expect(box.text).to_have_value("= \\sigma(x)/1")
    keys.press("ControlOrMeta+Enter")
    assert box.verdicts() == ["wrong"]
    expect(box.text).to_be_focused()
    keys.press("Tab")  # the typeset lines, which can scroll
    keys.press("Tab")
    expect(box.place.get_by_label("U has")).to_be_focused()
    keys.press("Tab")
    expect(box.button("Check")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_small_telephone(browser: Browser, box_site: str, theme: str) -> None:
    with reader(browser, SMALL, theme) as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/{HOME}", asked)
        found.button("Wrong").click()
        found.check()
        expect(found.place.locator("mjx-container").first).to_be_visible(timeout=SOON)
        assert found.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        sizes = found.place.locator("button:visible, select:visible").evaluate_all(
            "(all) => all.map((one) => [one.className, one.offsetWidth, one.offsetHeight])"
        )
        assert [size for size in sizes if min(size[1:]) < 44] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_box(browser: Browser, box_site: str, theme: str) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core here: `make setup` with npm on the PATH installs it")
    with reader(browser, DESKTOP, theme) as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/index.html", asked, "naive_vc")
        found.button("Wrong").click()
        found.check()
        found.button("Copy link").click()
        found.page.wait_for_timeout(500)
        found.page.evaluate(AXE.read_text(encoding="utf-8"))
        inside = FINDINGS.replace("axe.run(", "axe.run('.wg-your-turn', ")
        assert found.page.evaluate(inside, RULES) == []
        assert found.page.evaluate(inside, ["cat.color"]) == []


def test_without_javascript_a_sentence_says_how(browser: Browser, box_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{box_site}/{HOME}")
    expect(page.locator(".wg-box")).to_contain_text("wordgrad check notes.tex")
    context.close()


def test_page_opened_as_a_file_stays_silent(
    browser: Browser, box_site: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    [built] = tmp_path_factory.getbasetemp().glob("box*/site")
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        said = listen(page)
        page.goto(f"file://{built}/{HOME}")
        expect(page.locator(".wg-box")).to_contain_text("wordgrad check notes.tex")
        assert [text for text in said if "/box/" in text] == []
