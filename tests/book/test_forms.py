"""The forms of a derivation go together, and without their commands they are its lines."""

import pytest

from wordgrad.book.derivations import css_class, result_class, show_derivation, show_result
from wordgrad.book.forms import by_class, forms
from wordgrad.derivations import ALL, derivation
from wordgrad.proof.derivation import Derivation


@pytest.mark.parametrize("chain", ALL.values(), ids=lambda chain: chain.id)
def test_every_line_has_all_forms(chain: Derivation) -> None:
    for layout, found in forms(chain).items():
        assert len(found.lines) == len(chain.steps)
        for line in found.lines:
            assert r"\class{wg-new}{" in line.marked
            assert r"\underbrace{" in line.shaped
            assert line.shaped.count(r"\class{") == line.marked.count(r"\class{")
            assert line.above
            assert line.value
        if layout == "rows":
            shown = show_derivation(chain.id).markdown
            assert all(f"$$\n{line.plain}\n$$" in shown for line in found.lines)
            assert f"$$\n{found.result}\n$$" in show_result(chain.id).markdown


def test_what_is_replaced_is_marked_in_the_line_above() -> None:
    lines = forms(derivation("naive_vc"))["rows"].lines
    assert lines[6].marked == (
        r"= -u_o+\class{wg-new}{\sum_{w=1}^{V}\class{wg-old}{\frac{\exp(u_w^\top v_c)}{Z}}\,u_w}"
    )
    assert lines[7].marked.startswith(r"= -\class{wg-old}{u_o}+\sum_{w=1}^{V}\class{wg-new}{")
    assert "wg-old" not in lines[-1].marked


def test_shape_as_code_has_it() -> None:
    assert forms(derivation("naive_vc"))["columns"].shape == "(d,)"
    assert {layout: one.shape for layout, one in forms(derivation("naive_U")).items()} == {
        "rows": "(V, d)",
        "columns": "(d, V)",
    }


def test_derivations_are_found_by_their_classes() -> None:
    for name, chain in ALL.items():
        assert by_class(css_class(name)) is chain
        assert by_class(result_class(name)) is chain
    with pytest.raises(ValueError, match="wg-of-nothing"):
        by_class("wg-of-nothing")
