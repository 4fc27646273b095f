"""Tables of gradients hold the last lines of proved derivations."""

from dataclasses import replace

import pytest

from wordgrad.book import NotProved, show_gradient_table
from wordgrad.book.derivations import result_class
from wordgrad.derivations.tables import Table, gradient_tables, pair_table
from wordgrad.proof.derivation import Step


@pytest.mark.parametrize("table", gradient_tables(), ids=lambda table: table.title)
def test_each_cell_is_a_result_with_its_condition(table: Table) -> None:
    markdown = show_gradient_table(table).markdown
    rows = markdown.split("{div} wg-row\n")[1:]
    for row, shown in zip(table.rows, rows, strict=True):
        assert f"**{row.name}** `{row.shape}`" in shown
        cells = shown.split("{div} wg-cell ")[1:]
        for column, cell, text in zip(table.columns, row.cells, cells, strict=True):
            assert text.startswith(f"{result_class(cell.id)}\n")
            assert f"{{.wg-column}}\n\n{column}\n" in text
            assert f"$$\n{cell.quantity} = {cell.result}\n$$" in text
            assert ("{.wg-assuming}" in text) == bool(cell.assuming)
            assert cell.assuming in text


def test_a_cell_that_is_not_proved_cannot_be_shown() -> None:
    table = pair_table()
    cell = table.rows[0].cells[0]
    bad = replace(cell, steps=(*cell.steps[:-1], Step(r"U^\top(y-\hat y)", "a slip")))
    row = replace(table.rows[0], cells=(bad, table.rows[0].cells[1]))
    with pytest.raises(NotProved, match="naive_vc"):
        show_gradient_table(replace(table, rows=(row, *table.rows[1:])))
