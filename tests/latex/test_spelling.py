"""Names, indices and limits written in LaTeX."""

import pytest

from wordgrad.latex.spelling import bound_latex, limits_latex, spell
from wordgrad.latex.syntax import IndexApply, IndexName, IndexNumber, IndexShift, Range

i, j, k, w = map(IndexName, "ijkw")
POSITION = IndexApply("w", (IndexShift("c", j),))

NAMES = [
    ("x", (), "x"),
    ("theta", (j,), r"\theta_j"),
    ("yhat", (w,), r"\hat{y}_w"),
    ("thetatilde", (), r"\tilde{\theta}"),
    ("uhatbar", (), r"\bar{\hat{u}}"),
    ("calV", (), r"\mathcal{V}"),
    ("ell", (), r"\ell"),
    ("ones", (), r"\mathbf{1}"),
    ("v'", (w,), "v'_w"),
    ("w'", (), "w'"),
    ("J_neg", (), r"J_{\text{neg}}"),
    ("J_neg_sample", (k,), r"J_{\text{neg-sample},k}"),
    ("P_n", (), "P_n"),
    ("p_theta", (), r"p_{\theta}"),
    ("loss", (), r"\text{loss}"),
    ("U", (w, j), "U_{wj}"),
    ("T", (i, j, k), "T_{i,j,k}"),
    ("J", (i, j), "J_{i,j}"),
    ("u", (IndexName("i"), IndexName("n")), "u_{i,n}"),
    ("u", (IndexNumber(0),), "u_0"),
    ("u", (IndexNumber(12),), "u_{12}"),
    ("v", (POSITION,), "v_{w_{c+j}}"),
    ("u", (IndexName("w'"),), "u_{w'}"),
    ("u", (IndexApply("n", (j, k)), IndexName("a")), "u_{n_{jk},a}"),
]


@pytest.mark.parametrize(("name", "indices", "latex"), NAMES)
def test_names(name: str, indices: tuple[IndexName, ...], latex: str) -> None:
    assert spell(name, indices) == latex


LIMITS = [
    ((), ""),
    ((Range("w"),), "_{w}"),
    ((Range("w", "1", "V"),), "_{w=1}^{V}"),
    ((Range("w", "", "calV"),), r"_{w \in \mathcal{V}}"),
    ((Range("w", "", "Vocab", (IndexName("o"),)),), r"_{w \in \text{Vocab}, w \neq o}"),
    ((Range("x", "", "", (IndexName("o"),)),), r"_{x \neq o}"),
    ((Range("w", "1", "V", (IndexName("o"),)),), r"_{w=1, w \neq o}^{V}"),
    ((Range("j", "-m", "m", (IndexNumber(0),)),), r"_{-m \le j \le m, j \neq 0}"),
    ((Range("i", "1", "V"), Range("j", "1", "d")), r"_{1 \le i \le V, 1 \le j \le d}"),
    ((Range("i"), Range("j")), "_{i, j}"),
]


@pytest.mark.parametrize(("ranges", "latex"), LIMITS)
def test_limits(ranges: tuple[Range, ...], latex: str) -> None:
    assert limits_latex(ranges) == latex


def test_bounds() -> None:
    assert [bound_latex(text) for text in ("-m", "2m", "V-1", "calV")] == [
        *["-m", "2m", "V-1", r"\mathcal{V}"],
    ]
