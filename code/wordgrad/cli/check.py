"""`wordgrad check`: judge derivations in a file, in a folder of scripts, or from standard input."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wordgrad.cli._shown import Checked, Unread, printable, show
from wordgrad.cli._words import listed_targets

HOLDS, WRONG, UNREADABLE = 0, 1, 2
_KINDS = {".tex": "tex", ".md": "md", ".txt": "txt"}
_MOST_BYTES = 1_000_000
_DISPLAYS = "\\[ \\], $$ $$ or an environment such as align"
_EXPECTED = {
    "tex": f"formulas stand in {_DISPLAYS}",
    "md": f"formulas stand in {_DISPLAYS}, in a block of math, or alone on a line",
    "txt": f"formulas stand in {_DISPLAYS}, or one on a line",
}


class _ListTargets(argparse.Action):
    """`--targets` prints what can be derived, and that is all, as `--version` does."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        """Print and leave."""
        print(listed_targets())
        parser.exit(HOLDS)


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
        "--target",
        default="",
        metavar="ID",
        help="what is derived, if the left-hand side does not say it; --targets lists the ids",
    )
    check.add_argument(
        "--targets", action=_ListTargets, nargs=0, help="list all targets by chapter, and exit"
    )
    check.add_argument(
        "--layout",
        choices=("rows", "columns"),
        default="rows",
        help="whether your U has one row per word, as in the book, or one column",
    )
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


def _check(options: argparse.Namespace) -> int:
    from wordgrad.checker.assumptions import readings

    try:
        assuming = dict(_pairs(options.assuming))
        readings(options.target, options.layout, assuming)  # complains before any file is read
        names = list(_names(options.path))
    except (ValueError, OSError) as error:
        return _complain([Unread(options.path, str(error))])
    checked, unread = list[Checked](), list[Unread]()
    for name in names:
        try:
            _add_document(name, options, assuming, checked, unread)
        except OSError as error:
            unread.append(Unread(name, f"{name} cannot be read: {error.strerror}"))
        except ValueError as error:
            unread.append(Unread(name, str(error)))
    _complain(unread)
    if options.json:
        print(json.dumps(_as_json(checked, unread), ensure_ascii=True))
    elif checked or len(names) > 1:
        show(checked, unread, folder=len(names) > 1)
    return _status(checked, unread)


def _complain(unread: list[Unread]) -> int:
    for each in unread:
        print(f"wordgrad check: {printable(each.why)}", file=sys.stderr)
    return UNREADABLE


def _pairs(given: list[str]) -> Iterator[tuple[str, str]]:
    for text in given:
        key, sign, value = text.partition("=")
        if not sign:
            raise ValueError(f"--assuming {text}: write it as KEY=VALUE, for example w=o")
        yield key.strip(), value.strip()


def _names(path: str) -> list[str]:
    """The documents that are meant: one, or all in a folder."""
    if path != "-" and path and Path(path).is_dir():
        files = sorted(f for f in Path(path).rglob("*") if f.suffix in _KINDS and f.is_file())
        if not files:
            raise ValueError(f"{path} has no .tex, .md or .txt file")
        return [str(file) for file in files]
    if path != "-" and (not path or not Path(path).exists()):
        raise ValueError(f"there is no file or folder {path or 'with an empty name'}")
    return [path]


def _document(name: str) -> tuple[str, str, str]:
    """Name, text and kind of a document."""
    if name != "-":
        return name, _text(Path(name)), _KINDS.get(Path(name).suffix, "txt")
    text = sys.stdin.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        raise ValueError(f"standard input is longer than {_MOST_BYTES} characters; split it")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("standard input is not UTF-8 text; convert it to UTF-8")
    return "standard input", text, "txt"


def _text(file: Path) -> str:
    if file.stat().st_size > _MOST_BYTES:
        raise ValueError(f"{file} is larger than {_MOST_BYTES} bytes; split it")
    try:
        return file.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{file} is not UTF-8 text (byte {error.start}); save it as UTF-8"
        ) from None


def _add_document(
    name: str,
    options: argparse.Namespace,
    assuming: dict[str, str],
    checked: list[Checked],
    unread: list[Unread],
) -> None:
    """Check each derivation of a document; one that is too long does not stop the others."""
    from wordgrad.checker.check import check_derivation
    from wordgrad.checker.document import left_out, passages
    from wordgrad.checker.matching import check_passage
    from wordgrad.cli._places import derivatives, line_numbers

    source, text, kind = _document(name)
    found = passages(text, kind)
    if others := left_out(text, kind):
        print(
            f"wordgrad check: {printable(source)} has {others} more equation(s) outside of its "
            f"displays; these are not checked: put them in {_DISPLAYS}",
            file=sys.stderr,
        )
    if not found:
        unread.append(Unread(source, f"no formula was found in {source}: {_EXPECTED[kind]}"))
    for passage in found:
        try:
            if options.target:
                report = check_derivation(passage.lines, options.target, options.layout, assuming)
            else:
                report = check_passage(passage.lines, options.layout, assuming)
        except ValueError as error:
            unread.append(Unread(source, f"{source}:{passage.first}: {error}"))
        else:
            numbers = line_numbers(text, passage.lines, passage.first)
            begins = derivatives(passage.lines)
            checked.append(Checked(source, passage.first, report, numbers, begins))


def _status(checked: list[Checked], unread: list[Unread]) -> int:
    statuses = [line.status for each in checked for line in each.report.lines]
    if any(status in ("wrong", "ill_formed") for status in statuses):
        return WRONG
    return UNREADABLE if unread or "not_understood" in statuses else HOLDS


def _as_json(checked: list[Checked], unread: list[Unread]) -> dict[str, Any]:
    """The key "unread" is there only if something could not be read."""
    derivations = [
        {"source": each.source, "line": each.first, **each.report.to_json()} for each in checked
    ]
    return {"derivations": derivations} | ({"unread": list(map(asdict, unread))} if unread else {})
