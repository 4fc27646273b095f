"""Repairs that put something in: each kind is offered where it can be the answer."""

import pytest

from wordgrad.checker.additions import additions
from wordgrad.checker.factors import insertable
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.meaning.contexts import cbow, naive_softmax, negative_sampling, scalar, scores, window
from wordgrad.meaning.notation import Notation

NAIVE, SCORES, NEGATIVE = naive_softmax(), scores(), negative_sampling()


def offered(line: str, notation: Notation, *indices: str) -> set[tuple[str, str]]:
    """Kind and result of every repair, as LaTeX."""
    found = additions(parse_expression(line), notation, indices)
    return {(edit.kind, to_latex(edit.tree)) for edit in found}


def printed(latex: str) -> str:
    """In the spelling of the printer."""
    return to_latex(parse_expression(latex))


@pytest.mark.parametrize(
    ("notation", "line", "kind", "repaired"),
    [
        (NAIVE, r"\hat y_w-y_w", "factor dropped", r"(\hat y_w-y_w)v_c"),
        (NAIVE, r"\sum_w u_w", "factor dropped", r"\sum_w u_w\hat y_w"),
        (NAIVE, r"u_o-e^{\theta_o}", "factor dropped", r"u_o-e^{\theta_o}\frac{1}{Z}"),
        (cbow("softmax"), r"\hat v", "factor dropped", r"\hat v\frac{1}{2m}"),
        (scalar(), r"\frac{1}{\sigma(x)}", "factor dropped", r"\frac{1}{\sigma(x)}\sigma'(x)"),
        (NAIVE, r"\hat y_w u_w-u_o", "sum dropped", r"\sum_{w=1}^V\hat y_w u_w-u_o"),
        (NEGATIVE, r"\sigma(\theta_{n_k})u_{n_k}", "sum dropped", None),
        (window("softmax"), r"\theta_{w_{c+j}}", "sum dropped", None),
        (SCORES, r"\hat y_i-y_i\hat y_j", "case w=o forgotten", r"\delta_{ij}\hat y_i-y_i\hat y_j"),
        (NAIVE, r"\hat y_w", "case w=o forgotten", r"(\hat y_w-y_w)"),
        (NEGATIVE, r"\sigma(\theta_w)v_c", "repeats counted wrongly", r"(r_w\sigma(\theta_w)) v_c"),
        (NEGATIVE, r"K v_c", "repeats counted wrongly", r"r v_c"),
        (SCORES, r"\frac{\theta_i}{Z}", "quotient rule", r"\frac{\theta_i}{Z^2}"),
        (SCORES, r"\sum_w\log\hat y_w", "log split", r"\log\sum_w\hat y_w"),
        (SCORES, r"\frac{\log s}{\log Z}", "log split", r"(\log s-\log Z)"),
        (SCORES, r"-\exp(\theta_o)", "log of exp", r"-\theta_o"),
        (NAIVE, r"(\hat y-y)^\top v_c", "transposed", r"(\hat y-y)v_c^\top"),
        (NAIVE, r"\hat y_w u_o", "wrong index", r"\hat y_w u_w"),
        (SCORES, r"\hat y_i\delta_{ij}-\hat y_i^2", "wrong index", None),
        (NAIVE, r"P(o, c)", "joint for conditional", r"P(o\mid c)"),
    ],
)
def test_a_repair_is_offered(
    notation: Notation, line: str, kind: str, repaired: str | None
) -> None:
    found = offered(line, notation, "i", "j", "w", "o")
    if repaired is None:
        assert kind in {name for name, _ in found}
    else:
        assert (kind, printed(repaired)) in found


def test_the_window_gets_its_whole_range() -> None:
    found = offered(r"\theta_{w_{c+j}}", window("softmax"))
    whole = printed(r"\sum_{-m\le j\le m, j\neq 0}\theta_{w_{c+j}}")
    assert ("sum dropped", whole) in found
    found = offered(r"\sum_{j=1}^m\theta_{w_{c+j}}", window("softmax"))
    assert ("window bound", whole) in found


def test_only_letters_of_the_notation_are_put_in() -> None:
    names = {str(factor) for factor in insertable(parse_expression("x"), scalar())}
    assert not any("'v'" in name or "'U'" in name for name in names)


def test_no_case_is_offered_that_the_assumptions_exclude() -> None:
    apart = NAIVE.assuming(distinct=(("w", "o"),))
    kinds = {kind for kind, _ in offered("v_c", apart, "w", "o")}
    assert "case w=o forgotten" not in kinds
    assert "case w=o forgotten" in {kind for kind, _ in offered("v_c", NAIVE, "w", "o")}
