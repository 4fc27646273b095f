"""What the box on the pages asks, and what it gets: the same as the command line, or a reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.assumptions import ALLOWED
from wordgrad.checker.box import MOST_CHARACTERS, answer, choices, groups
from wordgrad.cli import main
from wordgrad.derivations import ALL
from wordgrad.derivations.sheet import SHEET
from wordgrad.latex.parser import parse_line

LINES = "= -u_o + \\sum_w \\hat y_w u_w\n= U^\\top(y-\\hat y)\n= \\exp u^\\top v"


def ask(text: str, **given: Any) -> dict[str, Any]:
    """The answer to a question about a text."""
    reply: dict[str, Any] = json.loads(answer(json.dumps({"text": text, **given})))
    return reply


@pytest.mark.parametrize("target", ["naive_vc", ""])
def test_same_objects_as_the_command_line(
    target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LINES if target else "\\frac{\\partial J}{\\partial v_c} " + LINES
    file = tmp_path / "notes.txt"
    file.write_text(text, encoding="utf-8")
    main(["check", str(file), "--json", *(["--target", target] if target else [])])
    printed = json.loads(capsys.readouterr().out)["derivations"]
    found = ask(text, target=target)["derivations"]
    for each in [*printed, *found]:
        del each["source"]
    assert found == printed
    assert [line["status"] for line in found[0]["lines"]] == ["proved", "wrong", "not_understood"]


def test_lines_come_back_as_they_were_read() -> None:
    [read] = ask(LINES, target="naive_vc")["read"]
    assert read[2] == ""
    assert read[1] == r"= U^\top (y - \hat{y})"
    for latex in read[:2]:
        assert parse_line(latex)


def test_layout_and_assumptions_are_those_asked_for() -> None:
    line = r"\frac{\partial J}{\partial u_k} = \sigma(u_k^\top v_c)\,v_c"
    assert ask(line, target="neg_uk")["derivations"][0]["holds"]
    wrong = ask(line, target="neg_uk", assuming={"negatives": "any"})["derivations"][0]
    assert not wrong["holds"]
    assert wrong["assuming"]["negatives"] == "any"
    turned = ask(r"= U(\hat y-y)", target="naive_vc", layout="columns")["derivations"][0]
    assert (turned["layout"], turned["lines"][0]["status"]) == ("columns", "proved")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "an object with a text"),
        ('{"text": 3}', "an object with a text"),
        ('{"text": "= x", "target": ["naive_vc"]}', "given as text"),
        ('{"text": "= x", "assuming": {"w": {}}}', "given as text"),
        ('{"text": "= x", "assuming": []}', "given as text"),
        ('{"text": "= x", "target": "__import__"}', "no derivation is called '__import__'"),
        ('{"text": "= x", "layout": "diagonal"}', "layout is 'diagonal'"),
        ('{"text": "= x", "assuming": {"v": "o"}}', "no key 'v'"),
        ('{"text": "= x", "assuming": {"w": "x"}}', "assuming w='x'"),
        ('{"text": "Hello, how are you?"}', "no formula was found"),
        (json.dumps({"text": "x" * (MOST_CHARACTERS + 1)}), "at most 10000"),
        (json.dumps({"text": "= x\n" * 201, "target": "naive_vc"}), "at most 200"),
    ],
)
def test_a_question_without_an_answer_gets_a_reason(question: str, reason: str) -> None:
    reply = json.loads(answer(question))
    assert list(reply) == ["error"]
    assert reason in reply["error"]


@pytest.mark.parametrize(
    "line",
    [
        "= <script>alert(1)</script>",
        r"= \href{javascript:alert(1)}{x}",
        r"= __import__('os').system('true')",
        "= \x00\x1b[31m x",
        "= " + "{" * 2000,
        r"= \input{/etc/passwd}",
    ],
)
def test_hostile_lines_are_never_judged(line: str) -> None:
    """They are taken for prose, or are not understood."""
    reply = ask(line, target="sigmoid_derivative")
    lines = [each for one in reply.get("derivations", []) for each in one["lines"]]
    assert all(each["status"] == "not_understood" for each in lines)
    assert lines or "no formula" in reply["error"]


def test_every_number_is_one_that_json_knows() -> None:
    text = answer(json.dumps({"text": "= \\log(x-x)\n= \\frac{1}{x-x}", "target": "sigmoid_tanh"}))

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    assert "derivations" in json.loads(text, parse_constant=refuse)


def test_choices_offer_every_target_with_its_own_assumptions() -> None:
    offered = {target["id"]: target for target in choices()["targets"]}
    assert list(offered) == list(ALL)
    assert offered["sigmoid_derivative"]["assuming"] == {}
    assert offered["naive_uw"]["assuming"] == {"w": "any"}
    assert offered["cbow_mean_neg_vhat"]["assuming"] == {
        "pair_loss": "negative_sampling",
        "context": "mean",
        "negatives": "any",
    }
    for target in offered.values():
        assert all(value in ALLOWED[key] for key, value in target["assuming"].items())


def test_groups_have_every_target_once_and_the_sheet_first() -> None:
    found = groups()
    assert sorted(name for ids in found.values() for name in ids) == sorted(ALL)
    asked = {line.target for line in SHEET} - {""}
    assert set(next(iter(found.values()))) == asked
    assert choices()["groups"] == [{"title": k, "ids": list(v)} for k, v in found.items()]


@pytest.mark.parametrize("name", ["sigmoid_derivative", "naive_vc", "neg_uw_cases", "cbow_U"])
def test_the_lines_offered_are_proved(name: str) -> None:
    [target] = [each for each in choices()["targets"] if each["id"] == name]
    assert check_derivation(target["lines"], name, "rows", target["assuming"]).holds
