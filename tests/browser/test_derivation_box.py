"""The derivation box: verdicts, assumptions, the link, the draft."""

import re

import pytest
from playwright.sync_api import Browser, expect

from box_driver import HOME, SOON, Box, fragment, open_page, outside
from browsing import DESKTOP, reader, settle
from pyodide_mirror import serve_pyodide
from wordgrad.checker.box import groups as box_targets
from wordgrad.derivations import ALL

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("pyodide")]


def test_nothing_is_loaded_before_a_click(box: Box) -> None:
    box.write("= x", "sigmoid_derivative")
    expect(box.rows()).to_have_count(1, timeout=SOON)
    box.page.wait_for_timeout(1500)  # longer than the box waits before it checks by itself
    assert box.asked == []
    expect(box.lines).to_have_count(0)


def test_first_click_loads_python_and_the_first_check_need_not_wait(box: Box) -> None:
    box.button("Right").click()
    expect(box.status).to_have_text("Python is ready.", timeout=SOON)
    expect(box.lines).to_have_count(0)  # nobody has asked yet
    asked = list(box.asked)
    assert asked
    assert outside(asked) == []
    box.write(box.text.input_value() + "\n= 0")
    box.page.wait_for_timeout(1500)  # longer than the box waits before it checks by itself
    expect(box.lines).to_have_count(0)
    assert box.check() == ["proved"] * 3 + ["wrong"]
    assert box.asked == asked
    assert box.said == []


@pytest.mark.parametrize("words", ["Copy link", "Clear"])
def test_other_buttons_load_nothing(box: Box, words: str) -> None:
    box.button(words).click()
    box.page.wait_for_timeout(1000)
    assert box.asked == []


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


ASCII = "dJ/dv_c = -u_o + sum_w yhat_w u_w"


def test_words_of_plain_text_are_typeset_as_what_they_mean(box: Box) -> None:
    box.write(ASCII)
    expect(box.rows()).to_have_count(1, timeout=SOON)
    expect(box.rows().locator("mjx-mfrac")).to_have_count(1)
    expect(box.rows().locator("mjx-mover")).to_have_count(1)  # the hat
    latex = "\\operatorname{softmax}(\\theta)_o \\text{ log sum}"
    box.write(latex)
    expect(box.rows().locator("mjx-mtext")).to_have_count(1)
    assert box.rows().locator("mjx-merror").count() == 0
    assert box.said == []


def test_lines_that_were_judged_are_shown_as_they_were_read(warm: Box) -> None:
    line = "= -u_o + sum_w P(w|c) u_w ."
    warm.write(line, "naive_vc")
    assert warm.check() == ["proved"]
    read = warm.lines.first.locator("mjx-assistive-mml").first
    expect(read).to_be_attached(timeout=SOON)
    # typed: P(w|c) and a full stop; read: no stop
    expect(warm.rows().locator("mjx-assistive-mml")).to_have_text(read.text_content() or "")


def test_targets_are_grouped_by_chapter_and_each_is_there_once(box: Box) -> None:
    groups = box.target.locator("optgroup").evaluate_all("(all) => all.map((one) => one.label)")
    assert groups == list(box_targets())
    offered = box.target.locator("option").evaluate_all("(all) => all.map((one) => one.value)")
    assert sorted(filter(None, offered)) == sorted(ALL)
    assert offered.index("naive_vc") < offered.index("cbow_vhat")


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
