"""Tables of gradients, each cell the last line of a proved derivation."""

from wordgrad.book.derivations import insist
from wordgrad.book.page import Grid, Group, Page, page
from wordgrad.derivations.tables import Row, Table
from wordgrad.proof.derivation import Derivation

__all__ = ["show_gradient_table"]


def show_gradient_table(table: Table) -> Page:
    """One table of gradients; each cell is the last line of a proved derivation.

    On a narrow screen a row becomes a block, and each cell begins with the name of its column.

    Parameters
    ----------
    table : Table
        From `wordgrad.derivations.tables`.

    Raises
    ------
    NotProved
        If a cell's derivation has a line that is not proved.
    """
    for row in table.rows:
        for cell in row.cells:
            insist(cell)
    rows = tuple(_row(table.columns, row) for row in table.rows)
    return page(Group("wg-gradients", (Grid(("gradient by", *table.columns), rows),)))


def _row(columns: tuple[str, ...], row: Row) -> tuple[str, ...]:
    cells = zip(columns, row.cells, strict=True)
    return f"**{row.name}** `{row.shape}`", *(_cell(title, cell) for title, cell in cells)


def _cell(column: str, cell: Derivation) -> str:
    condition = f" <br> {cell.assuming}" if cell.assuming else ""
    return f"[{column}]{{.wg-column}} ${cell.quantity} = {cell.result}${condition}"
