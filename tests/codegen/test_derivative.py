"""Derivatives in index form, against differences and known results."""

import numpy as np
import pytest

from tests.codegen.feeding import compiled_numpy
from wordgrad.codegen import CannotGenerate, program_of
from wordgrad.meaning.contexts import scalar, scores

FUNCTIONS = (
    r"\exp(x)",
    r"\log(2+x^2)",
    r"\sigma(x)",
    r"\log\sigma(x)",
    r"\operatorname{softplus}(x)",
    r"\tanh(x)",
    r"\frac{x^3}{1+x^2}",
    r"\sqrt{1+x^2}",
    r"x^{\sigma(x)}",
    r"\sigma(x)^2\sigma(-x)",
    "7",
)


@pytest.mark.parametrize("body", FUNCTIONS)
def test_of_one_variable(body: str) -> None:
    f = compiled_numpy(program_of(body, scalar()))
    slope = compiled_numpy(program_of(rf"\frac{{d}}{{dx}}\left({body}\right)", scalar()))
    step = 1e-5
    for x in (0.4, 1.3):
        given = [] if body == "7" else [x]
        ahead, behind = ([y] if given else [] for y in (x + step, x - step))
        difference = (f(*ahead) - f(*behind)) / (2 * step)
        np.testing.assert_allclose(slope(*given), difference, rtol=1e-8, atol=1e-8)


def at_scores(line: str, theta: np.ndarray) -> np.ndarray:
    made = program_of(line, scores())
    given = {"theta": theta, "i": 0, "j": 2, "o": 1}
    return np.asarray(compiled_numpy(made)(*(given[item.name] for item in made.inputs)))


def test_by_scores_through_definitions() -> None:
    theta = np.array([0.3, -1.0, 2.0])
    p = np.exp(theta) / np.exp(theta).sum()
    hessian = np.diag(p) - np.outer(p, p)
    close = np.testing.assert_allclose
    close(at_scores(r"\frac{\partial J}{\partial\theta}", theta), p - np.eye(3)[1], rtol=1e-13)
    close(at_scores(r"\frac{\partial\hat y}{\partial\theta}", theta), hessian, rtol=1e-13)
    close(at_scores(r"\frac{\partial Z}{\partial\theta_j}", theta), np.exp(2.0), rtol=1e-13)
    second = r"\frac{\partial^2 J}{\partial\theta_i\,\partial\theta_j}"
    close(at_scores(second, theta), hessian[0, 2], rtol=1e-13)


def test_a_defined_quantity_that_one_differentiates_by_is_held() -> None:
    theta = np.array([0.3, -1.0, 2.0])
    p = np.exp(theta) / np.exp(theta).sum()
    by_probability = at_scores(r"\frac{\partial J}{\partial\hat y}", theta)
    np.testing.assert_allclose(by_probability, [0.0, -1 / p[1], 0.0], rtol=1e-13)
    by_total = at_scores(r"\frac{\partial}{\partial Z}\log Z", theta)
    np.testing.assert_allclose(by_total, 1 / np.exp(theta).sum(), rtol=1e-13)


def test_a_product_over_an_index_is_refused_unless_it_is_constant() -> None:
    product = r"\prod_{w=1}^{V}\sigma(\theta_w)"
    with pytest.raises(CannotGenerate, match="product over an index"):
        program_of(rf"\frac{{\partial}}{{\partial\theta_j}}{product}", scores())
    constant = program_of(rf"\frac{{\partial}}{{\partial s}}{product}", scores())
    assert compiled_numpy(constant)() == 0
