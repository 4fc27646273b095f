"""Cut a chunk into blocks of consecutive centers, so that training becomes matrix products."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from .chunks import Chunk, Ints
from .config import TrainingConfig
from .rows import Matrix

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Blocks:
    """Blocks of S consecutive centers, each with the tokens around them as its columns.

    A block is worked on in pieces of T centers: a piece meets the T + 2 m columns around it, and
    neighbouring pieces share columns. There are n = S / T pieces in a block.

    Parameters
    ----------
    centers : ndarray of int, shape (M, S)
        Rows of the centers. What is missing in the last block is row 0 without context.
    columns : ndarray of int, shape (M, S + 2 m)
        Rows of the tokens from m before the first center to m after the last.
    left, right : ndarray of int, shape (M, S)
        Reach of each center, as in `Chunk`.
    window : int
        The largest reach m.
    piece : int
        Number of centers in a piece, T; it divides S.
    """

    centers: Ints
    columns: Ints
    left: Ints
    right: Ints
    window: int
    piece: int

    def __len__(self) -> int:
        return len(self.centers)

    def __getitem__(self, which: Ints | slice) -> "Blocks":
        return Blocks(
            self.centers[which],
            self.columns[which],
            self.left[which],
            self.right[which],
            self.window,
            self.piece,
        )

    def inputs(
        self, config: TrainingConfig, out: Weights | None = None
    ) -> tuple[Ints, Weights | None]:
        """Return whose center vectors enter, and how they mix for each center, (M, n, T, C).

        Skip-gram takes the vector of the center itself: no mixing. CBOW takes the mean or the sum
        of the context.
        """
        if config.model == "skipgram":
            return self.centers, None
        mix = self.context(out)
        if config.combine == "mean":
            count = np.maximum(self.n_context, 1).reshape(mix.shape[:3])
            mix = (mix / count[..., None]).astype(np.float32)
        return self.columns, mix

    def targets(self, config: TrainingConfig, out: Weights | None = None) -> tuple[Ints, Weights]:
        """Return whose outside vectors are predicted, (M, L), and for which center, (M, n, T, C).

        Skip-gram predicts each context word, L = S + 2 m; CBOW the center, if it has a context.
        """
        if config.model == "skipgram":
            return self.columns, self.context(out)
        alone = np.eye(self.piece, dtype=np.float32)
        predicted = self.n_targets(config).reshape(len(self), -1, self.piece)
        return self.centers, alone * predicted[..., None]

    def n_targets(self, config: TrainingConfig) -> Weights:
        """Return how many words each center predicts or is predicted for, shape (M, S)."""
        n_context = self.n_context
        return n_context if config.model == "skipgram" else np.minimum(n_context, 1)

    @property
    def n_context(self) -> Weights:
        """Number of context words of each center, shape (M, S)."""
        return (self.left + self.right).astype(np.float32)

    def context(self, out: Weights | None = None) -> Weights:
        r"""Return which column is a context word of which center, shape (M, n, T, T + 2 m).

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
        Chapter *fast*. The token of center t of a piece is its column t + m, so the context words
        lie in a band along the diagonal. The band is written through a view that walks along it.

        Examples
        --------
        >>> chunk = Chunk(np.array([3, 1, 2]), np.array([0, 1, 1]), np.array([1, 1, 0]))
        >>> cut_blocks(chunk, block=3, window=1).context()[0, 0].astype(int)
        array([[0, 0, 1, 0, 0],
               [0, 1, 0, 1, 0],
               [0, 0, 1, 0, 0]])
        """
        shape = (len(self), self.centers.shape[1] // self.piece, self.piece)
        width, reach = 2 * self.window + 1, self.window + 1
        if out is None:
            out = np.zeros((*shape, self.piece - 1 + width), dtype=np.float32)
        across, over, down, along = out.strides
        strides = (across, over, down + along, along)
        band: Weights = np.ndarray((*shape, width), out.dtype, out, strides=strides)
        reached = (self.left * reach + self.right).astype(np.intp, copy=False).reshape(shape)
        band[...] = _reach_table(self.window).take(reached, axis=0)
        return out

    def windows(self, rows: Matrix) -> Matrix:
        """View what belongs to the columns (or the centers) of blocks piece by piece, uncopied.

        Parameters
        ----------
        rows : ndarray, shape (M, L, d)
            Contiguous.

        Returns
        -------
        ndarray, shape (M, n, C, d)
            What each piece meets, C = L - S + T; neighbouring windows share rows.

        Examples
        --------
        >>> chunk = Chunk(np.arange(4), np.ones(4, int), np.ones(4, int))
        >>> blocks = cut_blocks(chunk, block=4, window=1, piece=2)
        >>> blocks.windows(blocks.columns[..., None])[0, :, :, 0]
        array([[0, 0, 1, 2],
               [1, 2, 3, 0]])
        """
        n_blocks, length, dim = rows.shape
        n_centers = self.centers.shape[1]
        shape = (n_blocks, n_centers // self.piece, length - n_centers + self.piece, dim)
        across, down, along = rows.strides
        windows: Matrix = np.ndarray(
            shape, rows.dtype, rows, strides=(across, self.piece * down, down, along)
        )
        return windows


def cut_blocks(chunk: Chunk, block: int, window: int, piece: int | None = None) -> Blocks:
    """Cut a chunk into blocks of `block` centers, in pieces of `piece` (one piece if not given).

    Examples
    --------
    >>> chunk = Chunk(np.array([3, 1, 2]), np.array([0, 1, 1]), np.array([1, 1, 0]))
    >>> blocks = cut_blocks(chunk, block=2, window=1)
    >>> blocks.centers.tolist(), blocks.columns.tolist()
    ([[3, 1], [2, 0]], [[0, 3, 1, 2], [1, 2, 0, 0]])
    """
    n = len(chunk.tokens)
    n_blocks = max(1, -(-n // block))  # an empty chunk has an empty block
    missing = n_blocks * block - n
    padded = np.pad(chunk.tokens, (window, missing + window))
    columns = np.lib.stride_tricks.sliding_window_view(padded, block + 2 * window)[::block]
    tokens, left, right = (
        np.pad(array, (0, missing)).reshape(n_blocks, block)
        for array in (chunk.tokens, chunk.left, chunk.right)
    )
    return Blocks(tokens, columns[:n_blocks].copy(), left, right, window, piece or block)


@cache
def _reach_table(window: int) -> Weights:
    """Return 1 where a center sees a word; row left (m + 1) + right is for that reach."""
    reach, offset = np.arange(window + 1), np.arange(-window, window + 1)
    sees_left = (offset < 0) & (offset >= -reach[:, None])
    sees_right = (offset > 0) & (offset <= reach[:, None])
    table = sees_left[:, None] | sees_right[None, :]
    return table.reshape(-1, 2 * window + 1).astype(np.float32)
