"""Figures of the chapter on the naive softmax loss: what the text says of them holds."""

import numpy as np
import pytest
from matplotlib.path import Path

from wordgrad.figures import naive_softmax
from wordgrad.figures._style import BLUE, GREY, PURPLE, VERMILLION
from wordgrad.figures.naive_softmax import OUTSIDE_VECS, WORDS, descend
from wordgrad.numeric import naive_softmax_loss_and_gradients, softmax


def test_warm_lies_amid_the_others_and_cup_is_a_corner() -> None:
    assert Path(OUTSIDE_VECS[:6]).contains_point(OUTSIDE_VECS[WORDS.index("warm")])
    others = [vec for word, vec in zip(WORDS, OUTSIDE_VECS, strict=True) if word != "cup"]
    assert not Path(others[:5]).contains_point(OUTSIDE_VECS[WORDS.index("cup")])


def test_pull_and_push_shows_all_words_and_the_negative_gradient() -> None:
    axes = naive_softmax.pull_and_push().axes[0]
    texts = [text.get_text() for text in axes.texts]
    assert all(any(text.startswith(word) for text in texts) for word in WORDS)
    arrow = next(text for text in axes.texts if getattr(text, "arrow_patch", None))
    tail, head = np.array(arrow.xyann), np.array(arrow.xy)  # type: ignore[attr-defined]
    center_vec = np.array([-0.5, 0.3])
    _, gradient, _ = naive_softmax_loss_and_gradients(center_vec, WORDS.index("cup"), OUTSIDE_VECS)
    assert head - tail == pytest.approx(-gradient)


def test_descents_end_in_one_minimum_or_run_away() -> None:
    amid, corner = naive_softmax.loss_surface().axes
    ends = [np.array([line.get_xdata()[-1], line.get_ydata()[-1]]) for line in amid.lines[::2]]  # type: ignore[index]
    for end in ends:
        mean = softmax(OUTSIDE_VECS @ end) @ OUTSIDE_VECS
        assert mean == pytest.approx(OUTSIDE_VECS[WORDS.index("warm")], abs=1e-3)
        assert end == pytest.approx(ends[0], abs=1e-2)
    for line in corner.lines[::2]:
        path = np.column_stack(line.get_data())
        lengths = np.linalg.norm(path[-20:], axis=1)
        assert (np.diff(lengths) > 0).all()


def test_descend_starts_at_the_start() -> None:
    path = descend(lambda x: (x @ x, 2 * x), np.ones(2), n_steps=3)
    assert path.shape == (4, 2)
    assert path[0] == pytest.approx([1, 1])


def test_one_line_is_convex_and_two_make_a_saddle() -> None:
    axes = naive_softmax.not_jointly_convex().axes[0]
    losses = {
        line.get_color(): np.asarray(line.get_ydata())
        for line in axes.lines
        if line.get_linestyle() == "-" and len(np.asarray(line.get_ydata())) > 2
    }
    middle = len(losses[BLUE]) // 2
    assert (np.diff(losses[BLUE], 2) > 0).all()
    assert losses[VERMILLION].argmax() == middle == losses[PURPLE].argmin()
    assert losses[VERMILLION][middle] == pytest.approx(np.log(len(WORDS)))


def test_cost_measures_both_codes_at_the_same_sizes() -> None:
    axes = naive_softmax.cost(rounds=1).axes[0]
    loop, vectorised = (line for line in axes.lines if line.get_color() != GREY)
    sizes = list(np.asarray(vectorised.get_xdata()))
    assert list(np.asarray(loop.get_xdata())) == sizes[:3]
    assert np.asarray(vectorised.get_ydata())[0] == 1
    assert (np.asarray(loop.get_ydata()) > 0).all()
