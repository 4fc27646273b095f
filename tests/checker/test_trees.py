"""Walking over a tree, and putting something else into one place of it."""

import pytest

from wordgrad.checker.trees import index_names, places, put
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import IndexName, Name

LINE = r"-u_o+\sum_{w=1}^{V}\hat y_w u_w"


def test_places_start_at_the_root_and_reach_every_node() -> None:
    tree = parse_expression(LINE)
    found = list(places(tree))
    assert found[0].node is tree
    assert found[0].path == ()
    names = [place.node.name for place in found if isinstance(place.node, Name)]
    assert names == ["u", "yhat", "u"]


def test_a_place_knows_the_indices_bound_around_it() -> None:
    bound = {
        place.node.name: place.bound
        for place in places(parse_expression(LINE))
        if isinstance(place.node, IndexName)
    }
    assert bound == {"o": (), "w": ("w",)}


def test_putting_back_what_is_there_changes_nothing() -> None:
    tree = parse_expression(LINE)
    for place in places(tree):
        assert put(tree, place.path, place.node) == tree


def test_put_changes_one_place() -> None:
    tree = parse_expression(LINE)
    (path,) = (p.path for p in places(tree) if p.node == IndexName("o"))
    changed = put(tree, path, IndexName("x"))
    assert to_latex(changed) == r"-u_x + \sum_{w=1}^{V} \hat{y}_w u_w"
    assert to_latex(tree) == r"-u_o + \sum_{w=1}^{V} \hat{y}_w u_w"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (LINE, ["o"]),
        (r"\hat y_w\sum_w u_w", ["w"]),
        (r"\sum_{w\neq o}u_w", ["o"]),
        (r"u_i+\sum_i u_i+u_i", ["i", "i"]),
    ],
)
def test_free_indices_are_listed_as_often_as_they_stand(text: str, names: list[str]) -> None:
    assert index_names(parse_expression(text)) == names
