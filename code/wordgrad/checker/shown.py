"""Reports in the letters of the reader: `a_o` for what the tree calls `a_ato`."""

import re
from dataclasses import replace

from wordgrad.checker.differentials import MARK
from wordgrad.checker.fixed import AT, DIGITS, OWN, TERM, WORD
from wordgrad.checker.report import LineReport, Slip
from wordgrad.oracle.witness import Witness

_FIXED = rf"{AT}({'|'.join(DIGITS)}|[A-Za-z])"
_KINDS = rf"(?:{TERM}|{WORD}|{OWN})"
_DIFF = MARK.removeprefix("_")
_BELOW_AT = re.compile(rf"_\{{\\text\{{{_FIXED}\}}")
_BELOW_KIND = re.compile(rf"_\{{\\text\{{{_KINDS}\}}(?:,|\}})")
_CHANGE = re.compile(
    rf"(\\hat\{{v\}}|\\theta|[uUv])_(?:\{{\\text\{{{_DIFF}\}}\}}|\{{\\text\{{{_DIFF}\}},([^{{}}]*)\}})"
)
_NAME = re.compile(rf"(?<=[A-Za-z])_(?:{_FIXED}|{_KINDS})(?![A-Za-z])")
_NAME_CHANGE = re.compile(rf"(?<![A-Za-z])([A-Za-z]+)_{_DIFF}(?![A-Za-z])")


def as_written(text: str) -> str:
    """A text for a reader.

    Examples
    --------
    >>> as_written(r"$a_{\\text{ato}}$ is $1 - a_{\\text{term},k}$, a_ato is a number")
    '$a_{o}$ is $1 - a_{k}$, a_o is a number'
    >>> as_written(r"v_{\\text{diff},c}")
    'dv_{c}'
    """
    if "_" not in text:
        return text
    text = _CHANGE.sub(lambda m: f"d{m[1]}" + (f"_{{{m[2]}}}" if m[2] else ""), text)
    text = _BELOW_AT.sub(lambda m: "_{" + _plain(m.group(1)), text)
    text = _BELOW_KIND.sub(lambda m: "_{" if m.group().endswith(",") else "", text)
    text = _NAME_CHANGE.sub(r"d\1", text)
    return _NAME.sub(lambda m: f"_{_plain(m.group(1))}" if m.group(1) else "", text)


def _plain(subscript: str) -> str:
    return str(DIGITS.index(subscript)) if subscript in DIGITS else subscript


def as_read(report: LineReport) -> LineReport:
    """The report with all its texts for a reader; the line itself stays as given."""
    return replace(
        report,
        message=as_written(report.message),
        reference=as_written(report.reference),
        witness=_witness(report.witness),
        slip=_slip(report.slip),
        repair=as_written(report.repair),
        side_conditions=tuple(map(as_written, report.side_conditions)),
        remarks=tuple(dict.fromkeys(map(as_written, report.remarks))),
    )


def _slip(slip: Slip | None) -> Slip | None:
    if slip is None:
        return None
    texts = (as_written(text) for text in (slip.sentence, slip.written, slip.meant))
    return Slip(slip.kind, *texts)


def _witness(witness: Witness | None) -> Witness | None:
    if witness is None:
        return None
    return replace(witness, inputs={as_written(k): v for k, v in witness.inputs.items()})
