"""Many workers on paper: what averaging leaves of a step, and what a round costs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Cluster", "kept_of_a_step", "where_averages_settle"]

Floats = npt.NDArray[np.float64]


def kept_of_a_step(moving: npt.ArrayLike, workers: int) -> Floats:
    r"""Mean weight of a worker's step on a row in the average over those who moved the row.

    Parameters
    ----------
    moving : array_like
        Chance p that a worker moves the row in a round; workers do so independently.
    workers : int
        How many there are, N.

    Notes
    -----
    Chapter *scale*. Of the N - 1 others a binomial number B moves the row too, and

    .. math:: E\frac{1}{1+B}=\frac{1-(1-p)^N}{Np}.

    Examples
    --------
    >>> kept_of_a_step([1, 1e-9], workers=4).round(6)
    array([0.25, 1.  ])
    """
    p = np.asarray(moving, dtype=np.float64)
    return np.asarray(-np.expm1(workers * np.log1p(-np.minimum(p, 1 - 1e-15))) / (workers * p))


def where_averages_settle(
    curvatures: npt.ArrayLike, minima: npt.ArrayLike, rate: float, steps: int
) -> float:
    r"""Where rounds of local steps on parabolas, with averages between them, come to rest.

    Parameters
    ----------
    curvatures, minima : array_like, shape (N,)
        Worker k has the loss a_k (x - m_k)² / 2.
    rate : float
        Length of the steps; ``rate * curvature`` below 2.
    steps : int
        Local steps between two averages.

    Notes
    -----
    Chapter *scale*. A round leaves worker k at :math:`m_k+(1-\eta a_k)^h(x-m_k)`, so the mean stays
    where it is at :math:`\sum_k w_k m_k/\sum_k w_k` with :math:`w_k=1-(1-\eta a_k)^h`.

    Examples
    --------
    >>> round(where_averages_settle([1, 3], [0, 1], rate=0.1, steps=1), 12)
    0.75
    >>> round(where_averages_settle([1, 3], [0, 1], rate=0.1, steps=1000), 12)
    0.5
    """
    weights = 1 - (1 - rate * np.asarray(curvatures, dtype=np.float64)) ** steps
    return float(np.average(np.asarray(minima, dtype=np.float64), weights=weights))


@dataclass(frozen=True)
class Cluster:
    """Machines with one network link each, on paper.

    Parameters
    ----------
    gigabits : float
        Speed of a link, each way, in 10⁹ bits per second.
    seconds_per_word : float
        Processor time of a worker for a word.
    seconds_per_byte : float
        Processor time for averaging a byte of rows.
    vocab_size, dim : int
        Sizes V and d; a number has four bytes.
    latency : float
        Seconds before a message begins to arrive.

    Examples
    --------
    >>> cluster = Cluster(10, 1e-6, 0, vocab_size=100_000, dim=100)
    >>> round(float(cluster.star(10)), 3)
    1.28
    """

    gigabits: float
    seconds_per_word: float
    seconds_per_byte: float
    vocab_size: int
    dim: int
    latency: float = 1e-4

    @property
    def model_bytes(self) -> int:
        """Bytes of all vectors, center and outside."""
        return 2 * self.vocab_size * self.dim * 4

    def star(self, workers: npt.ArrayLike) -> Floats:
        """Seconds between two rounds when one machine sends, receives and averages everything."""
        moved = np.asarray(workers, dtype=np.float64) * self.model_bytes
        return 2 * moved / self._bytes_per_second + moved * self.seconds_per_byte

    def ring(self, workers: npt.ArrayLike) -> Floats:
        """Seconds between two rounds when the workers pass sums along a ring.

        In 2(N - 1) messages of an N-th of the vectors each, all have the mean; every link carries
        the same.
        """
        n = np.asarray(workers, dtype=np.float64)
        sent = 2 * (n - 1) / n * self.model_bytes
        added = (n - 1) / n * self.model_bytes * self.seconds_per_byte
        return np.asarray(sent / self._bytes_per_second + added + 2 * (n - 1) * self.latency)

    def speedup(self, workers: npt.ArrayLike, words: float, between: str = "star") -> Floats:
        """Words per second, as a multiple of one worker's, with `words` for each in a round."""
        local = words * self.seconds_per_word
        waiting = {"star": self.star, "ring": self.ring}[between](workers)
        return np.asarray(np.asarray(workers) * local / (local + waiting))

    def ceiling(self, words: float) -> float:
        """The speed-up that a star cannot exceed with any number of workers."""
        return words * self.seconds_per_word / float(self.star(1))

    @property
    def _bytes_per_second(self) -> float:
        return self.gigabits * 1e9 / 8
