"""The gradient tables are made of results."""

import pytest

from wordgrad.derivations import ALL
from wordgrad.derivations.tables import COLUMNS, Table, cbow_table, gradient_tables, pair_table
from wordgrad.meaning.elaborate import elaborate_expression

TABLES = [pytest.param(table, id=table.title) for table in gradient_tables()]
SHAPES = {"(d,)": ("Dim", None), "(V, d)": ("Voc", "Dim")}


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_is_a_derivation_of_the_book(table: Table) -> None:
    for row in table.rows:
        assert len(row.cells) == len(table.columns) == len(COLUMNS)
        for cell in row.cells:
            assert ALL[cell.id] is cell


@pytest.mark.parametrize("table", TABLES)
def test_cells_stand_under_their_loss(table: Table) -> None:
    for row in table.rows:
        softmax, negative = row.cells
        assert "yhat" in softmax.notation.quantities
        assert "n" in negative.notation.index_functions


@pytest.mark.parametrize("table", TABLES)
def test_the_shape_given_is_that_of_the_gradient(table: Table) -> None:
    for row in table.rows:
        for cell in row.cells:
            gradient = elaborate_expression(cell.quantity, cell.notation)
            sorts = tuple(s.name if s else None for s in (gradient.rows, gradient.cols))
            assert sorts == SHAPES[row.shape], cell.id


def test_the_pair_table_has_the_entries_that_the_sheet_asks_for() -> None:
    results = [[cell.result for cell in row.cells] for row in pair_table().rows]
    assert results[1] == [r"(\hat y_o-1)\,v_c", r"(\sigma(u_o^\top v_c)-1)\,v_c"]
    assert results[2] == [r"\hat y_w v_c", r"\sigma(u_{n_l}^\top v_c)\,v_c"]


def test_rows_are_named_apart() -> None:
    for table in gradient_tables():
        names = [row.name for row in table.rows]
        assert len(set(names)) == len(names)


def test_cbow_combines_by_sum_or_mean_only() -> None:
    with pytest.raises(ValueError, match="'sum' or 'mean'"):
        cbow_table("max")
