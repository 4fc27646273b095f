"""Scores and probabilities under letters that nobody has introduced."""

import pytest

from tests.checker.statuses import statuses


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([r"\frac{\partial S_i}{\partial x_j} = S_i(\delta_{ij}-S_j)"], ["proved"]),
        ([r"\frac{\partial s_i}{\partial z_j} = s_i(\delta_{ij}-s_j)"], ["proved"]),
        ([r"\frac{\partial S_i}{\partial x_j} = S_i(\delta_{ij}+S_j)"], ["not_understood"]),
        ([r"\frac{\partial S_i}{\partial x_j} = S_j(1-S_j)"], ["not_understood"]),
        ([r"\pi_i = \frac{e^{-\eta_i}}{\sum_je^{-\eta_j}}"], ["not_understood"]),
        (
            [
                r"\pi_i = \frac{e^{\eta_i}}{\sum_je^{\eta_j}}",
                r"\frac{\partial\pi_i}{\partial\eta_j} = \pi_i(\delta_{ij}-\pi_j)",
                r"\frac{\partial\pi_i}{\partial\eta_j} = \pi_i(\delta_{ij}+\pi_j)",
            ],
            ["proved", "proved", "wrong"],
        ),
    ],
)
def test_letters_are_known_by_what_is_said_of_them(lines: list[str], expected: list[str]) -> None:
    assert statuses(lines, "softmax_jacobian") == expected


def test_the_identity() -> None:
    line = r"\frac{\partial\hat v}{\partial v_{w_{c+j}}} = \frac{1}{2m}I"
    assert statuses([line, line.replace("2m", "m")], "cbow_mean_vj") == ["proved", "wrong"]
