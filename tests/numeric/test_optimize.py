import numpy as np
import pytest

from wordgrad import sgd, skipgram


def bowl(x):
    return (x**2).sum(), 2 * x


def test_each_step_by_hand():
    result = sgd(bowl, [1.0, -2.0], learning_rate=0.25, n_steps=2)
    assert result.losses.tolist() == [5.0, 1.25]
    assert result.x.tolist() == [0.25, -0.5]


def test_the_learning_rate_may_depend_on_the_step():
    rates = [0.5, 0.25]
    result = sgd(bowl, [4.0], learning_rate=lambda step: rates[step], n_steps=2)
    assert result.losses.tolist() == [16.0, 0.0]
    halved = sgd(bowl, [4.0], learning_rate=lambda step: 0.25 / 2**step, n_steps=2)
    assert halved.x.tolist() == [4.0 * 0.5 * 0.75]


def test_the_start_is_left_alone_and_the_dtype_kept():
    start = np.ones(3, np.float32)

    def rude(x):
        loss, gradient = bowl(x)
        x[:] = 0
        return loss, gradient

    result = sgd(rude, start, 0.1, 3)
    assert start.tolist() == [1.0, 1.0, 1.0]
    assert result.x.dtype == np.float32
    assert sgd(lambda x: (0.0, np.ones(3)), start, 0.1, 1).x.dtype == np.float32


def test_word_vectors_learn_their_window():
    rng = np.random.default_rng(0)
    start = rng.normal(scale=0.1, size=(2, 6, 4))

    def loss_and_gradient(vecs):
        loss, *gradients = skipgram(0, [1, 2], vecs[0], vecs[1])
        return loss, np.stack(gradients)

    result = sgd(loss_and_gradient, start, learning_rate=0.1, n_steps=800)
    assert result.losses[0] > 3.5  # 2 log 6 = 3.58
    assert result.losses[-1] < 2 * np.log(2) + 0.02  # the two words share the probability
    assert (np.diff(result.losses) < 0).all()


@pytest.mark.parametrize("n_steps", [0, -1, 2.0, "3"])
def test_n_steps_is_checked(n_steps):
    with pytest.raises(ValueError, match=r"^n_steps is"):
        sgd(bowl, [1.0], 0.1, n_steps)


@pytest.mark.parametrize("rate", [0, -0.1, np.nan, np.inf, lambda step: -1.0])
def test_learning_rate_is_checked(rate):
    with pytest.raises(ValueError, match=r"^learning_rate is .* at step 0"):
        sgd(bowl, [1.0], rate, 1)


@pytest.mark.parametrize(("x", "message"), [([1j], "x is complex"), ([np.nan], "x is nan")])
def test_the_start_is_checked(x, message):
    with pytest.raises(ValueError, match=message):
        sgd(bowl, x, 0.1, 1)


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"gradient of shape \(\) for x of shape \(2,\)"):
        sgd(lambda x: (0.0, 1.0), [1.0, 2.0], 0.1, 1)


def test_divergence_is_reported_not_hidden():
    with pytest.raises(FloatingPointError, match=r"at step 1 .* learning_rate below 3"):
        sgd(lambda x: (np.nan if x[0] < 0 else x[0], np.ones(1)), [1.0], 3.0, 5)
    with pytest.raises(FloatingPointError, match="gradient is not finite"):
        sgd(lambda x: (0.0, np.array([np.inf])), [1.0], 3.0, 5)
