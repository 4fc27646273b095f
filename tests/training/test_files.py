"""What is written is read back to the last bit, by us and by gensim; damage is noticed."""

from pathlib import Path

import numpy as np
import pytest

from wordgrad.training.errors import VectorFileError
from wordgrad.training.files import load_vectors, save_vectors
from wordgrad.training.vectors import WordVectors

WORDS = ("the", "naïve", "東京", "3_4", "'s")


@pytest.fixture
def vectors() -> WordVectors:
    rng = np.random.default_rng(0)
    center = rng.standard_normal((5, 7), dtype=np.float32) * 10.0 ** rng.integers(-30, 30, (5, 1))
    outside = rng.standard_normal((5, 7), dtype=np.float32)
    return WordVectors(WORDS, center.astype(np.float32), outside, np.arange(5, 0, -1))


@pytest.mark.parametrize("suffix", [".txt", ".bin", ".npz"])
def test_round_trip(vectors: WordVectors, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"vectors{suffix}"
    save_vectors(vectors, path)
    read = load_vectors(path)
    assert read.words == vectors.words
    assert read.center_vecs.dtype == np.float32
    assert read.center_vecs.tobytes() == vectors.center_vecs.tobytes()
    if suffix == ".npz":
        assert vectors.outside_vecs is not None
        assert read.outside_vecs is not None
        assert read.outside_vecs.tobytes() == vectors.outside_vecs.tobytes()
        assert read.counts is not None
        assert read.counts.tolist() == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("suffix", [".txt", ".bin"])
def test_gensim_reads_ours_and_we_read_gensims(
    vectors: WordVectors, tmp_path: Path, suffix: str
) -> None:
    models = pytest.importorskip("gensim.models", reason="compares with gensim")
    ours, theirs = tmp_path / f"ours{suffix}", tmp_path / f"theirs{suffix}"
    save_vectors(vectors, ours)
    binary = suffix == ".bin"
    keyed = models.KeyedVectors.load_word2vec_format(str(ours), binary=binary)
    assert tuple(keyed.index_to_key) == WORDS
    assert keyed.vectors.tobytes() == vectors.center_vecs.tobytes()
    keyed.save_word2vec_format(str(theirs), binary=binary)
    read = load_vectors(theirs)
    assert read.words == WORDS
    assert read.center_vecs.tobytes() == vectors.center_vecs.tobytes()


def test_reads_the_original_programs_files(tmp_path: Path) -> None:
    # The C program ends a row of text with a space, and a binary row with a line break.
    row = np.array([0.5, -1], dtype="<f4")
    (tmp_path / "c.txt").write_bytes(b"2 2\n</s> 0.500000 -1.000000 \nthe 0.500000 -1.000000 \n")
    (tmp_path / "c.bin").write_bytes(
        b"2 2\n</s> " + row.tobytes() + b"\nthe " + row.tobytes() + b"\n"
    )
    for name in ("c.txt", "c.bin"):
        read = load_vectors(tmp_path / name)
        assert read.words == ("</s>", "the")
        assert read["the"].tolist() == [0.5, -1]


@pytest.mark.parametrize("suffix", [".txt", ".bin", ".npz"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.9])
def test_a_file_cut_short_is_refused(
    vectors: WordVectors, tmp_path: Path, suffix: str, share: float
) -> None:
    path = tmp_path / f"vectors{suffix}"
    save_vectors(vectors, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    with pytest.raises(VectorFileError, match=f"not word vectors in {suffix} format"):
        load_vectors(path)


def test_a_header_that_lies_reserves_no_memory(tmp_path: Path) -> None:
    (tmp_path / "big.bin").write_bytes(b"1000000000 1000000000\na " + b"x" * 100)
    (tmp_path / "big.txt").write_bytes(b"1000000000 1000000000\na 1 2\n")
    for name in ("big.bin", "big.txt"):
        with pytest.raises(VectorFileError, match="word 1 of 1000000000"):
            load_vectors(tmp_path / name)


@pytest.mark.parametrize("header", [b"2\n", b"a b\n", b"0 5\n", b"-1 -1\n", b"\n"])
def test_bad_headers(tmp_path: Path, header: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(header)
    with pytest.raises(VectorFileError, match="the first line"):
        load_vectors(tmp_path / "bad.txt")


def test_a_bad_number_names_the_word(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"2 2\na 1 2\nb 1 x\n")
    with pytest.raises(VectorFileError, match="word 2 of 2"):
        load_vectors(tmp_path / "bad.txt")


def test_other_names_are_refused(vectors: WordVectors, tmp_path: Path) -> None:
    with pytest.raises(VectorFileError, match=r"must end in \.txt"):
        save_vectors(vectors, tmp_path / "vectors.vec")
    with pytest.raises(VectorFileError, match="there is no such file"):
        load_vectors(tmp_path / "missing.txt")


def test_words_with_spaces_need_npz(tmp_path: Path) -> None:
    vectors = WordVectors(("New York", "b"), np.ones((2, 2), np.float32))
    path = tmp_path / "vectors.txt"
    path.write_text("old")
    with pytest.raises(VectorFileError, match="white space"):
        save_vectors(vectors, path)
    assert path.read_text() == "old"
    save_vectors(vectors, tmp_path / "vectors.npz")
    assert load_vectors(tmp_path / "vectors.npz").words == ("New York", "b")
