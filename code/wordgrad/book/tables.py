"""Tables of gradients, each cell the last line of a proved derivation."""

from wordgrad.book.derivations import insist, result_class
from wordgrad.book.page import Formula, Group, Page, Text, page
from wordgrad.derivations.tables import Row, Table
from wordgrad.proof.derivation import Derivation

__all__ = ["show_gradient_table"]


def show_gradient_table(table: Table) -> Page:
    """One table of gradients; each cell is the last line of a proved derivation.

    A row is a heading with one line per column: the formulas are too long to stand side by side.

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
    return page(
        Group("wg-rows wg-gradients", tuple(_row(table.columns, row) for row in table.rows))
    )


def _row(columns: tuple[str, ...], row: Row) -> Group:
    name = Text(f"**{row.name}** `{row.shape}`", "wg-name")
    cells = (_cell(column, cell) for column, cell in zip(columns, row.cells, strict=True))
    return Group("wg-row", (name, *cells))


def _cell(column: str, cell: Derivation) -> Group:
    condition = (Text(cell.assuming, "wg-assuming"),) if cell.assuming else ()
    equation = Formula(f"{cell.quantity} = {cell.result}")
    return Group(
        f"wg-cell {result_class(cell.id)}", (Text(column, "wg-column"), equation, *condition)
    )
