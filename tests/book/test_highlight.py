"""What changes is found, and as small as it is."""

import pytest

from wordgrad.book.highlight import Run, apart, change
from wordgrad.book.layouts import in_columns
from wordgrad.book.marks import whole
from wordgrad.derivations import ALL
from wordgrad.proof.derivation import Derivation


def parts(text: str, runs: list[Run]) -> list[str]:
    return [text[slice(*whole(text, span))] for span in apart(runs, [])]


@pytest.mark.parametrize(
    ("above", "line", "old", "new"),
    [
        (r"-\log\hat y_o", r"-\log\hat y_w", [r"\hat y_o"], [r"\hat y_w"]),
        ("u_o+u_w+v_c", "u_o+v_c", ["u_w"], ["u_o+v_c"]),
        ("u_o+v_c", "u_o-u_w+v_c", [], ["-u_w"]),
        (r"\frac{1}{Z}y_w u_w", r"\frac{1}{Z}\hat y_w u_w", ["y_w"], [r"\hat y_w"]),
        (r"\sum_{w=1}^{V}y_w u_w", r"\sum_{x=1}^{V}y_x u_x", [r"\sum_{w=1}^{V}y_w u_w"],
         [r"\sum_{x=1}^{V}y_x u_x"]),
        (r"2\left(y_w+1\right)", r"2\left(y_w-1\right)", ["1"], ["-1"]),
        ("y", "y", [], []),
    ],
)  # fmt: skip
def test_changes(above: str, line: str, old: list[str], new: list[str]) -> None:
    found = change(above, line)
    assert parts(above, found.old) == old
    assert parts(line, found.new) == new


@pytest.mark.parametrize("chain", ALL.values(), ids=lambda chain: chain.id)
def test_every_line_has_a_mark_on_a_real_difference(chain: Derivation) -> None:
    for shown in filter(None, (chain, in_columns(chain))):
        for above, line in shown.pairs():
            found = change(above, line)
            assert found.new
            # Other signs, or the same in another place.
            old, new = apart(found.old, []), apart(found.new, [])
            assert (new, parts(line, found.new)) != (old, parts(above, found.old))


def test_a_run_is_taken_apart_where_it_would_cut_another() -> None:
    run = ((0, 1), (2, 3), (4, 5))
    assert apart([run], [((2, 3), (4, 5), (6, 7))]) == list(run)
    assert apart([run], [((0, 1), (2, 3))]) == [(0, 5)]
    assert apart([run], [((6, 7),)]) == [(0, 5)]
