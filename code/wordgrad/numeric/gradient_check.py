"""Compare a gradient with one that needs no derivation: central difference or complex step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ._validation import Array, numbers

Method = Literal["central", "complex"]
TOLERANCES: dict[str, float] = {"central": 1e-7, "complex": 1e-12}
_EPSILON = float(np.finfo(np.float64).eps)
_CENTRAL_STEP = _EPSILON ** (1 / 3)  # balances the error of the formula and that of rounding
_COMPLEX_STEP = 1e-20  # nothing is subtracted, so it can be so small that its square vanishes


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


def numerical_gradient(
    f: Callable[[Array], Any], x: npt.ArrayLike, method: Method = "central"
) -> Array:
    r"""Gradient of a scalar function without knowing its derivative.

    Parameters
    ----------
    f : function of an array, returns a scalar
        For "complex" it must accept complex128 and keep the imaginary part, as the losses of this
        package do.
    x : array_like, any shape
        Where to differentiate; float32 is widened to float64.
    method : {"central", "complex"}
        See Notes.

    Returns
    -------
    ndarray of float64, shape of `x`
        The gradient.

    Raises
    ------
    ValueError
        If `method` is unknown, `x` is complex, or `f` returns no scalar or drops the imaginary
        part.

    Notes
    -----
    Chapter *gradient-checking*. With :math:`e_i` the unit vector of entry i,

    .. math:: \frac{f(x+he_i)-f(x-he_i)}{2h} + O(h^2), \qquad
       \frac{\operatorname{Im} f(x+ihe_i)}{h} + O(h^2) .

    The first subtracts two nearly equal numbers, so h cannot be small; the second subtracts
    nothing and is exact to rounding with h = 1e-20 [1]_.

    References
    ----------
    .. [1] W. Squire, G. Trapp, "Using Complex Variables to Estimate Derivatives of Real
       Functions", SIAM Review 40 (1998).

    Examples
    --------
    >>> numerical_gradient(lambda x: np.exp(x).sum(), [0.0, 1.0], "complex")
    array([1.        , 2.71828183])
    """
    if method not in TOLERANCES:
        raise ValueError(f"method is {method!r}; it must be 'central' or 'complex'")
    point = numbers("x", x)
    if np.iscomplexobj(point):
        raise ValueError("x is complex; give the real point, the complex step is added to it")
    point = point.astype(np.float64)
    slope = _central_slope if method == "central" else _complex_slope
    gradient = np.empty_like(point)
    for where in np.ndindex(point.shape):
        gradient[where] = slope(f, point, where)
    return gradient


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
    point = numbers("x", x).astype(np.float64)
    value, gradient = f(point)
    analytic = numbers("the gradient that f returns", gradient)
    if analytic.shape != point.shape:
        raise ValueError(
            f"f returned a gradient of shape {analytic.shape} for x of shape {point.shape}; "
            "a gradient has the shape of what it is taken by"
        )
    if tolerance is None:
        tolerance = TOLERANCES[method]
    errors = np.abs(analytic - numeric)
    where = tuple(int(i) for i in np.unravel_index(int(np.argmax(errors)), errors.shape))
    worst, scale = float(errors[where]), float(max(np.abs(analytic).max(), np.abs(numeric).max()))
    step = _CENTRAL_STEP if method == "central" else 1.0
    rounding = 10 * _EPSILON * abs(float(value)) / step
    relative = worst / scale if scale > 0 else 0.0
    ok = relative <= tolerance or worst <= rounding
    return GradientCheck(ok, worst, relative, where, analytic, numeric, method, tolerance)


def _central_slope(f: Callable[[Array], Any], point: Array, where: tuple[int, ...]) -> float:
    ahead, behind = point.copy(), point.copy()
    step = _CENTRAL_STEP * max(1.0, abs(point[where]))
    ahead[where] += step
    behind[where] -= step
    rise = _scalar(f(ahead)) - _scalar(f(behind))
    return float(rise / (ahead[where] - behind[where]))  # the step as rounded


def _complex_slope(f: Callable[[Array], Any], point: Array, where: tuple[int, ...]) -> float:
    shifted = point.astype(np.complex128)
    shifted[where] += 1j * _COMPLEX_STEP
    value = _scalar(f(shifted))
    if not np.iscomplexobj(value):
        raise ValueError(
            "f returned a real number for a complex x, so it drops the imaginary part; "
            "make it keep complex numbers, or use method='central'"
        )
    return float(value.imag / _COMPLEX_STEP)


def _scalar(value: Any) -> Any:
    array = np.asarray(value)
    if array.ndim != 0:
        raise ValueError(f"f returned a value of shape {array.shape}; it must return one number")
    return array[()]
