"""Reports in the letters of the reader."""

from wordgrad.checker import check_derivation
from wordgrad.checker.shown import as_written


def test_names_of_ours_are_written_as_the_reader_wrote_them() -> None:
    assert as_written(r"J_{\text{term},k} = a_{\text{ato}} + b_{\text{atone}}") == (
        "J_{k} = a_{o} + b_{1}"
    )
    assert as_written("a_ato, d_own and U_diff") == "a_o, d and dU"
    assert as_written("no letters here") == "no letters here"


def test_no_report_shows_a_name_of_ours() -> None:
    lines = [
        r"a_o = \sigma(u_o^\top v_c)",
        r"a_k = \sigma(u_k^\top v_c)",
        r"J_k = -\log(1-a_k)",
        r"\frac{\partial J}{\partial v_c} = (a_o+1)u_o+\sum_ka_ku_k",
        r"\frac{\partial J_k}{\partial v_c} = -a_ku_k",
        r"dJ = (a_o+1)u_o^\top dv_c",
    ]
    text = str(check_derivation(lines, "neg_vc").to_json())
    assert not any(ours in text for ours in ("_ato", "{ato", "term", "_diff", "{diff"))
