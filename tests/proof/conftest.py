"""Prints what became of the mutants, summed over the tests that ran."""

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per outcome, after the tests."""
    counts: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                counts.update(
                    {
                        name: value
                        for name, value in report.user_properties
                        if name.startswith("mutants: ")
                    }
                )
    if counts:
        terminalreporter.section("wrong lines made from right ones")
        for name, count in counts.most_common():
            terminalreporter.write_line(f"{count:6d}  {name.removeprefix('mutants: ')}")
