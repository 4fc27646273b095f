"""`wordgrad codegen`: a proved line of the book as code."""

import argparse
import sys
from typing import Any


def add_command(commands: Any) -> None:
    """Add `codegen` to the subparsers of argparse."""
    codegen = commands.add_parser(
        "codegen",
        help="print a line of a derivation as NumPy or JavaScript",
        description="Print the result of a derivation, or another line of it, as a function: "
        "vectorised NumPy, or JavaScript over plain arrays. Exit status 2 if there is no such "
        "line, 1 if it has no code.",
    )
    codegen.add_argument("id", metavar="ID", help="the derivation, as in `wordgrad verify`")
    codegen.add_argument(
        "--language", choices=("numpy", "javascript"), default="numpy", help="default: numpy"
    )
    codegen.add_argument(
        "--line", type=int, metavar="N", help="the N-th line, from 1 (the last if not given)"
    )
    codegen.set_defaults(run=_codegen)


def _codegen(options: argparse.Namespace) -> int:
    from wordgrad.codegen import CannotGenerate, generate
    from wordgrad.derivations import derivation

    try:
        chosen = derivation(options.id)
        count = len(chosen.steps)
        line = count if options.line is None else options.line
        if not 1 <= line <= count:
            raise ValueError(f"{chosen.id} has the lines 1 to {count}, not {line}")
        print(generate(chosen, options.language, step=line - 1), end="")
    except CannotGenerate as error:
        print(f"wordgrad codegen: {error}", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"wordgrad codegen: {error}", file=sys.stderr)
        return 2
    return 0
