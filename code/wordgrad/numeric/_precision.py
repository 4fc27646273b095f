"""Compute in float64 (or complex128) and answer in the caller's dtype, without warnings."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ._validation import Array, numbers

# Rounding to 0 in the far tail is right. Callers may have turned such flags into errors.
quiet = np.errstate(over="ignore", under="ignore")


def widen(name: str, value: npt.ArrayLike) -> tuple[Array, np.dtype[Any]]:
    """Return the numbers as float64 or complex128, and the dtype that the result should have."""
    array = numbers(name, value)
    return array.astype(np.result_type(array.dtype, np.float64), copy=False), array.dtype


def narrow(array: Array, dtype: np.dtype[Any]) -> Any:
    """Return to the caller's dtype; a 0-d array becomes a scalar, as in NumPy's own functions."""
    return array.astype(dtype, copy=False)[()]
