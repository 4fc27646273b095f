"""`wordgrad check`: judge derivations in a file, in a folder of scripts, or from standard input."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOLDS, WRONG, UNREADABLE = 0, 1, 2
_KINDS = {".tex": "tex", ".md": "md", ".txt": "txt"}
_MOST_BYTES = 1_000_000
_MARKS = {
    "proved": ("✓", "32"),
    "agrees": ("≈", "32"),
    "layout": ("⇄", "33"),
    "wrong": ("✗", "31"),
    "ill_formed": ("✗", "31"),
    "not_understood": ("?", "35"),
}


def add_command(commands: Any) -> None:
    """Add `check` to the subparsers of argparse."""
    check = commands.add_parser(
        "check",
        help="check your own derivation, line by line",
        description="Check the derivations in a .tex, .md or .txt file, in all such files of a "
        "folder, or from standard input (-). Exit status: 0 all lines hold, 1 something is "
        "wrong, 2 something could not be read.",
    )
    check.add_argument("path", metavar="FILE|FOLDER|-", help="what to check")
    check.add_argument(
        "--target", default="", metavar="ID", help="what is derived (found by the left-hand side)"
    )
    check.add_argument("--layout", choices=("rows", "columns"), default="rows")
    check.add_argument(
        "--assuming",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="w=o|not o|any, pair_loss=softmax|negative_sampling|either, context=sum|mean, "
        "negatives=distinct|any; may be given several times",
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.set_defaults(run=_check)


@dataclass(frozen=True)
class _Checked:
    """One passage of one file with its report."""

    source: str
    first: int
    report: Any


def _check(options: argparse.Namespace) -> int:
    try:
        assuming = dict(_pairs(options.assuming))
        documents = list(_documents(options.path))
        checked = [
            _Checked(source, passage.first, report)
            for source, text, kind in documents
            for passage, report in _reports(text, kind, options, assuming)
        ]
    except (ValueError, OSError) as error:
        print(f"wordgrad check: {error}", file=sys.stderr)
        return UNREADABLE
    if not checked:
        print("wordgrad check: no formula was found", file=sys.stderr)
        return UNREADABLE
    if options.json:
        print(json.dumps(_as_json(checked), ensure_ascii=False))
    else:
        _print(checked, folder=len(documents) > 1)
    return _status(checked)


def _pairs(given: list[str]) -> Iterator[tuple[str, str]]:
    for text in given:
        key, sign, value = text.partition("=")
        if not sign:
            raise ValueError(f"--assuming {text}: write it as KEY=VALUE, for example w=o")
        yield key.strip(), value.strip()


def _documents(path: str) -> Iterator[tuple[str, str, str]]:
    """(name, text, kind) of each document."""
    if path == "-":
        yield "standard input", sys.stdin.read(_MOST_BYTES), "txt"
        return
    chosen = Path(path)
    if chosen.is_dir():
        files = sorted(f for f in chosen.rglob("*") if f.suffix in _KINDS and f.is_file())
        if not files:
            raise ValueError(f"{path} has no .tex, .md or .txt file")
    else:
        files = [chosen]
    for file in files:
        yield str(file), _text(file), _KINDS.get(file.suffix, "txt")


def _text(file: Path) -> str:
    if not file.exists():
        raise ValueError(f"there is no file or folder {file}")
    if file.stat().st_size > _MOST_BYTES:
        raise ValueError(f"{file} is larger than {_MOST_BYTES} bytes; split it")
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8"
        ) from None


def _reports(
    text: str, kind: str, options: argparse.Namespace, assuming: dict[str, str]
) -> Iterator[tuple[Any, Any]]:
    from wordgrad.checker.check import check_derivation
    from wordgrad.checker.document import passages
    from wordgrad.checker.matching import check_passage

    for passage in passages(text, kind):
        if options.target:
            report = check_derivation(passage.lines, options.target, options.layout, assuming)
        else:
            report = check_passage(passage.lines, options.layout, assuming)
        yield passage, report


def _status(checked: list[_Checked]) -> int:
    statuses = [line.status for each in checked for line in each.report.lines]
    if any(status in ("wrong", "ill_formed") for status in statuses):
        return WRONG
    return UNREADABLE if "not_understood" in statuses else HOLDS


def _as_json(checked: list[_Checked]) -> dict[str, Any]:
    return {
        "derivations": [
            {"source": each.source, "line": each.first, **each.report.to_json()} for each in checked
        ]
    }


# --------------------------------------------------------------------------------- as text
def _print(checked: list[_Checked], *, folder: bool) -> None:
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for each in checked:
        _print_passage(each, colour)
    if folder:
        _print_table(checked)


def _print_passage(each: _Checked, colour: bool) -> None:
    report = each.report
    given = ", ".join(f"{key}: {value}" for key, value in report.assuming.items())
    print(f"{each.source}:{each.first}  {report.target or 'own loss'}")
    print(f"  U has one {report.layout[:-1]} per word" + (f"; {given}" if given else ""))
    for number, line in enumerate(report.lines, start=1):
        mark, code = _MARKS[line.status]
        shown = f"\033[{code}m{mark}\033[0m" if colour else mark
        print(f"  {shown} {number:2d}  {line.latex}")
        for detail in _details(line):
            print("\n".join(f"        {part}" for part in detail.splitlines()))
    print(f"  {report.summary}\n")


def _details(line: Any) -> Iterator[str]:
    yield line.status.replace("_", " ") + (f": {line.message}" if line.message else "")
    if line.witness:
        yield f"at {line.witness}"
    if line.slip:
        yield f"{line.slip.kind}: {line.slip.sentence}"
        yield f"repaired: {line.repair}"
    yield from line.remarks


def _print_table(checked: list[_Checked]) -> None:
    """One row per passage: for whoever has a folder of scripts to mark."""
    width = max(len(each.source) for each in checked)
    print(f"{'file':{width}}  target            lines  right  first wrong")
    for each in checked:
        report = each.report
        right = sum(line.holds for line in report.lines)
        first = "-" if report.first_wrong is None else str(report.first_wrong + 1)
        slip = report.lines[report.first_wrong].slip if report.first_wrong is not None else None
        name = f" ({slip.kind})" if slip else ""
        target = report.target or "own loss"
        counts = f"{len(report.lines):5d}  {right:5d}"
        print(f"{each.source:{width}}  {target:16s}  {counts}  {first}{name}")
