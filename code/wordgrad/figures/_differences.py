"""Error of numerical derivatives against their step: measured, and as theory predicts it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import naive_softmax_loss_and_gradients, softmax

__all__ = [
    "Precision",
    "central",
    "complex_step",
    "forward",
    "predicted_errors",
    "relative_errors",
]

Floats = npt.NDArray[np.floating[Any]]
Precision = type[np.float32] | type[np.float64]
Slope = Callable[[Floats, int, float], float]


def pair() -> tuple[Floats, int, Floats]:
    """The example: center vector (d,), outside word, outside vectors (V, d), not large."""
    rng = np.random.default_rng(1)
    return rng.normal(size=8), 3, rng.normal(size=(20, 8))


def _loss(center_vec: npt.NDArray[Any]) -> Any:
    """Naive softmax loss of the example, computed in the precision of `center_vec`."""
    _, outside_idx, outside_vecs = pair()
    precision = center_vec.real.dtype
    return naive_softmax_loss_and_gradients(
        center_vec, outside_idx, outside_vecs.astype(precision)
    )[0]


def central(x: Floats, i: int, h: float) -> float:
    """Central difference along coordinate i, divided by the step as it was rounded."""
    ahead, behind = x.copy(), x.copy()
    ahead[i] += h
    behind[i] -= h
    return (float(_loss(ahead)) - float(_loss(behind))) / (float(ahead[i]) - float(behind[i]))


def forward(x: Floats, i: int, h: float) -> float:
    """Forward difference along coordinate i, divided by the step as it was rounded."""
    ahead = x.copy()
    ahead[i] += h
    return (float(_loss(ahead)) - float(_loss(x))) / (float(ahead[i]) - float(x[i]))


def complex_step(x: Floats, i: int, h: float) -> float:
    """Imaginary part of the loss, h to the imaginary side of coordinate i, divided by h."""
    shifted = x.astype(np.complex128)
    shifted[i] += 1j * h
    return float(_loss(shifted).imag / h)


def relative_errors(slope: Slope, steps: Floats, dtype: Precision) -> Floats:
    """Median over the coordinates of error / largest entry, per step; nan if no step is left.

    Parameters
    ----------
    slope : central, forward or complex_step
    steps : ndarray, shape (S,)
    dtype : numpy.float32 or numpy.float64
        Precision in which the loss is computed; the true gradient is always float64.

    Examples
    --------
    >>> errors = relative_errors(central, np.array([1e-30, 1e-5]), np.float64)
    >>> bool(np.isnan(errors[0])), bool(errors[1] < 1e-9)
    (True, True)
    """
    point, outside_idx, outside_vecs = pair()
    center_vec: Floats = np.asarray(point, dtype=dtype)
    true = naive_softmax_loss_and_gradients(
        center_vec.astype(np.float64), outside_idx, outside_vecs.astype(dtype).astype(np.float64)
    )[1]
    errors = np.full((len(steps), len(true)), np.nan)
    for step, i in np.ndindex(errors.shape):
        h = float(steps[step])
        if slope is complex_step or _moves(center_vec[i], dtype(h)):
            errors[step, i] = abs(slope(center_vec, i, h) - true[i])
    return np.asarray(np.median(errors, axis=1) / np.abs(true).max())


def _moves(x: Any, h: Any) -> bool:
    return bool(x + h != x != x - h)


def predicted_errors(steps: Floats, dtype: Precision) -> tuple[Floats, Floats, float]:
    """What the central difference leaves out, what rounding adds, and the step of least sum.

    log-sum-exp generates cumulants: along coordinate i its third derivative is the third central
    moment of U[:, i] under the probabilities.  The linear part of the loss has none.

    Returns
    -------
    truncation, rounding : ndarray, shape (S,)
        h^2 |J'''| / 6 and epsilon |J| / 2h, divided by the largest entry of the gradient.
    best : float
        Where their sum is least.
    """
    center_vec, outside_idx, outside_vecs = pair()
    loss, gradient, _ = naive_softmax_loss_and_gradients(center_vec, outside_idx, outside_vecs)
    probs = softmax(outside_vecs @ center_vec)
    third = float(np.median(np.abs(probs @ (outside_vecs - probs @ outside_vecs) ** 3)))
    noise = float(np.finfo(dtype).eps * loss / 2)
    scale = np.abs(gradient).max()
    return (
        third * steps**2 / 6 / scale,
        noise / steps / scale,
        float((3 * noise / third) ** (1 / 3)),
    )
