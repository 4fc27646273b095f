"""The command line: what it prints, what it returns, what it says to bad input."""

import json
from dataclasses import replace

import pytest

import wordgrad.derivations as book
from wordgrad.cli import main
from wordgrad.proof.derivation import Step


def test_verify_prints_every_line_with_status_and_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["verify", "naive_vc"]) == 0
    out = capsys.readouterr().out
    chosen = book.derivation("naive_vc")
    for step in chosen.steps:
        assert f"✓ = {step.latex}\n" in out
        assert f"proved: {step.because}" in out
    assert f"{len(chosen.steps)} of {len(chosen.steps)} lines proved" in out


def test_verify_json_has_the_documented_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "sigmoid_derivative", "naive_U", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in report["derivations"]] == ["sigmoid_derivative", "naive_U"]
    assert report["seconds"] > 0
    for entry in report["derivations"]:
        assert entry["title"]
        for step in entry["steps"]:
            assert {"latex", "because", "status"} <= step.keys()
            assert step["status"] == "proved"


def test_verify_reports_a_wrong_line_and_exits_with_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = book.derivation("naive_vc")
    bad = replace(good, steps=(*good.steps[:-1], Step(r"U^\top(y-\hat y)", "a slip")))
    monkeypatch.setattr(book, "ALL", {"naive_vc": bad})
    assert main(["verify"]) == 1
    out = capsys.readouterr().out
    assert "✗ = U^\\top(y-\\hat y)" in out
    assert f"{len(good.steps) - 1} of {len(good.steps)} lines proved" in out


def test_verify_with_the_oracle(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "neg_vc", "--oracle"]) == 0


def test_an_unknown_id_names_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "naive_v"]) == 2
    message = capsys.readouterr().err
    assert "naive_v" in message
    assert "naive_vc" in message


@pytest.mark.parametrize("arguments", [[], ["prove"], ["verify", "--fast"]])
def test_bad_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: wordgrad" in capsys.readouterr().err
