"""`wordgrad check`: files, folders, standard input, exit statuses, messages."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from wordgrad.cli import main
from wordgrad.derivations import ALL

RIGHT = r"\[ \frac{\partial J}{\partial v_c} = U^\top(\hat y-y) \]"
WRONG = r"\[ \frac{\partial J}{\partial v_c} = U^\top(y-\hat y) \]"
UNREAD = r"\[ \frac{\partial J}{\partial v_c} = U^\top(\hat y-y \]"


def _file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(("text", "status"), [(RIGHT, 0), (WRONG, 1), (UNREAD, 2)])
def test_exit_status(text: str, status: int, tmp_path: Path, capsys: object) -> None:
    assert main(["check", _file(tmp_path, "a.tex", text)]) == status


def test_the_first_wrong_line_is_shown_with_witness_slip_and_repair(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", _file(tmp_path, "a.tex", RIGHT + WRONG)]) == 1
    out = capsys.readouterr().out
    assert "✓" in out
    assert "✗" in out
    assert "at V=2" in out
    assert "sign: " in out
    assert r"repaired: -U^\top (y - \hat{y})" in out
    assert "\033[" not in out


def test_json_has_one_entry_per_derivation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _file(tmp_path, "a.md", RIGHT + "\n\ntext\n\n" + WRONG)
    assert main(["check", name, "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)["derivations"]
    assert first["source"] == name
    assert first["holds"]
    assert second["line"] == 5
    assert second["lines"][0]["slip"]["kind"] == "sign"


def test_a_folder_ends_with_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _file(tmp_path, "anna.tex", RIGHT)
    _file(tmp_path, "ben.txt", "dJ/dv_c = U^T(y - \\hat y)")
    assert main(["check", str(tmp_path)]) == 1
    table = capsys.readouterr().out.splitlines()[-3:]
    assert table[0].split() == ["file", "target", "lines", "right", "first", "wrong"]
    assert table[1].split()[1:] == ["naive_vc", "1", "1", "-"]
    assert table[2].split()[1:] == ["naive_vc", "1", "0", "1", "(sign)"]


def test_standard_input_and_a_given_target(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(r"(\hat y_w-y_w)v_c = (\hat y_w-\delta_{wo})v_c"))
    assert main(["check", "-", "--target", "naive_uw", "--assuming", "w=not o"]) == 0
    out = capsys.readouterr().out
    assert "standard input, line 1: Gradient by any outside vector, one formula" in out
    assert "taken for granted: U has one row per word; w is not the outside word o" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.tex"], "there is no file or folder nowhere.tex"),
        ([""], "there is no file or folder with an empty name"),
        (["{file}", "--assuming", "words=o"], "keys are w, pair_loss, context, negatives"),
        (["{file}", "--target", "naive"], "no derivation is called 'naive'"),
        (["{file}", "--assuming", "w"], "write it as KEY=VALUE"),
        (["{file}", "--assuming", "w=x"], "must be one of"),
    ],
)
def test_bad_arguments(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _file(tmp_path, "a.tex", RIGHT)
    assert main(["check", *(part.replace("{file}", name) for part in arguments)]) == 2
    assert message in capsys.readouterr().err


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "latin.tex").write_bytes(b"\\[ \xe9 \\]")
    assert main(["check", str(tmp_path / "latin.tex")]) == 2
    assert "not UTF-8" in capsys.readouterr().err
    assert main(["check", _file(tmp_path, "empty.txt", "")]) == 2
    assert "no formula" in capsys.readouterr().err
    empty = tmp_path / "folder"
    empty.mkdir()
    assert main(["check", str(empty)]) == 2
    assert "has no .tex, .md or .txt file" in capsys.readouterr().err
    assert main(["check", _file(tmp_path, "big.txt", "x" * 1_000_001)]) == 2
    assert "larger than" in capsys.readouterr().err


def test_a_folder_is_checked_to_its_end_whatever_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _file(tmp_path, "anna.tex", RIGHT)
    _file(tmp_path, "ben.md", "Sorry, I ran out of time.")
    (tmp_path / "carl.tex").write_bytes(bytes(range(256)))
    _file(tmp_path, "dora.txt", "= u_o\n" * 201)
    _file(tmp_path, "emil.tex", RIGHT)
    assert main(["check", str(tmp_path)]) == 2
    shown = capsys.readouterr()
    table = [line.split() for line in shown.out.splitlines()[-5:]]
    assert [Path(row[0]).name for row in table] == [
        "anna.tex", "ben.md", "carl.tex", "dora.txt", "emil.tex"
    ]  # fmt: skip
    assert [row[1:5] == ["could", "not", "be", "read"] for row in table] == [
        False,
        *[True] * 3,
        False,
    ]
    complaints = shown.err.splitlines()
    assert len(complaints) == 3
    assert "ben.md: formulas stand in" in complaints[0]
    assert "carl.tex is not UTF-8 text (byte 128)" in complaints[1]
    assert "dora.txt:1: 201 lines are given; at most 200" in complaints[2]


def test_a_wrong_line_outweighs_an_unreadable_file(tmp_path: Path) -> None:
    _file(tmp_path, "anna.tex", WRONG)
    _file(tmp_path, "ben.md", "")
    assert main(["check", str(tmp_path)]) == 1


def test_json_names_what_could_not_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _file(tmp_path, "anna.tex", RIGHT)
    name = _file(tmp_path, "ben.tex", "")
    assert main(["check", str(tmp_path), "--json"]) == 2
    result = json.loads(capsys.readouterr().out)
    assert [each["holds"] for each in result["derivations"]] == [True]
    (unread,) = result["unread"]
    assert unread["source"] == name
    assert "no formula was found" in unread["why"]


def test_a_file_without_permission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _file(tmp_path, "a.tex", RIGHT)

    def refuse(*arguments: object, **more: object) -> str:
        raise PermissionError(13, "Permission denied", name)

    monkeypatch.setattr(Path, "read_text", refuse)
    assert main(["check", name]) == 2
    assert f"{name} cannot be read: Permission denied" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no formula was found in standard input: formulas stand in"),
        ("\udcff = 1", "standard input is not UTF-8"),
        ("x" * 1_000_001, "longer than 1000000 characters"),
    ],
    ids=["empty", "latin", "long"],
)
def test_standard_input_that_cannot_be_read(
    text: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["check", "-"]) == 2
    assert message in capsys.readouterr().err


def test_signs_that_steer_a_terminal_are_shown_not_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "u_o = \x1b]0;title\x07 \u202e v_c"
    assert main(["check", _file(tmp_path, "a.txt", text)]) == 2
    shown = capsys.readouterr().out
    assert "\\x1b]0;title\\x07" in shown
    assert not any(sign in shown for sign in "\x1b\x07\u202e")


def test_equations_that_were_passed_over_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = _file(tmp_path, "a.tex", RIGHT + r" and so $\partial J/\partial v_c = 7$.")
    assert main(["check", document]) == 0
    assert "1 more equation(s) outside of its displays" in capsys.readouterr().err


MIXED = r"""Both gradients.
\begin{align}
\frac{\partial J}{\partial v_c} &= -u_o + \sum_w \hat y_w u_w \\
  &= U^\top(\hat y - y) \\
\frac{\partial J}{\partial u_o} &= (\hat y_o + 1) v_c
\end{align}
"""


def test_headers_say_which_equations_of_the_file_are_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _file(tmp_path, "a.tex", MIXED)
    assert main(["check", name]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{name}, lines 3-5: several derivatives, read as for naive_")
    heads = [line.strip() for line in lines if line.startswith("  from line")]
    assert heads == [
        r"from line 3 on: \frac{\partial J}{\partial v_c}",
        r"from line 5 on: \frac{\partial J}{\partial u_o}",
    ]
    assert "first wrong line is line 3 (line 5 of the file): sign." in last_said(lines)


def last_said(lines: list[str]) -> str:
    """The summary: the last line that says something."""
    return [line for line in lines if line.strip()][-1]


def test_one_derivative_has_its_title_and_no_heads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _file(tmp_path, "a.tex", RIGHT)
    assert main(["check", name]) == 0
    out = capsys.readouterr().out
    assert f"{name}, line 1: Gradient by the center vector (target naive_vc)\n" in out
    assert "from line" not in out
    assert "pair_loss" not in out


def test_lines_that_hold_in_another_layout_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = RIGHT.replace(r"U^\top", "U")
    assert main(["check", _file(tmp_path, "a.tex", turned)]) == 0
    out = capsys.readouterr().out
    assert "Every line holds; 1 in another layout (⇄).\n" in out
    assert "repaired" not in out


def test_a_slip_without_a_repair_has_no_line_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = r"\[ \frac{\partial J}{\partial u_w} = \hat y_w v_c \]"
    options = ["--target", "naive_uw", "--assuming", "w=any"]
    assert main(["check", _file(tmp_path, "a.tex", line), *options]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert not any(part.strip() == "repaired:" for part in shown)


def test_targets_are_listed_by_chapter(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", "--targets"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(ALL)
    assert out.startswith("The homework sheet\n  sigmoid_derivative ")
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    assert "--targets" in capsys.readouterr().out


def test_a_mark_at_the_beginning_of_a_file_is_no_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", _file(tmp_path, "a.txt", "\ufeffdJ/dv_c = U^T(yhat - y)\r\n")]) == 0
    assert "ufeff" not in capsys.readouterr().out


def test_without_a_target_the_header_says_how_to_give_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", _file(tmp_path, "a.txt", "a = b")])
    assert "--targets lists all" in capsys.readouterr().out
    main(["check", _file(tmp_path, "b.txt", "J := x^2\ndJ/dx = 2x")])
    assert "lines 1-2: " in (out := capsys.readouterr().out)
    assert "your own definitions" in out


def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path) -> None:
    name = _file(tmp_path, "a.txt", "x = x\n\n" * 3000)
    code = "import sys; from wordgrad.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "check", "--target", "sigmoid_derivative", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()
