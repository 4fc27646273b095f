"""Rank correlation against SciPy, evaluation sets against gensim, and bad files."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.training.errors import EvaluationError
from wordgrad.training.evaluation import (
    evaluate_analogies,
    evaluate_similarity,
    gensim_evaluation_set,
    spearman,
)
from wordgrad.training.vectors import WordVectors

PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3).filter(
    lambda pairs: all(len(set(side)) > 1 for side in zip(*pairs, strict=True))
)


@pytest.fixture
def vectors() -> WordVectors:
    points = np.array([[1, 0], [1, 0.1], [1, 1], [0, 1], [-1, 0]], dtype=np.float32)
    return WordVectors(("a", "b", "c", "d", "e"), points)


@given(PAIRS)
def test_spearman_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    stats = pytest.importorskip("scipy.stats", reason="compares with SciPy")
    x, y = zip(*pairs, strict=True)
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)


def test_spearman_by_hand() -> None:
    assert spearman([1, 2, 3], [10, 100, 1000]) == 1
    assert spearman([1, 2, 3], [3, 2, 1]) == -1
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5.
    assert spearman([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / np.sqrt(4.5 * 5))


def test_spearman_refuses() -> None:
    with pytest.raises(EvaluationError, match="two or more distinct"):
        spearman([1, 1], [1, 2])
    with pytest.raises(EvaluationError, match="shape"):
        spearman([1, 2], [1, 2, 3])


def test_similarity(vectors: WordVectors, tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("# title\na\tB\t9\na\tc\t7\na\td\t4\na\te\t1\nmissing\ta\t5\n")
    score = evaluate_similarity(vectors, path)
    assert (score.value, score.used, score.total) == (1.0, 4, 5)


def test_analogies(tmp_path: Path) -> None:
    points = [[1, 0, 0], [1, 0.3, 0], [0, 0, 1], [0, 0.3, 1], [-1, 0, 0], [-1, 0.3, 0.1]]
    vectors = WordVectors(tuple("mwkqxy"), np.array(points, dtype=np.float32))
    path = tmp_path / "questions.txt"
    path.write_text(": section\nm w k q\nM W K q\nm w k y\nm w missing q\n")
    score = evaluate_analogies(vectors, path)
    assert (score.value, score.used, score.total) == (2 / 3, 3, 4)


def test_analogies_in_many_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    words = tuple(f"w{i}" for i in range(40))
    vectors = WordVectors(words, rng.standard_normal((40, 5), dtype=np.float32))
    questions = [rng.choice(40, 4, replace=False) for _ in range(50)]
    path = tmp_path / "questions.txt"
    path.write_text("\n".join(" ".join(words[i] for i in q) for q in questions))
    solved = sum(
        vectors.analogy(*(words[i] for i in q[:3]), n=1)[0][0] == words[q[3]] for q in questions
    )
    monkeypatch.setattr("wordgrad.training.evaluation._ANALOGIES_AT_ONCE", 7)
    assert evaluate_analogies(vectors, path).value == solved / 50


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\tb\n", "line 1.*two words and a number"),
        ("# t\na\tb\tmany\n", "line 2"),
        ("x\ty\t1\nx\tz\t2\n", "only 0 of 2 pairs"),
        ("", "only 0 of 0 pairs"),
    ],
)
def test_bad_pairs(vectors: WordVectors, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(content)
    with pytest.raises(EvaluationError, match=message):
        evaluate_similarity(vectors, path)


@pytest.mark.parametrize(
    ("content", "message"), [("a b c\n", "has 3 words, not 4"), (": t\nx y z w\n", "none of the 1")]
)
def test_bad_analogies(vectors: WordVectors, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(content)
    with pytest.raises(EvaluationError, match=message):
        evaluate_analogies(vectors, path)


def test_not_utf8(vectors: WordVectors, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(b"a\xe9")
    with pytest.raises(EvaluationError, match="byte 1 is not UTF-8"):
        evaluate_analogies(vectors, path)


def test_agrees_with_gensim_on_its_sets() -> None:
    models = pytest.importorskip("gensim.models", reason="compares with gensim")
    path = gensim_evaluation_set("wordsim353")
    words = sorted(
        {w.lower() for line in path.read_text().splitlines()[2:] for w in line.split()[:2]}
    )
    rng = np.random.default_rng(0)
    vectors = WordVectors(tuple(words), rng.standard_normal((len(words), 20), dtype=np.float32))
    keyed = models.KeyedVectors(20)
    keyed.add_vectors(words, vectors.center_vecs)
    _, theirs, missing = keyed.evaluate_word_pairs(str(path))
    assert missing == 0
    assert evaluate_similarity(vectors, path).value == pytest.approx(theirs.statistic, abs=1e-6)


def test_gensim_sets_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EvaluationError, match="wordsim353, simlex999, analogies"):
        gensim_evaluation_set("other")
    monkeypatch.setattr("wordgrad.training.evaluation.find_spec", lambda name: None)
    with pytest.raises(EvaluationError, match=r"wordgrad\[bench\]"):
        gensim_evaluation_set("analogies")
