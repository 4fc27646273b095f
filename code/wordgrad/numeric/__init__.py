"""Small, exact NumPy versions of every formula in the book: losses, windows, gradient checks."""

from .activations import log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax
from .differences import numerical_gradient
from .gradient_check import GradientCheck, check_gradients
from .losses import (
    cross_entropy,
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
)
from .optimize import SGDResult, sgd
from .sampling import NegativeSampler, unigram_distribution
from .windows import cbow, skipgram

__all__ = [
    "GradientCheck",
    "NegativeSampler",
    "SGDResult",
    "cbow",
    "check_gradients",
    "cross_entropy",
    "log_sigmoid",
    "log_softmax",
    "log_sum_exp",
    "naive_softmax_loss_and_gradients",
    "negative_sampling_loss_and_gradients",
    "numerical_gradient",
    "sgd",
    "sigmoid",
    "skipgram",
    "softmax",
    "unigram_distribution",
]
