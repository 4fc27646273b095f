"""What the argument `pair_loss` of a window may be, and how it is called."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ._validation import Array
from .losses import naive_softmax_loss_and_gradients, negative_sampling_loss_and_gradients

PairFunction = Callable[..., tuple[Any, Array, Array]]
PairLoss = Literal["softmax", "negative_sampling"] | PairFunction

_BY_NAME: dict[str, PairFunction] = {
    "softmax": naive_softmax_loss_and_gradients,
    "negative_sampling": negative_sampling_loss_and_gradients,
}


def pair_function(pair_loss: PairLoss, name: str, negatives: object) -> PairFunction:
    """Return the function behind `pair_loss`; check that it gets negatives if it needs them."""
    if callable(pair_loss):
        pair = pair_loss
    elif isinstance(pair_loss, str) and pair_loss in _BY_NAME:
        pair = _BY_NAME[pair_loss]
    else:
        raise ValueError(
            f"pair_loss is {pair_loss!r}; it must be 'softmax', 'negative_sampling' or a function "
            "(center_vec, outside_idx, outside_vecs) -> (loss, grad_center, grad_outside)"
        )
    if pair is negative_sampling_loss_and_gradients and negatives is None:
        raise ValueError(f"{name} is None; pair_loss 'negative_sampling' needs the negatives")
    if pair is naive_softmax_loss_and_gradients and negatives is not None:
        raise ValueError(f"{name} is given, but pair_loss 'softmax' takes no negatives; omit it")
    return pair


def call_pair(
    pair: PairFunction,
    center_vec: Array,
    outside_idx: npt.NDArray[np.intp],
    outside_vecs: Array,
    negative_idx: npt.NDArray[np.intp] | None,
) -> tuple[Any, Array, Array]:
    """Call the loss of one pair; check the shapes that a function of the user's own returns."""
    drawn = () if negative_idx is None else (negative_idx,)
    loss, grad_center, grad_outside = pair(center_vec, outside_idx, outside_vecs, *drawn)
    for name, gradient, vecs in (
        ("grad_center", grad_center, center_vec),
        ("grad_outside", grad_outside, outside_vecs),
    ):
        if np.shape(gradient) != vecs.shape:
            raise ValueError(
                f"pair_loss returned {name} of shape {np.shape(gradient)}; it must be {vecs.shape}"
            )
    return loss, grad_center, grad_outside
