"""The checker against the corpus: no right line called wrong, no wrong line passed.

Two parts are measured apart: the derivations that were looked at while the checker was written,
and every seventh, which were held out.  The tables are printed at the end of the run.
"""

import pytest

from tests.checker.corpus.reader import Case, corpus
from tests.checker.measuring import TABLES, Measured, complaints, measure, measured
from wordgrad.checker.document import passages

PARTS = {"looked at": False, "held out": True}
NEVER = (
    "right line called wrong",
    "layout line called wrong",
    "wrong line passed",
    "layout not noticed",
    "right line called layout",
)
SHARES = [  # part, whole, at least
    ("lines read", "lines", 0.97),
    ("right lines proved", "right lines", 0.95),
    ("layout recognised", "layout lines read", 1.0),
    ("first wrong line found", "wrong derivations", 0.98),
    ("slip named rightly", "slips claimed", 0.85),
]


@pytest.fixture(scope="module", params=PARTS)
def result(request: pytest.FixtureRequest) -> Measured:
    """All counts of one part."""
    found = measure(PARTS[request.param])
    request.config.stash.setdefault(TABLES, {})[request.param] = list(found.table())
    return found


def test_a_sample_is_judged_as_labelled() -> None:
    found = measured(case for case in corpus()[::25] if not case.held_out)
    assert not complaints(found, NEVER), complaints(found, NEVER)


@pytest.mark.slow
@pytest.mark.parametrize("kind", NEVER)
def test_never(result: Measured, kind: str) -> None:
    assert result.counts[kind] == 0, complaints(result, [kind])


@pytest.mark.slow
@pytest.mark.parametrize(("part", "whole", "least"), SHARES, ids=[row[0] for row in SHARES])
def test_share(result: Measured, part: str, whole: str, least: float) -> None:
    assert result.share(part, whole) >= least, "\n".join(result.table())


@pytest.mark.slow
def test_every_wrong_line_has_a_witness(result: Measured) -> None:
    assert result.counts["no witness"] == 0, complaints(result, ["no witness"])


@pytest.mark.parametrize("case", corpus(), ids=lambda case: case.id)
def test_prose_between_the_lines_is_left_out(case: Case) -> None:
    """A document with the derivation in it has as many formulas as the derivation."""
    found = [line for passage in passages("\n".join(case.typed)) for line in passage.lines]
    assert len(found) == len(case.formulas), found
