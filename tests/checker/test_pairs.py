"""Windows written as pairs of positions."""

import pytest

from tests.checker.statuses import statuses

VC = r"\frac{\partial J}{\partial v_c} = "


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (r"\sum_{j=1}^m(2U^\top\hat y-u_{w_{t+j}}-u_{w_{t-j}})", "proved"),
        (r"2mU^\top\hat y-\sum_{j=1}^m(u_{w_{t-j}}+u_{w_{t+j}})", "proved"),
        (r"\sum_{j=1}^mU^\top(2\hat y-e_{w_{t+j}}-e_{w_{t-j}})", "proved"),
        (r"2mU^\top\hat y-\sum_{j=1}^mu_{w_{t\pm j}}", "proved"),
        (r"\sum_{j=1}^m(U^\top\hat y-u_{w_{t+j}}-u_{w_{t-j}})", "wrong"),
        (r"\sum_{j=1}^m(2U^\top\hat y+u_{w_{t+j}}+u_{w_{t-j}})", "wrong"),
        (r"2mU^\top\hat y+\sum_{j=1}^mu_{w_{t\pm j}}", "wrong"),
        (r"\sum_{j=1}^m(2U^\top\hat y-u_{w_{t+j}}+u_{w_{t-j}})", "not_understood"),
        (r"\sum_{j=1}^m(2U^\top\hat y-u_{w_{t\pm j}})", "not_understood"),
        (r"\sum_{j=1}^m(U^\top\hat y-u_{w_{t+j}})", "ill_formed"),
    ],
)
def test_both_sides_of_a_window(line: str, status: str) -> None:
    assert statuses([VC + line], "window_vc") == [status]
