"""How good are the vectors: agreement with people's judgements, and analogies solved."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .errors import EvaluationError, check_readable
from .vectors import WordVectors

_ANALOGIES_AT_ONCE = 512
_GENSIM_SETS = {
    "wordsim353": "wordsim353.tsv",
    "simlex999": "simlex999.txt",
    "analogies": "questions-words.txt",
}


@dataclass(frozen=True)
class Score:
    """The result of one evaluation.

    Parameters
    ----------
    value : float
        Spearman's correlation, or the share of analogies solved.
    used, total : int
        How many items had vectors for all their words, of how many.
    """

    value: float
    used: int
    total: int


def spearman(x: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """Return Spearman's rank correlation; ties share their mean rank.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        At least two values each, not all equal.

    Raises
    ------
    EvaluationError
        If shapes differ, or one side has fewer than two distinct values.

    Examples
    --------
    >>> spearman([1, 2, 3, 4], [10, 20, 40, 30])
    0.8
    """
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.ndim != 1 or a.shape != b.shape:
        raise EvaluationError(f"x has shape {a.shape}, y {b.shape}; both must be (n,)")
    if len(np.unique(a)) < 2 or len(np.unique(b)) < 2:
        raise EvaluationError("a rank correlation needs two or more distinct values on both sides")
    return round(float(np.corrcoef(_ranks(a), _ranks(b))[0, 1]), 12)


def _ranks(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=np.float64)


def evaluate_similarity(vectors: WordVectors, path: str | Path) -> Score:
    """Correlate cosines with people's judgements of word pairs.

    Parameters
    ----------
    vectors : WordVectors
    path : path
        Lines of two words and a number with tabs (or commas) between, such as WordSim-353 or
        SimLex-999; lines that start with # are left out, further columns ignored.

    Returns
    -------
    Score
        Spearman's correlation over the pairs whose words both have vectors. Words are looked up as
        they are, then in lower case.

    Raises
    ------
    EvaluationError
        If the file is unreadable, a line is not as described, or fewer than two pairs are known.
    """
    path = Path(path)
    pairs: list[tuple[int, int]] = []
    judgements: list[float] = []
    lines = _lines(path)
    for number, line in lines:
        fields = line.replace(",", "\t").split("\t")
        try:
            first, second, judgement = fields[0], fields[1], float(fields[2])
        except (IndexError, ValueError) as error:
            raise EvaluationError(
                f"{path}, line {number}: {line!r} is not two words and a number with tabs between"
            ) from error
        rows = _rows(vectors, (first, second))
        if rows is not None:
            pairs.append((rows[0], rows[1]))
            judgements.append(judgement)
    if len(pairs) < 2:
        raise EvaluationError(f"{path}: only {len(pairs)} of {len(lines)} pairs have vectors")
    left, right = np.array(pairs).T
    cosines = (vectors.unit[left] * vectors.unit[right]).sum(axis=1)
    return Score(spearman(cosines, judgements), len(pairs), len(lines))


def evaluate_analogies(vectors: WordVectors, path: str | Path) -> Score:
    """Return the share of analogies "a is to b as c is to d" whose d is found first.

    Parameters
    ----------
    vectors : WordVectors
    path : path
        Lines of four words a b c d; lines that start with ``:`` (section titles) or # are left
        out. The words a, b and c themselves are never an answer.

    Returns
    -------
    Score

    Raises
    ------
    EvaluationError
        If the file is unreadable, a line has not four words, or no analogy is known.
    """
    path = Path(path)
    lines = [(number, line) for number, line in _lines(path) if not line.startswith(":")]
    questions: list[tuple[int, ...]] = []
    for number, line in lines:
        words = tuple(line.split())
        if len(words) != 4:
            raise EvaluationError(f"{path}, line {number}: {line!r} has {len(words)} words, not 4")
        rows = _rows(vectors, words)
        if rows is not None:
            questions.append(rows)
    if not questions:
        raise EvaluationError(f"{path}: none of the {len(lines)} analogies has all its vectors")
    rows_of = np.array(questions)
    solved = sum(
        _solved(vectors, rows_of[start : start + _ANALOGIES_AT_ONCE])
        for start in range(0, len(rows_of), _ANALOGIES_AT_ONCE)
    )
    return Score(solved / len(questions), len(questions), len(lines))


def _solved(vectors: WordVectors, questions: npt.NDArray[np.intp]) -> int:
    """Count the analogies solved, questions (n, 4)."""
    a, b, c, d = questions.T
    unit = vectors.unit
    cosines = (unit[b] - unit[a] + unit[c]) @ unit.T  # (n, V); their length does not matter
    np.put_along_axis(cosines, questions[:, :3], -np.inf, axis=1)
    return int((cosines.argmax(axis=1) == d).sum())


def _lines(path: Path) -> list[tuple[int, str]]:
    check_readable(path, EvaluationError)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path}: byte {error.start} is not UTF-8") from error
    numbered = enumerate(text.splitlines(), start=1)
    return [(n, line) for n, line in numbered if line.strip() and not line.startswith("#")]


def _rows(vectors: WordVectors, words: tuple[str, ...]) -> tuple[int, ...] | None:
    index = vectors.index
    rows = [index.get(word, index.get(word.lower(), -1)) for word in words]
    return None if -1 in rows else tuple(rows)


def gensim_evaluation_set(name: str) -> Path:
    """Return the path of an evaluation set that comes with gensim's test data.

    Parameters
    ----------
    name : {"wordsim353", "simlex999", "analogies"}

    Raises
    ------
    EvaluationError
        If the name is another, or gensim is not installed.
    """
    if name not in _GENSIM_SETS:
        raise EvaluationError(f"{name!r} is no set; the sets are {', '.join(_GENSIM_SETS)}")
    package = find_spec("gensim")  # found without the time that importing it takes
    if package is None or package.origin is None:
        raise EvaluationError(
            f"the set {name!r} comes with gensim: pip install 'wordgrad[bench]', or give a path"
        )
    return Path(package.origin).parent / "test" / "test_data" / _GENSIM_SETS[name]
