"""Compare a gradient with one that needs no derivation, and say where they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ._validation import Array, real_numbers
from .differences import CENTRAL_STEP, EPSILON, Method, numerical_gradient

_TOLERANCES: dict[Method, float] = {"central": 1e-7, "complex": 1e-12}


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Outcome of `check_gradients`; true in a condition exactly if the gradient is right.

    Attributes
    ----------
    ok : bool
        Whether the error is within the tolerance (or within rounding).
    max_abs_error : float
        Largest difference of two entries.
    max_rel_error : float
        The same divided by the largest entry of either gradient, so that a small but wrong
        gradient is noticed.
    where : tuple of int
        Index of the largest difference.
    analytic, numeric : ndarray, shape of x
        The gradient that was checked and the one that it was compared with.
    method : {"central", "complex"}
    tolerance : float
        What `max_rel_error` was compared with.
    """

    ok: bool
    max_abs_error: float
    max_rel_error: float
    where: tuple[int, ...]
    analytic: Array
    numeric: Array
    method: Method
    tolerance: float

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        relation = "agrees with" if self.ok else "differs from"
        return (
            f"gradient {relation} the {self.method} derivative\n"
            f"relative error {self.max_rel_error:.1e}, tolerance {self.tolerance:.0e}\n"
            f"largest at {self.where}: analytic {self.analytic[self.where]:.6g}, "
            f"numeric {self.numeric[self.where]:.6g}"
        )

    def raise_if_wrong(self) -> None:
        """Raise AssertionError, saying where and by how much, if the gradient is wrong."""
        if not self.ok:
            raise AssertionError(str(self))


def check_gradients(
    f: Callable[[Array], tuple[Any, Array]],
    x: npt.ArrayLike,
    method: Method = "central",
    tolerance: float | None = None,
) -> GradientCheck:
    r"""Check the gradient that a function returns beside its value.

    Parameters
    ----------
    f : function of an array, returns (value, gradient)
        For example ``lambda v: naive_softmax_loss_and_gradients(v, o, U)[:2]``.
    x : array_like, any shape
        Where to check; float32 is widened to float64.
    method : {"central", "complex"}, default "central"
        "central" works for every smooth function, "complex" is sharper; see `numerical_gradient`.
    tolerance : float, optional
        Largest relative error: 1e-7 for "central", 1e-12 for "complex" if left out.

    Returns
    -------
    GradientCheck
        ``if check:`` asks whether it is right, ``check.raise_if_wrong()`` insists on it,
        ``print(check)`` says where it is worst.

    Raises
    ------
    ValueError
        If the gradient has another shape than `x`, or as for `numerical_gradient`.

    Notes
    -----
    Chapter *gradient-checking*. A difference is also accepted if it is within the rounding error
    of the numerical derivative itself: that matters where the true gradient is zero.

    Examples
    --------
    >>> bool(check_gradients(lambda x: (x @ x, 2 * x), [1.0, 2.0], "complex"))
    True
    >>> print(check_gradients(lambda x: (x @ x, x), [1.0, 2.0], "complex"))
    gradient differs from the complex derivative
    relative error 5.0e-01, tolerance 1e-12
    largest at (1,): analytic 2, numeric 4
    """
    numeric = numerical_gradient(lambda z: f(z)[0], x, method)
    point = real_numbers("x", x).astype(np.float64)
    value, gradient = f(point)
    analytic = real_numbers("the gradient that f returns", gradient)
    if analytic.shape != point.shape:
        raise ValueError(
            f"f returned a gradient of shape {analytic.shape} for x of shape {point.shape}; "
            "a gradient has the shape of what it is taken by"
        )
    if tolerance is None:
        tolerance = _TOLERANCES[method]
    errors = np.abs(analytic - numeric)
    where = tuple(int(i) for i in np.unravel_index(int(np.argmax(errors)), errors.shape))
    worst, scale = float(errors[where]), float(max(np.abs(analytic).max(), np.abs(numeric).max()))
    size = abs(float(value))
    rounding = 10 * EPSILON * (size / CENTRAL_STEP if method == "central" else min(size, 1.0))
    relative = worst / scale if scale > 0 else 0.0
    ok = relative <= tolerance or worst <= rounding
    return GradientCheck(ok, worst, relative, where, analytic, numeric, method, tolerance)
