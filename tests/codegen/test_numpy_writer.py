"""What the NumPy looks like: einsum and gathers, counts, no loop over an index."""

import re

import numpy as np
import pytest

from tests.codegen.feeding import compiled_numpy
from wordgrad.codegen import generate, program_of
from wordgrad.codegen.numpy_writer import HELPERS
from wordgrad.derivations import ALL, derivation
from wordgrad.meaning.contexts import naive_softmax, negative_sampling, scores
from wordgrad.numeric import log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax

SCORES = np.array([[1e4, -1e4, 0.0], [-700.0, 700.0, 699.0], [0.5, -0.5, 2.0]])


def function(name: str, step: int = -1) -> str:
    """The generated function, without helpers."""
    text = generate(derivation(name), step=step)
    return text[text.rindex("\ndef ") :]


@pytest.mark.parametrize("name", list(ALL))
def test_no_line_loops(name: str) -> None:
    for step in range(len(ALL[name].steps)):
        body = [row for row in function(name, step).splitlines() if "# " not in row]
        assert len(body) >= 2
        assert not re.search(r"\b(for|while|map|vectorize)\b", "\n".join(body))


def test_scores_are_one_einsum_and_probabilities_one_softmax() -> None:
    text = function("naive_vc", 5)  # written with exponentials over their sum
    assert text.count("np.einsum") == 2
    assert text.count("= softmax(theta)") == 1
    assert "np.exp(" not in text


def test_counts_are_counted() -> None:
    assert "r = np.bincount(negatives, minlength=V)" in function("neg_U")
    assert "r = np.bincount(negatives.ravel(), minlength=V)" in function("window_neg_U")


def test_weighted_counts_are_scattered() -> None:
    line = r"\sum_{k=1}^{K}\delta_{w n_k}\sigma(\theta_{n_k})\,u_{n_k}"
    made = program_of(line, negative_sampling(), over=("w",))
    vectors, center = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]), np.array([0.5, -1.0])
    words = np.array([2, 0, 2])
    given = {"U": vectors, "v_c": center, "negatives": words}
    actual = compiled_numpy(made)(*(given[item.name] for item in made.inputs))
    expected = np.zeros((3, 2))
    for word in words:
        expected[word] += sigmoid(vectors[word] @ center) * vectors[word]
    np.testing.assert_allclose(actual, expected, rtol=1e-14)
    text = generate(line, notation=negative_sampling(), over=("w",))
    assert "np.add.at(" in text


def test_a_weight_per_word_is_a_weighted_bincount() -> None:
    line = r"\sum_{k=1}^{K}\delta_{w n_k}\sigma(\theta_{n_k})"
    text = generate(line, notation=negative_sampling(), over=("w",))
    assert re.search(r"np\.bincount\(negatives, weights=\w+, minlength=V\)", text)


def test_a_diagonal_and_a_transposed_factor() -> None:
    made = program_of(r"\sum_{w=1}^{V}\hat y_w u_w v_c^\top+v_c\,\bar u^\top", naive_softmax())
    vectors, center = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]), np.array([0.5, -1.0])
    given = {"U": vectors, "v_c": center}
    actual = compiled_numpy(made)(*(given[item.name] for item in made.inputs))
    mean = softmax(vectors @ center) @ vectors
    expected = np.outer(mean, center) + np.outer(center, mean)
    np.testing.assert_allclose(actual, expected, rtol=1e-13)


def test_a_number_is_repeated_along_the_axes_of_the_result() -> None:
    made = program_of(r"\delta_{ij}+\sum_{w=1}^{V}\hat y_w", scores(), over=("i",))
    actual = compiled_numpy(made)(np.array([1.0, 2.0, 3.0]), 1)
    np.testing.assert_allclose(actual, [1.0, 2.0, 1.0], rtol=1e-15)


@pytest.mark.parametrize(
    ("name", "exact"),
    [
        ("sigmoid", sigmoid),
        ("log_sigmoid", log_sigmoid),
        ("softplus", lambda x: -log_sigmoid(-x)),
        ("softmax", softmax),
        ("log_softmax", log_softmax),
        ("log_sum_exp", log_sum_exp),
    ],
)
def test_helpers_give_what_the_careful_functions_give(name: str, exact: object) -> None:
    namespace = {"np": np}
    exec("\n\n".join(HELPERS.values()), namespace)
    with np.errstate(under="ignore"):
        actual = namespace[name](SCORES)  # type: ignore[operator]
    np.testing.assert_allclose(actual, exact(SCORES), rtol=1e-12, atol=1e-300)  # type: ignore[operator]
