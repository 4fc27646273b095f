"""Measured and predicted errors of numerical derivatives."""

import numpy as np
import pytest

from wordgrad.figures._differences import (
    central,
    complex_step,
    forward,
    predicted_errors,
    relative_errors,
)


def test_truncation_is_predicted_to_a_few_percent() -> None:
    steps = np.array([1e-3, 1e-2])
    truncation, _, _ = predicted_errors(steps, np.float64)
    assert relative_errors(central, steps, np.float64) == pytest.approx(truncation, rel=0.1)


def test_orders_of_the_formulas() -> None:
    steps = np.array([1e-3, 1e-2])
    for slope, order in ((forward, 1), (central, 2), (complex_step, 2)):
        small, large = relative_errors(slope, steps, np.float64)
        assert np.log10(large / small) == pytest.approx(order, abs=0.1)


def test_a_step_that_rounds_away_has_no_error() -> None:
    assert np.isnan(relative_errors(central, np.array([1e-12]), np.float32)[0])


def test_best_step_balances_both_errors() -> None:
    _, _, best = predicted_errors(np.array([1.0]), np.float32)
    truncation, rounding, _ = predicted_errors(np.array([best]), np.float32)
    assert rounding == pytest.approx(2 * truncation)
