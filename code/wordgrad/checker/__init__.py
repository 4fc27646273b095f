"""The reader's own derivation: verdicts line by line, the slip, the repair."""

from wordgrad.checker.check import check_derivation
from wordgrad.checker.report import LineReport, Report, Slip

__all__ = ["LineReport", "Report", "Slip", "check_derivation"]
