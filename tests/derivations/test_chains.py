"""Every line of every derivation is proved, and no random point tells two lines apart."""

import subprocess
import sys

import pytest

from wordgrad.derivations import ALL, derivation
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.judge import judge, judge_derivation

CHAINS = [pytest.param(chain, id=name) for name, chain in ALL.items()]

TARGETS = (  # those that the checker offers by name
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
)


@pytest.mark.parametrize("chain", CHAINS)
def test_both_judges_accept_every_line(chain: Derivation) -> None:
    verdicts = judge_derivation(chain, oracle=True)
    assert len(verdicts) == len(chain.steps)
    for step, verdict in zip(chain.steps, verdicts, strict=True):
        assert (verdict.status, verdict.side_conditions) == ("proved", ()), (step, verdict)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_result_equals_the_quantity_without_the_steps_between(chain: Derivation) -> None:
    assert judge(chain.quantity, chain.result, chain.notation).status == "proved"


@pytest.mark.parametrize("chain", CHAINS)
def test_each_line_is_new_and_has_a_short_reason(chain: Derivation) -> None:
    lines = [chain.quantity, *(step.latex for step in chain.steps)]
    assert len(set(lines)) == len(lines), "a line is repeated"
    for step in chain.steps:
        assert 3 <= len(step.because) <= 140, step
        assert step.because.count("$") % 2 == 0, step
        assert step.latex.strip() == step.latex


@pytest.mark.parametrize("chain", CHAINS)
def test_assumptions_are_stated_in_words_exactly_if_there_are_some(chain: Derivation) -> None:
    assumed = chain.notation.assumptions
    of_indices = (assumed.equal, assumed.distinct, assumed.injective, assumed.avoiding)
    distribution = any(q.kind == "distribution" for q in chain.notation.quantities.values())
    assert bool(chain.assuming) == (any(of_indices) or distribution)


def test_ids_are_those_of_the_chains_and_do_not_clash() -> None:
    from wordgrad.derivations import _CHAPTERS

    written = [chain.id for chapter in _CHAPTERS for chain in chapter.DERIVATIONS]
    assert len(set(written)) == len(written)
    assert list(ALL) == written
    titles = [chain.title for chain in ALL.values()]
    assert len({(c.title, c.notation.name) for c in ALL.values()}) == len(titles)


@pytest.mark.parametrize("name", TARGETS)
def test_every_quantity_that_readers_are_asked_for_is_derived(name: str) -> None:
    assert derivation(name).id == name


def test_there_are_enough_lines() -> None:
    assert sum(len(chain.steps) for chain in ALL.values()) >= 150


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("naive_cv", "naive_vc"), ("softmax_jacobi", "softmax_jacobian"), ("", "sigmoid_derivative")],
)
def test_an_unknown_id_is_refused_with_near_ones(wrong: str, near: str) -> None:
    with pytest.raises(ValueError, match=near):
        derivation(wrong)


def test_importing_the_derivations_reads_no_latex() -> None:
    code = (
        "import sys\n"
        "from wordgrad.derivations import sheet, tables\n"
        "sys.exit('wordgrad.latex.parser' in sys.modules or 'lark' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_results_reached_on_different_ways_are_written_the_same() -> None:
    for one, other in [
        ("naive_vc", "naive_vc_chain"),
        ("naive_vc", "cbow_vhat"),
        ("cbow_vhat", "cbow_mean_vhat"),
        ("cbow_U", "cbow_mean_U"),
        ("softmax_ce_theta", "softmax_ce_theta_any"),
        ("window_vw", "window_neg_vw"),
    ]:
        assert derivation(one).result == derivation(other).result


@pytest.mark.parametrize(
    ("general", "special", "changes"),
    [
        ("naive_uw", "naive_uw_cases", {}),
        ("naive_uw", "naive_uo", {"equal": (("w", "o"),)}),
        ("naive_uw", "naive_uw_other", {"distinct": (("w", "o"),)}),
        ("naive_hessian", "naive_hessian_matrix", {}),
        ("neg_vc", "neg_vc_matrix", {}),
        ("neg_uw", "neg_uo_repeated", {"equal": (("w", "o"),)}),
        ("neg_uo_repeated", "neg_uo", {"avoiding": (("n", "o"),)}),
        ("neg_uk_repeated", "neg_uk", {"avoiding": (("n", "o"),), "injective": ("n",)}),
        ("neg_uw", "neg_uw_cases", {"avoiding": (("n", "o"),)}),
        ("window_neg_vc", "window_neg_vc_matrix", {}),
        ("cbow_vj_repeated", "cbow_vj", {"injective": ("w",)}),
        ("cbow_mean_vj_repeated", "cbow_mean_vj", {"injective": ("w",)}),
        ("cbow_neg_vj_repeated", "cbow_neg_vj", {"injective": ("w",)}),
    ],
)
def test_special_results_follow_from_general_ones(
    general: str, special: str, changes: dict[str, tuple[object, ...]]
) -> None:
    left, right = derivation(general), derivation(special)
    notation = left.notation.assuming(**changes)
    assert judge(left.result, right.result, notation, oracle=True).status == "proved"


@pytest.mark.parametrize("name", ["neg_uo", "neg_uk", "cbow_vj", "naive_uw_other", "window_vw"])
def test_what_needs_an_assumption_is_wrong_without_it(name: str) -> None:
    chain = derivation(name)
    bare = chain.notation.assuming(distinct=(), injective=(), avoiding=())
    verdict = judge(chain.quantity, chain.result, bare)
    assert verdict.status == "wrong"
    assert verdict.witness is not None
