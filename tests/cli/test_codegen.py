"""`wordgrad codegen` on the command line."""

import numpy as np
import pytest

from wordgrad.cli import main
from wordgrad.codegen import CannotGenerate, generate
from wordgrad.derivations import derivation


def test_it_prints_a_module_that_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codegen", "sigmoid_derivative"]) == 0
    namespace: dict[str, object] = {}
    exec(capsys.readouterr().out, namespace)
    assert namespace["sigmoid_derivative"](np.float64(0.0)) == 0.25  # type: ignore[operator]


def test_another_line_in_javascript(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["codegen", "naive_loss", "--language", "javascript", "--line", "2"]) == 0
    printed = capsys.readouterr().out
    assert printed == generate(derivation("naive_loss"), "javascript", step=1)
    assert "// -\\log\\hat y_o\n" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["naive_cv"], "near to it: naive_vc"),
        (["naive_U", "--line", "3"], "naive_U has the lines 1 to 2, not 3"),
        (["naive_U", "--line", "0"], "naive_U has the lines 1 to 2, not 0"),
    ],
)
def test_what_is_not_there_is_named(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["codegen", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_line_without_code_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise CannotGenerate("no rule for this part")

    monkeypatch.setattr("wordgrad.codegen.generate", refuse)
    assert main(["codegen", "naive_U"]) == 1
    assert capsys.readouterr().err == "wordgrad codegen: no rule for this part\n"
