"""What is taken off a line, and what is left on it."""

import pytest

from wordgrad.checker.clauses import take_apart
from wordgrad.latex.errors import NotUnderstood


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"= a_1 \qquad (1)", "= a_1"),
        (r"= a_1. \quad(2.3)", "= a_1"),
        (r"= a_1 \qquad (\ast)", "= a_1"),
        (r"= a_1 && \text{by (1)}", "= a_1"),
        (r"= a_1 \quad \text{(chain rule)}", "= a_1"),
        (r"= a_1 \quad [\text{since } \sigma(-x) = 1-\sigma(x)]", "= a_1"),
        ("J = a_1 (chain rule)", "J = a_1"),
        (r"\text{Thus } J = a_1", "J = a_1"),
        ("Hence, J = a_1", "J = a_1"),
        ("**J = a_1**", "J = a_1"),
        ("**Answer:** J = a_1", "J = a_1"),
        ("(b) J = a_1", "J = a_1"),
        ("* J = a_1", "J = a_1"),
        ("Step 2: J = a_1", "J = a_1"),
        (r"\boxed{J = \frac{a_1}{2}}", r"J = \frac{a_1}{2}"),
        (r"J = a_w \Big|_{w=o}", "J = a_w"),
    ],
)
def test_what_stands_beside_a_formula_is_taken_off(text: str, formula: str) -> None:
    assert take_apart(text).formula.strip() == formula


@pytest.mark.parametrize(
    "text",
    [
        r"J_\text{neg} = a_1",
        r"= \left( \text{softmax}(Uv_c) - y \right) v_c^\top",
        r"\text{loss} = a_1",
        r"= \sum_{w \neq o} a_w",
        r"= f(x, y)",
        r"= 2\;(3)",
        r"= \sigma\;(x)",
        r"- x = y_1",
        r"= \begin{cases} a_1 & \text{if } w = o\\ b_1 & \text{if } w\neq o\end{cases}",
        r"\mathbb 1 [w = o]",
        r"= \hat y_i - 1 (i = o)",
    ],
)
def test_what_may_be_part_of_the_formula_stays(text: str) -> None:
    found = take_apart(text)
    assert found.formula.strip() == text
    assert found.conditions == ()


def test_places_in_the_formula_stay_places_in_the_line() -> None:
    text = r"\text{For } w\neq o: \quad J = a_w \qquad (3)"
    found = take_apart(text)
    assert len(found.formula) == len(text)
    assert found.formula.index("J = a_w") == text.index("J = a_w")


def test_a_number_that_may_be_a_factor_is_asked_about() -> None:
    with pytest.raises(NotUnderstood, match="a factor or the number of the line") as caught:
        take_apart("= a_1 + b_1 (2)")
    assert caught.value.position == 12


def test_only_conclusions_end_a_case() -> None:
    assert take_apart(r"\text{Hence } J = a_1").concludes
    assert not take_apart("J = a_1").concludes
