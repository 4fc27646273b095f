"""Every word2vec gradient: proved for any dimension, implemented in NumPy, measured."""

from .numeric import (
    GradientCheck,
    NegativeSampler,
    SGDResult,
    cbow,
    check_gradients,
    cross_entropy,
    log_sigmoid,
    log_softmax,
    log_sum_exp,
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    numerical_gradient,
    sgd,
    sigmoid,
    skipgram,
    softmax,
    unigram_distribution,
)

__version__ = "0.1.0"

__all__ = [
    "GradientCheck",
    "NegativeSampler",
    "SGDResult",
    "__version__",
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
