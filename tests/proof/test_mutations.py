"""Wrong lines that must be refused: every single edit of every proved line of the book.

Each mutant goes to both judges.  The prover must never call equal what the oracle tells apart,
and it must recognise the mutants that happen to be equal.  The counts are printed at the end of
the test run (see conftest.py).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from wordgrad.calculus.errors import CalculusError
from wordgrad.checker.edits import edits
from wordgrad.derivations import ALL
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Expr
from wordgrad.meaning.elaborate import elaborate, elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.oracle.compare import Agreement, Witness, compare
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.prover import prover_for


@dataclass
class Tally:
    """What became of the mutants of one derivation."""

    counts: Counter[str] = field(default_factory=Counter)
    accepted_wrong: list[str] = field(default_factory=list)
    equal_unseen: list[str] = field(default_factory=list)


def judge_mutants(derivation: Derivation, every: int = 1) -> Tally:
    """Both judges on every n-th mutant of every line."""
    tally, notation = Tally(), derivation.notation
    prover = prover_for(notation)
    for number, (above, line) in enumerate(derivation.pairs()):
        start = elaborate_line(above, notation)
        left, tree = start.parts[-1], parse_expression(line)
        free = {**start.free_indices, **elaborate_line(line, notation).free_indices}
        seen = {tree}
        for place, edit in enumerate(edits(tree, tuple(free))):
            if edit.tree in seen or (place + number) % every:
                continue
            seen.add(edit.tree)
            try:
                right = elaborate(edit.tree, notation, free)
                if right.shape != left.shape and not (right.is_zero or left.is_zero):
                    tally.counts["ill-formed"] += 1
                    continue
                proved = prover.equal(left, right)
            except LineError:
                tally.counts["ill-formed"] += 1
                continue
            except CalculusError:
                proved = False
            _compare(tally, proved, above, edit.tree, edit.kind, derivation)
    return tally


def _compare(
    tally: Tally, proved: bool, above: str, mutant: Expr, kind: str, derivation: Derivation
) -> None:
    outcome = compare(parse_expression(above), mutant, derivation.notation)
    told_apart = isinstance(outcome, Witness)
    name = f"{derivation.id}: {kind}: {mutant}"
    if proved and told_apart:
        tally.accepted_wrong.append(name)
    elif proved:
        tally.counts["equal, proved"] += 1
    elif told_apart:
        tally.counts["wrong, refused with a witness"] += 1
    elif isinstance(outcome, Agreement):
        tally.equal_unseen.append(name)
    else:
        tally.counts["undefined, refused"] += 1


def _check(
    derivation: Derivation, every: int, record_property: Callable[[str, object], None]
) -> None:
    tally = judge_mutants(derivation, every)
    for outcome, count in tally.counts.items():
        record_property(f"mutants: {outcome}", count)
    record_property("mutants: wrong, accepted", len(tally.accepted_wrong))
    record_property("mutants: equal, not proved", len(tally.equal_unseen))
    assert not tally.accepted_wrong
    assert not tally.equal_unseen


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_every_mutant_is_judged_rightly(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    _check(ALL[name], 1, record_property)


@pytest.mark.parametrize("name", ["sigmoid_derivative", "softmax_jacobian", "naive_uw", "neg_uw"])
def test_a_sample_of_mutants_is_judged_rightly(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    _check(ALL[name], 9, record_property)


def test_the_suite_would_notice_a_careless_prover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordgrad.proof.prover.Prover.equal", lambda *_: True)
    assert judge_mutants(ALL["naive_vc"], 9).accepted_wrong


def test_the_suite_would_notice_a_timid_prover(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordgrad.proof.prover.Prover.equal", lambda *_: False)
    assert judge_mutants(ALL["naive_vc"], 9).equal_unseen
