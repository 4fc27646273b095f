"""Prints what the checker made of the corpus, after the tests."""

import pytest

from tests.checker.measuring import TABLES


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """One table for each part of the corpus that was measured."""
    for part, rows in config.stash.get(TABLES, {}).items():
        terminalreporter.section(f"corpus of derivations, {part}")
        for row in rows:
            terminalreporter.write_line(row)
