"""Cut a chunk into blocks of consecutive centers, so that training becomes matrix products."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from .chunks import Chunk, Ints
from .config import TrainingConfig

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Blocks of T consecutive centers, each with the tokens around them as its columns.

    Parameters
    ----------
    centers : ndarray of int, shape (M, T)
        Rows of the centers. What is missing in the last block is row 0 without context.
    columns : ndarray of int, shape (M, T + 2 m)
        Rows of the tokens from m before the first center to m after the last.
    left, right : ndarray of int, shape (M, T)
        Reach of each center, as in `Chunk`.
    window : int
        The largest reach m.
    """

    centers: Ints
    columns: Ints
    left: Ints
    right: Ints
    window: int

    def __len__(self) -> int:
        return len(self.centers)

    def __getitem__(self, which: Ints | slice) -> "Blocks":
        return Blocks(
            self.centers[which],
            self.columns[which],
            self.left[which],
            self.right[which],
            self.window,
        )

    def inputs(
        self, config: TrainingConfig, out: Weights | None = None
    ) -> tuple[Ints, Weights | None]:
        """Return whose center vectors enter, (M, I), and how they mix for each center, (M, T, I).

        Skip-gram takes the vector of the center itself: no mixing. CBOW takes the mean or the sum
        of the context.
        """
        if config.model == "skipgram":
            return self.centers, None
        mix = self.context(out)
        if config.combine == "mean":
            mix = (mix / np.maximum(self.n_context, 1)[..., None]).astype(np.float32)
        return self.columns, mix

    def targets(self, config: TrainingConfig, out: Weights | None = None) -> tuple[Ints, Weights]:
        """Return whose outside vectors are predicted, (M, C), and for which center, (M, T, C).

        Skip-gram predicts each context word; CBOW the center, if it has a context.
        """
        if config.model == "skipgram":
            return self.columns, self.context(out)
        alone = np.eye(self.centers.shape[1], dtype=np.float32)
        return self.centers, alone * self.n_targets(config)[..., None]

    def n_targets(self, config: TrainingConfig) -> Weights:
        """Return how many words each center predicts or is predicted for, shape (M, T)."""
        n_context = self.n_context
        return n_context if config.model == "skipgram" else np.minimum(n_context, 1)

    @property
    def n_context(self) -> Weights:
        """Number of context words of each center, shape (M, T)."""
        return (self.left + self.right).astype(np.float32)

    def context(self, out: Weights | None = None) -> Weights:
        r"""Return which column is a context word of which center, shape (M, T, T + 2 m).

        Parameters
        ----------
        out : ndarray of float32, optional
            Where to write; zero but for what this method wrote before.

        Returns
        -------
        ndarray of float32
            1 for a context word, else 0.

        Notes
        -----
        Chapter *fast*. The token of center t is column t + m, so the context words lie in a band
        along the diagonal. The band is written through a view that walks along it.

        Examples
        --------
        >>> chunk = Chunk(np.array([3, 1, 2]), np.array([0, 1, 1]), np.array([1, 1, 0]))
        >>> cut_blocks(chunk, block=3, window=1).context()[0].astype(int)
        array([[0, 0, 1, 0, 0],
               [0, 1, 0, 1, 0],
               [0, 0, 1, 0, 0]])
        """
        n_blocks, block = self.centers.shape
        width, reach = 2 * self.window + 1, self.window + 1
        if out is None:
            out = np.zeros((n_blocks, block, block - 1 + width), dtype=np.float32)
        across, down, along = out.strides
        band = np.lib.stride_tricks.as_strided(
            out, (n_blocks, block, width), (across, down + along, along)
        )
        reached = (self.left * reach + self.right).astype(np.intp, copy=False)
        band[...] = _reach_table(self.window).take(reached, axis=0)
        return out


def cut_blocks(chunk: Chunk, block: int, window: int, multiple: int = 1) -> Blocks:
    """Cut a chunk into blocks; their number is rounded up to a multiple of `multiple`.

    Examples
    --------
    >>> chunk = Chunk(np.array([3, 1, 2]), np.array([0, 1, 1]), np.array([1, 1, 0]))
    >>> blocks = cut_blocks(chunk, block=2, window=1)
    >>> blocks.centers.tolist(), blocks.columns.tolist()
    ([[3, 1], [2, 0]], [[0, 3, 1, 2], [1, 2, 0, 0]])
    """
    n = len(chunk.tokens)
    n_blocks = max(1, -(-n // (block * multiple))) * multiple  # an empty chunk has an empty block
    missing = n_blocks * block - n
    padded = np.pad(chunk.tokens, (window, missing + window))
    columns = np.lib.stride_tricks.sliding_window_view(padded, block + 2 * window)[::block]
    tokens, left, right = (
        np.pad(array, (0, missing)).reshape(n_blocks, block)
        for array in (chunk.tokens, chunk.left, chunk.right)
    )
    return Blocks(tokens, columns[:n_blocks], left, right, window)


@cache
def _reach_table(window: int) -> Weights:
    """Return 1 where a center sees a word; row left (m + 1) + right is for that reach."""
    reach, offset = np.arange(window + 1), np.arange(-window, window + 1)
    sees_left = (offset < 0) & (offset >= -reach[:, None])
    sees_right = (offset > 0) & (offset <= reach[:, None])
    table = sees_left[:, None] | sees_right[None, :]
    return table.reshape(-1, 2 * window + 1).astype(np.float32)
