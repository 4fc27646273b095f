"""Tables of gradients hold the last lines of proved derivations."""

from dataclasses import replace

import pytest

from wordgrad.book import NotProved, show_gradient_table
from wordgrad.derivations.tables import Table, gradient_tables, pair_table
from wordgrad.proof.derivation import Step


@pytest.mark.parametrize("table", gradient_tables(), ids=lambda table: table.title)
def test_each_cell_is_a_result_with_its_condition(table: Table) -> None:
    lines = show_gradient_table(table).markdown.strip().splitlines()
    body = [line for line in lines if line.startswith("| **")]
    for row, line in zip(table.rows, body, strict=True):
        cells = line.strip("| ").split(" | ")
        assert cells[0] == f"**{row.name}** `{row.shape}`"
        for title, cell, shown in zip(table.columns, row.cells, cells[1:], strict=True):
            assert shown.startswith(f"[{title}]{{.wg-column}}")
            assert f"${cell.quantity} = {cell.result}$" in shown
            assert shown.endswith(cell.assuming)


def test_a_cell_that_is_not_proved_cannot_be_shown() -> None:
    table = pair_table()
    cell = table.rows[0].cells[0]
    bad = replace(cell, steps=(*cell.steps[:-1], Step(r"U^\top(y-\hat y)", "a slip")))
    row = replace(table.rows[0], cells=(bad, table.rows[0].cells[1]))
    with pytest.raises(NotProved, match="naive_vc"):
        show_gradient_table(replace(table, rows=(row, *table.rows[1:])))
