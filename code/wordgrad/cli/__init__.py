"""The command line: one module per command."""

import argparse
import os
import sys
from collections.abc import Sequence

from wordgrad import __version__
from wordgrad.cli import check, codegen, verify
from wordgrad.training import cli as training


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="wordgrad", description="word2vec by hand, checked by machine"
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    verify.add_command(commands)
    check.add_command(commands)
    codegen.add_command(commands)
    training.add_commands(commands)
    return parser
