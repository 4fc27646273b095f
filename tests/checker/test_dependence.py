"""Derivatives by letters: what they mean, or the question what they mean."""

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.dependence import reaches, with_dependence
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.meaning.contexts import naive_softmax
from wordgrad.meaning.notation import Quantity

NAIVE = naive_softmax()


def quantity(name: str) -> Quantity:
    found = NAIVE.quantity(name)
    assert found is not None
    return found


@pytest.mark.parametrize(("tree", "name", "whether"), [
    ("J", "theta", True), ("J", "yhat", True), ("J", "u", True), ("J", "Z", False),
    (r"\log Z", "Z", True), ("U v_c", "theta", False), (r"P(o\mid c)", "theta", True),
])  # fmt: skip
def test_what_occurs_in_definitions_is_reached(tree: str, name: str, whether: bool) -> None:
    assert reaches(parse_expression(tree), quantity(name), NAIVE) is whether


def test_what_the_loss_is_not_written_in_is_asked_about() -> None:
    by_z = parse_expression(r"\frac{\partial J}{\partial Z}")
    with pytest.raises(NotUnderstood, match="is not written in"):
        with_dependence(by_z, NAIVE, [], "")


def test_a_line_written_before_answers() -> None:
    by_z = parse_expression(r"\frac{\partial J}{\partial Z}")
    lines = [(parse_expression("J"), parse_expression(r"-u_o^\top v_c+\log Z"))]
    meant = to_latex(with_dependence(by_z, NAIVE, lines, ""))
    assert r"\log Z" in meant


def test_base_quantities_need_no_answer() -> None:
    tree = parse_expression(r"\frac{\partial J}{\partial v_c}")
    assert with_dependence(tree, NAIVE, [], "") == tree


WRONG = (
    (["z = U v_c", r"\delta = \frac{\partial J}{\partial z}", r"\delta = 0"], "naive_vc"),
    (["z = U v_c", r"\delta = \frac{\partial J}{\partial z}", r"= U^\top(\hat y-y) - U^\top\delta"],
     "naive_vc"),
    (["J := x^2", "z = x^2", r"g = \frac{dJ}{dz}", r"\frac{dJ}{dx} = 2x+g"], ""),
    ([r"h = \sum_{j\ne0} v_{w_{t+j}}", r"g = \frac{\partial J}{\partial h}", "g = 0"], "cbow_vhat"),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "target"), WRONG, ids=[lines[-1] for lines, _ in WRONG])
def test_a_derivative_by_an_own_letter_is_not_zero(lines: list[str], target: str) -> None:
    report = check_derivation(lines, target)
    assert [line.status for line in report.lines[:-1]] == ["proved"] * (len(lines) - 1)
    assert report.lines[-1].status == "wrong"
