"""In the reader's browser, every line of the corpus gets the verdict that it gets in a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.checker.corpus.reader import Case, corpus

from box_driver import HOME, SOON, ask, find_box, listen
from browsing import DESKTOP, reader
from pyodide_mirror import serve_pyodide
from wordgrad.cli import main

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("pyodide")]

AT_ONCE = 10
SAMPLE = corpus()[::90]


def question(case: Case) -> dict[str, Any]:
    return {
        "text": "\n".join(case.typed),
        "target": case.target,
        "layout": case.layout,
        "assuming": dict(case.assuming),
    }


def in_terminal(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `wordgrad check --json` prints."""
    file = folder / "notes.txt"
    file.write_text("\n".join(case.typed), encoding="utf-8")
    options = ["--target", case.target, "--layout", case.layout, "--json"]
    assuming = [f"--assuming={key}={value}" for key, value in case.assuming.items()]
    main(["check", str(file), *options, *assuming])
    printed: dict[str, Any] = json.loads(capsys.readouterr().out)
    return printed


def verdicts(report: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Line, status and slip of each line."""
    return [
        (line["latex"], line["status"], line["slip"] and line["slip"]["kind"])
        for derivation in report.get("derivations", [])
        for line in derivation["lines"]
    ]


def test_every_line_gets_the_same_verdict(
    browser: Browser, box_site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    different: list[str] = []
    compared = 0
    with reader(browser, DESKTOP, "light") as context:
        serve_pyodide(context)
        page = context.new_page()
        page.goto(f"{box_site}/{HOME}")
        page.set_default_timeout(SOON)
        for start in range(0, len(corpus()), AT_ONCE):
            cases = corpus()[start : start + AT_ONCE]
            answers = ask(page, [question(case) for case in cases])
            for case, here in zip(cases, answers, strict=True):
                there = verdicts(in_terminal(case, tmp_path, capsys))
                compared += len(there)
                if verdicts(here) != there:
                    found = here.get("error") or verdicts(here)
                    different.append(f"{case.id}: {there} in the terminal, {found} here")
            with capsys.disabled():
                print(f"{start + len(cases)} derivations, {len(different)} differ", flush=True)
    assert compared >= sum(len(case.formulas) for case in corpus())
    assert different == []


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.id)
def test_typed_into_the_box(
    case: Case,
    browser: Browser,
    box_site: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        page = context.new_page()
        said = listen(page)
        page.goto(f"{box_site}/{HOME}")
        box = find_box(page, said, asked)
        box.write("\n".join(case.typed), case.target)
        box.place.locator("select[name=layout]").select_option(case.layout)
        for key, value in case.assuming.items():
            box.place.locator(f"select[name={key}]").select_option(value)
        statuses = box.check()
        slips = box.lines.evaluate_all("(all) => all.map((one) => one.dataset.slip ?? null)")
    there = verdicts(in_terminal(case, tmp_path, capsys))
    assert list(zip(statuses, slips, strict=True)) == [(status, slip) for _, status, slip in there]
    assert said == []
