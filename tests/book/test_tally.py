"""The numbers on the start page are counted."""

from dataclasses import replace

import pytest

from wordgrad.book import NotProved, show_tally, tally
from wordgrad.derivations import derivation
from wordgrad.proof.derivation import Step


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {id: derivation(id) for id in ("sigmoid_derivative", "naive_U")}
    monkeypatch.setattr(tally, "ALL", chosen)


def test_derivations_and_lines_are_counted(two: None) -> None:
    found = tally.prove_all()
    assert found.derivations == 2
    assert found.lines == sum(len(chosen.steps) for chosen in tally.ALL.values())
    assert found.seconds > 0


def test_the_numbers_are_shown(two: None) -> None:
    markdown = show_tally().markdown
    lines = sum(len(chosen.steps) for chosen in tally.ALL.values())
    assert "{.wg-number}\n\n2\n" in markdown
    assert f"{{.wg-number}}\n\n{lines}\n" in markdown


def test_a_line_that_is_not_proved_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    good = derivation("naive_vc")
    bad = replace(good, steps=(Step(r"U^\top(y-\hat y)", "a slip"),))
    monkeypatch.setattr(tally, "ALL", {"naive_vc": bad})
    with pytest.raises(NotProved, match="naive_vc"):
        tally.prove_all()
