"""Window problems for the tests: drawn by hypothesis, and published ones."""

from dataclasses import dataclass

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

quick = settings(max_examples=30, deadline=None)


@dataclass(frozen=True)
class Problem:
    """Two matrices of vectors and one window."""

    center_vecs: np.ndarray  # (V, d)
    outside_vecs: np.ndarray  # (V, d)
    center_idx: int
    outside_idxs: np.ndarray  # (n_context,)
    negative_idxs: np.ndarray  # (n_context, K)

    @property
    def center_vec(self) -> np.ndarray:
        return self.center_vecs[self.center_idx]

    @property
    def outside_idx(self) -> int:
        return int(self.outside_idxs[0])

    @property
    def negative_idx(self) -> np.ndarray:
        return self.negative_idxs[0]


@st.composite
def problems(draw: st.DrawFn, magnitude: float = 2.0) -> Problem:
    """Small vocabularies, so that words often repeat and coincide; |entries| <= magnitude."""
    vocab_size, dimension = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    n_context, n_negative = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    entries = st.floats(-magnitude, magnitude, allow_subnormal=False)
    words = st.integers(0, vocab_size - 1)
    matrix = hnp.arrays(np.float64, (vocab_size, dimension), elements=entries)
    return Problem(
        draw(matrix),
        draw(matrix),
        draw(words),
        draw(hnp.arrays(np.int64, n_context, elements=words)),
        draw(hnp.arrays(np.int64, (n_context, n_negative), elements=words)),
    )


def handout_vectors() -> tuple[np.ndarray, np.ndarray]:
    """Center and outside vectors of the sanity checks of the word2vec assignment of CS224n.

    The handout seeds NumPy's legacy generator with 9265 and scales the rows to length one.
    """
    rows = np.random.RandomState(9265).randn(10, 3)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows[:5], rows[5:]
