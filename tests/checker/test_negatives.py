"""Negatives of the positions of a window."""

from tests.checker.statuses import statuses


def test_each_position_has_its_negatives() -> None:
    line = (
        r"\frac{\partial J}{\partial v_c} = \sum_{j\ne0}\left[(\sigma(u_{w_{t+j}}^\top v_c)-1)"
        r"u_{w_{t+j}}+\sum_{k=1}^K\sigma(u_k^\top v_c)u_k\right]"
    )
    assert statuses([line, line.replace("+\\sum", "-\\sum")], "window_neg_vc") == [
        "proved",
        "wrong",
    ]
