"""The corpus itself: labels follow from the values, and it covers what people write."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.checker.corpus import reader
from tests.checker.corpus.points import coincidences, points
from tests.checker.corpus.reader import Case, corpus
from tests.checker.corpus.truth import TRUTH, assumptions, label

MIXED_OTHERWISE = ("slips.txt", "crowd.txt", "handouts.txt", reader.UNSEEN, reader.GUARDS)
SLIPS = frozenset(
    [
        "sign",
        "minus lost inside sigma",
        "wrong index",
        "wrong vector",
        "y for yhat",
        "sum dropped",
        "sum not collapsed",
        "factor dropped",
        "factor extra",
        "extra sigma",
        "transposed",
        "outer product swapped",
        "log split",
        "log of exp",
        "quotient rule",
        "window bound",
        "repeats counted wrongly",
        "index both free and bound",
        "case w=o forgotten",
        "case turned round",
        "joint for conditional",
        "term dropped",
        "term extra",
        "several",  # no single edit repairs the line
    ]
)
TARGETS = frozenset(
    [
        "sigmoid_derivative",
        "log_sigmoid_derivative",
        "softmax_jacobian",
        "softmax_ce_theta",
        "ce_equals_nll",
        "naive_vc",
        "naive_uo",
        "naive_uw",
        "naive_U",
        "neg_vc",
        "neg_uo",
        "neg_uk",
        "neg_uk_repeated",
        "neg_U",
        "window_vc",
        "window_U",
        "window_vw",
        "cbow_vhat",
        "cbow_vj",
        "cbow_U",
    ]
)
PLAIN_SPELLINGS = r"""
    \mathbf \boldsymbol \bm \vec \mathrm \rm \operatorname \text \top ^T \intercal ^{\mathsf
    \cdot \langle \odot \otimes e^{ \exp( exp( \log \ln \frac \dfrac \left \big \Bigl
    \sum_{w=1}^{V} \sum_{w\in \sum_w \Sigma^K_{k=1} \sum_{w\neq \substack \begin{cases} \mathbb
    \delta_ \nabla_ \partial^2 \part \mathrm{d} \mid P(w|c) \hat{y}_w \hat{\mathbf \hat{y_w}
    \nu_c \tilde u_0 w_{t+j} w_{c+j} u_{w_k} u_{n_k} \begin{bmatrix} \begin{align* \Rightarrow
    σ ∂ Σ ᵀ ŷ
"""
SPELLINGS = {
    "no left-hand side": r"(?m)^(?!.*=)",
    "continued": r"(?m)^=",
    "chain": r"(?m)^[^=\n]+=[^=\n]+=[^=\n]+$",
    "aligned": r"&=",
    "trailing backslashes": r"(?m)\\\\$",
    "brackets": r"\\\[",
    "dollars": r"\$\$",
    **{name: re.escape(name) for name in PLAIN_SPELLINGS.split()},
    "softmax": r"\\operatorname\{softmax\}",
    "prime as transpose": r"u_x'v_c",
    "plain text": r"(?m)^dJ/dv_c = ",
    "own names of indices": r"\\partial u_s\}",
}


def kind(case: Case) -> str:
    """Right, wrong at the end, right at the end after a wrong line, or another layout."""
    found = [label(case, formula) for formula in case.formulas]
    if found[-1] == "wrong":
        return "wrong at the end"
    if "wrong" in found:
        return "right after a wrong step"
    return "layout" if "layout" in found or case.layout == "columns" else "right"


@pytest.mark.parametrize("case", corpus(), ids=lambda case: case.id)
def test_a_slip_is_claimed_exactly_where_a_line_is_wrong(case: Case) -> None:
    found = [label(case, formula) for formula in case.formulas]
    assert ("wrong" in found) == bool(case.slips), found
    assert set(case.slips) <= SLIPS
    assert case.target in TRUTH


@pytest.mark.parametrize("case", corpus()[::7], ids=lambda case: case.id)
def test_a_right_line_a_little_changed_is_wrong(case: Case) -> None:
    for formula in case.formulas:
        if label(case, formula) == "right":
            changed = replace(formula, values=tuple(f"({v})*1.001+0.001" for v in formula.values))
            assert label(case, changed) == "wrong", formula.latex


def test_the_corpus_is_large_and_mixed() -> None:
    """Apart from files that were not written for the mixture: slips, and what others write."""
    cases = [case for case in corpus() if case.file not in MIXED_OTHERWISE]
    counts = Counter(kind(case) for case in cases)
    total = len(cases)
    assert total >= 400
    assert counts["right"] >= 0.4 * total
    assert counts["wrong at the end"] >= 0.3 * total
    assert counts["right after a wrong step"] >= 0.1 * total
    assert counts["layout"] >= 0.12 * total


def test_a_part_is_held_out() -> None:
    """Of what measures: the guards were chosen by what the checker said of them."""
    held_out = [case.held_out for case in corpus() if case.file != reader.GUARDS]
    assert 0.15 < sum(held_out) / len(held_out) < 0.25


def test_every_target_is_tried_several_times() -> None:
    counts = Counter(case.target for case in corpus())
    assert {target: counts[target] for target in sorted(TARGETS) if counts[target] < 5} == {}


def test_nothing_is_there_twice() -> None:
    assert max(Counter(case.id for case in corpus()).values()) == 1
    asked = Counter(
        (case.typed, case.target, case.layout, *sorted(case.assuming.items())) for case in corpus()
    )
    assert max(asked.values()) == 1


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_way_of_writing_occurs(spelling: str) -> None:
    text = "\n".join(line for case in corpus() for line in case.typed)
    assert re.search(SPELLINGS[spelling], text)


def test_every_slip_occurs() -> None:
    claimed = {slip for case in corpus() for slip in case.slips}
    assert claimed == SLIPS


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("softmax_jacobian", {"i=j", "j=o"}),
        ("naive_uw", {"w=o", "w=c"}),
        ("neg_U", {"w=o", "n=o", "w=n", "n repeats", "n_l repeats"}),
        ("neg_uk", {"w=o", "w=n"}),
        ("window_U", {"context repeats", "c in context"}),
        ("cbow_vj", {"c in context"}),
    ],
)
def test_points_show_every_coincidence_that_is_allowed(target: str, wanted: set[str]) -> None:
    case = next(case for case in corpus() if case.target == target and not case.assuming)
    given = tuple(sorted(assumptions(case).items()))
    seen = {name for point in points(target, "rows", given) for name in coincidences(point)}
    assert wanted <= seen
    if target == "neg_uk":
        assert not seen & {"n=o", "n repeats", "n_l repeats"}
    if target == "cbow_vj":
        assert "context repeats" not in seen


def test_values_are_independent_of_the_package() -> None:
    folder = Path(reader.__file__).parent
    imported = re.compile(r"^\s*(from|import)\s+wordgrad", re.MULTILINE)
    assert not any(imported.search(path.read_text()) for path in folder.glob("*.py"))
