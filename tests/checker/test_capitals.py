"""Words called by capital letters."""

from tests.checker.statuses import statuses


def test_the_words_of_a_pair() -> None:
    lines = [
        r"\frac{\partial J}{\partial v_I} = -u_O+\sum_w\hat y_wu_w",
        r"\frac{\partial J}{\partial v_C} = -u_O+\sum_w\hat y_wu_w",
        r"\frac{\partial J}{\partial v_C} = -u_C+\sum_w\hat y_wu_w",
        r"\frac{\partial J}{\partial v_C} = u_O+\sum_w\hat y_wu_w",
    ]
    assert statuses(lines, "naive_vc") == ["proved", "proved", "wrong", "wrong"]


def test_the_context_of_cbow() -> None:
    lines = [
        r"v_C = \sum_{j\ne0}v_{w_{t+j}}",
        r"\frac{\partial J}{\partial v_C} = U^\top(\hat y-y)",
        r"\frac{\partial J}{\partial v_C} = U^\top(\hat y+y)",
        r"v_C = 2\sum_{j\ne0}v_{w_{t+j}}",
    ]
    assert statuses(lines, "cbow_vhat") == ["proved", "proved", "wrong", "wrong"]
