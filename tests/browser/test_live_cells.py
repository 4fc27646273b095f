"""Live cells: what the buttons do, on a small page; then every cell of the book."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from browsing import DESKTOP, reader, serve, settle
from live_driver import SOON, Live
from pyodide_mirror import serve_pyodide
from pyodide_release import CORE_FILES, PYODIDE_CORE, PYODIDE_PACKAGES

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("pyodide")]

SOURCE = Path(__file__).parent / "live_page"
# Cells of the page by their place; see index.md.
FIRST, DERIVATION, FIGURE, COUNT, FORMULA, STILL, FAILURE = range(2, 9)
LATE = 240_000  # milliseconds


@pytest.fixture(scope="session")
def live_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small page, built and served."""
    folder = tmp_path_factory.mktemp("live")
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-d", str(folder / "doctrees")]
    subprocess.run([*command, str(SOURCE), str(folder / "site")], check=True)
    with serve(folder / "site") as url:
        yield url


@pytest.fixture
def live(browser: Browser, live_site: str) -> Iterator[Live]:
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        page = context.new_page()
        page.goto(f"{live_site}/index.html")
        settle(page)
        yield Live(page, asked)


def test_nothing_is_loaded_before_a_click(live: Live) -> None:
    loaded = live.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    names = {name.rpartition("/")[2].partition("?")[0] for name in loaded if "/live/" in name}
    assert names == {"cells.js", "live.css"}
    assert live.asked == []


def test_run_replaces_the_stored_output(live: Live) -> None:
    stored = live.cell(FIRST).locator(".cell_output:not(.wg-live)")
    expect(stored).to_be_visible()
    shown = live.run(FIRST)
    expect(shown).to_have_text(re.compile(r"first line\s+array\(\[1, 2, 3\]\)"))
    expect(stored).to_be_hidden()
    expect(live.run(COUNT)).to_have_text(re.compile("count is 2"))
    expect(live.run(COUNT)).to_have_text(re.compile("count is 3"))


def test_only_pyodide_is_fetched_and_only_what_the_cell_needs(live: Live) -> None:
    live.run(FIRST)
    names = [url.removeprefix(PYODIDE_CORE).removeprefix(PYODIDE_PACKAGES) for url in live.asked]
    assert sorted(n for n in names if not n.startswith("numpy")) == sorted(CORE_FILES)
    assert len([n for n in names if n.startswith("numpy")]) == 1
    # The page's first cell imports matplotlib and SymPy, too; no cell above has used them.
    ours = live.page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert [name for name in ours if "sympy" in name] == []


def test_run_runs_the_cells_above_first(live: Live) -> None:
    expect(live.run(COUNT)).to_have_text(re.compile("count is 2"))
    expect(live.cell(FIRST).locator(".wg-live")).to_have_count(0)
    live.write(FIRST, "count = 41")
    live.run(FIRST)
    expect(live.run(COUNT)).to_have_text(re.compile("count is 42"))


def test_traceback_shows_the_readers_lines_only(live: Live) -> None:
    shown = live.run(FAILURE).inner_text()
    assert live.status(FAILURE) == "Ended with an error"
    assert f'File "cell {FAILURE}", line 2, in divide\n    return count / by' in shown
    assert shown.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "cell_runner" not in shown
    assert "pyodide" not in shown


def test_failure_above_is_shown_where_it_is(live: Live) -> None:
    live.write(FIRST, "count = undefined_name")
    live.run(COUNT)
    assert "NameError" in live.status(COUNT)
    expect(live.cell(FIRST).locator(".wg-live")).to_contain_text("undefined_name")


def test_formula_is_typeset_outside_the_fold(live: Live) -> None:
    shown = live.run(FORMULA)
    expect(shown.locator("mjx-container")).to_have_count(1)
    assert shown.evaluate("(one) => one.closest('details')") is None


def test_derivation_is_proved_and_typeset_here(live: Live) -> None:
    shown = live.run(DERIVATION)
    expect(shown.locator("mjx-container[display='true']").first).to_be_visible()
    assert shown.locator("mjx-merror").count() == 0
    expect(shown).to_contain_text("✓")


def test_figure_is_svg_with_its_description_and_caption(live: Live) -> None:
    shown = live.run(FIGURE, LATE)
    image = shown.locator("img")
    expect(image).to_have_attribute("alt", "Four by four numbers.")
    assert str(image.get_attribute("src")).startswith("data:image/svg+xml")
    assert image.evaluate("(one) => one.naturalWidth") > 100
    expect(shown.locator("figcaption")).to_contain_text("Sums of zero.")


def test_stop_ends_an_endless_loop_and_run_starts_anew(live: Live) -> None:
    live.write(FIRST, "while True: pass")
    live.button("Run", FIRST).click()
    expect(live.cell(FIRST).locator(".wg-status")).to_have_text("Running…", timeout=SOON)
    live.button("Stop", FIRST).click()
    expect(live.cell(FIRST).locator(".wg-status")).to_contain_text("Stopped")
    live.button("Reset", FIRST).click()
    expect(live.run(STILL)).to_have_text(re.compile("count is still 2"))


def test_edit_and_reset(live: Live) -> None:
    live.write(FIRST, "print(6")
    live.page.keyboard.type("/4)")  # the page's own shortcut for its search
    live.page.keyboard.press("Shift+Enter")
    expect(live.cell(FIRST).locator(".wg-live")).to_have_text(re.compile("1.5"), timeout=SOON)
    live.button("Reset", FIRST).click()
    expect(live.cell(FIRST).locator(".wg-live, .wg-editor")).to_have_count(0)
    expect(live.cell(FIRST).locator(".cell_input pre")).to_contain_text("first line")
    expect(live.cell(FIRST).locator(".cell_output")).to_be_visible()
    expect(live.button("Edit", FIRST)).to_be_focused()


def test_keyboard_alone_is_enough(live: Live) -> None:
    live.button("Edit", FIRST).focus()
    live.page.keyboard.press("Enter")
    expect(live.cell(FIRST).get_by_label(f"Code of cell {FIRST}")).to_be_focused()
    live.page.keyboard.press("Escape")
    expect(live.button("Run", FIRST)).to_be_focused()
    live.page.keyboard.press("Space")
    expect(live.cell(FIRST).locator(".wg-status")).to_have_text("Done", timeout=SOON)
    expect(live.button("Run", FIRST)).to_be_focused()


def test_site_built_without_the_editor_has_a_text_field(live: Live) -> None:
    def without_editor(route: Route) -> None:
        text = route.fetch().text()
        assert '"codemirror":true' in text
        route.fulfill(body=text.replace('"codemirror":true', '"codemirror":false'))

    live.page.route("**/index.html", without_editor)
    live.page.reload()
    live.write(FIRST, "print('in a field')")
    assert live.cell(FIRST).locator("textarea").count() == 1
    live.page.keyboard.press("Shift+Enter")
    expect(live.cell(FIRST).locator(".wg-live")).to_contain_text("in a field", timeout=SOON)


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=x onerror='window.struck = 1'>",
        "<script>window.struck = 1</script>",
        "<a href='javascript:window.struck = 1'>here</a>",
        "<iframe srcdoc='<script>parent.struck = 1</script>'></iframe>",
        "<svg onload='window.struck = 1'><style>* { display: none }</style></svg>",
        "<p style='position: fixed' onclick='window.struck = 1'>over all</p>",
    ],
)
def test_markup_that_a_cell_shows_runs_nothing(live: Live, markup: str) -> None:
    shown = "(html) => import(document.querySelector('script[src*=\"/live/\"]').src"
    clean = f"{shown}.replace('cells.js', 'output.js')).then((m) => {{ \
        const box = document.createElement('div'); box.append(m.cleanHtml(html)); \
        document.body.append(box); return box.innerHTML; }})"
    left = live.page.evaluate(clean, markup)
    assert not re.search(r"on\w+=|style|src|href|<(?:script|img|iframe|svg)", left)
    assert live.page.evaluate("window.struck") is None


def test_changed_file_of_pyodide_is_refused(browser: Browser, live_site: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        serve_pyodide(context)
        headers = {"Access-Control-Allow-Origin": "*"}
        context.route(
            f"{PYODIDE_CORE}pyodide.asm.js",
            lambda route: route.fulfill(body="postMessage({type: 'ready'})", headers=headers),
        )
        page = context.new_page()
        page.goto(f"{live_site}/index.html")
        live = Live(page, [])
        live.button("Run", FIRST).click()
        expect(live.cell(FIRST).locator(".wg-status")).to_contain_text("Failed", timeout=SOON)


def test_bar_fits_a_small_phone(browser: Browser, live_site: str) -> None:
    with reader(browser, (360, 780), "dark") as context:
        serve_pyodide(context)
        page = context.new_page()
        page.goto(f"{live_site}/index.html")
        live = Live(page, [])
        live.write(FIRST, "print('a long line ' * 20)")
        live.run(FIRST)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_pinned_hashes_are_those_of_the_npm_package() -> None:
    from base64 import b64encode
    from hashlib import sha256

    from pyodide_mirror import CORE

    found = {
        name: f"sha256-{b64encode(sha256((CORE / name).read_bytes()).digest()).decode()}"
        for name in CORE_FILES
    }
    assert found == CORE_FILES
