"""Neighbours and analogies on vectors whose geometry is plain."""

import numpy as np
import pytest

from wordgrad.training.vectors import WordVectors

WORDS = ("man", "woman", "king", "queen", "far")
POINTS = np.array([[2, 0, 0], [2, 1, 0], [0, 0, 3], [0, 1.2, 3], [-1, 0, -1]], dtype=np.float32)


@pytest.fixture
def vectors() -> WordVectors:
    return WordVectors(WORDS, POINTS)


def test_similar_leaves_out_the_word_itself(vectors: WordVectors) -> None:
    nearest = vectors.similar("man", n=100)
    assert nearest[0][0] == "woman"
    assert len(nearest) == 4
    cosines = [cosine for _, cosine in nearest]
    assert cosines == sorted(cosines, reverse=True)
    np.testing.assert_allclose(cosines[0], 2 / np.sqrt(5), rtol=1e-6)


def test_similar_to_several_words(vectors: WordVectors) -> None:
    assert {word for word, _ in vectors.similar("man", "king", n=2)} == {"woman", "queen"}


def test_similar_to_nothing(vectors: WordVectors) -> None:
    with pytest.raises(ValueError, match="no word is given"):
        vectors.similar()


def test_analogy(vectors: WordVectors) -> None:
    assert vectors.analogy("man", "woman", "king", n=1)[0][0] == "queen"


def test_unknown_word_gets_a_hint(vectors: WordVectors) -> None:
    with pytest.raises(KeyError, match="did you mean queen"):
        vectors["quene"]
    with pytest.raises(KeyError, match="no word looks like it"):
        vectors["zzzzzz"]


def test_zero_vectors_do_no_harm() -> None:
    vectors = WordVectors(("a", "b"), np.zeros((2, 3), np.float32))
    assert vectors.similar("a") == [("b", 0.0)]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"words": ("a",)}, "center_vecs has shape"),
        ({"center_vecs": np.zeros((2, 0), np.float32)}, "center_vecs has shape"),
        ({"outside_vecs": np.zeros((2, 2), np.float32)}, "outside_vecs has shape"),
        ({"counts": np.ones(3, np.int64)}, "counts has shape"),
        ({"words": ("a", "a")}, "twice"),
    ],
)
def test_refuses(settings: dict[str, object], message: str) -> None:
    fitting: dict[str, object] = {"words": ("a", "b"), "center_vecs": np.ones((2, 3), np.float32)}
    with pytest.raises(ValueError, match=message):
        WordVectors(**(fitting | settings))  # type: ignore[arg-type]
