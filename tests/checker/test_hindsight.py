"""What lines further down say of those above."""

from tests.checker.statuses import statuses
from wordgrad.checker import check_derivation

MEAN = r"\hat v = \frac{1}{2m}\sum_{j\ne0}v_{w_{t+j}}"
VJ = r"\frac{\partial J}{\partial v_{w_{t+j}}} = \frac{1}{2m}U^\top(\hat y-y)"


def test_a_letter_explained_below() -> None:
    lines = [r"\frac{\partial J}{\partial v_c} = U^\top q", r"\text{where } q = \hat y-y"]
    assert statuses(lines, "naive_vc") == ["proved", "proved"]
    lines[1] = r"\text{where } q = y-\hat y"
    assert statuses(lines, "naive_vc")[0] == "wrong"


def test_two_letters_explained_below() -> None:
    lines = [
        r"\frac{\partial J}{\partial v_c} = (a-1)u_o+\sum_kb_ku_k",
        r"\text{with } a = \sigma(u_o^\top v_c),\ b_k = \sigma(u_k^\top v_c)",
    ]
    assert statuses(lines, "neg_vc") == ["proved", "proved"]
    assert statuses([lines[0].replace("-1", "+1"), lines[1]], "neg_vc")[0] == "wrong"


def test_a_reader_who_takes_the_mean() -> None:
    report = check_derivation([MEAN, VJ], "cbow_vj")
    assert [line.status for line in report.lines] == ["proved", "proved"]
    assert report.assuming["context"] == "mean"
    assert statuses([MEAN, VJ.replace("-y", "+y")], "cbow_vj")[1] == "wrong"


def test_a_hint_at_the_mean() -> None:
    (line,) = check_derivation([VJ], "cbow_vj").lines
    assert line.status == "wrong"
    assert "assuming context=mean" in line.message
    (other,) = check_derivation([VJ.replace("-y", "+y")], "cbow_vj").lines
    assert "context=mean" not in other.message
    assert statuses([VJ], "cbow_vj", context="sum") == ["wrong"]
