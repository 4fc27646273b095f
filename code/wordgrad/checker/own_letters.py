"""Letters that a reader defines: `z_i = u_i^\\top v_c` makes z a quantity of the notation."""

from dataclasses import replace

from wordgrad.checker.reading import Segment
from wordgrad.checker.units import UNITS
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Call, Expr, IndexName, Line, Name
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation, Quantity


def _letter(tree: Expr, notation: Notation) -> Expr:
    """`L` for `L(x)`, where the arguments are quantities and no words."""
    if not isinstance(tree, Call) or tree.given or notation.call(tree.name):
        return tree
    plain = all(isinstance(a, Name) and notation.quantity(a.name) for a in tree.arguments)
    return Name(tree.name, span=tree.span) if plain else tree


def defined_letter(segment: Segment, notation: Notation) -> Notation | None:
    """The notation with the letter that the segment defines; None if it defines none.

    A letter is defined by standing alone on the left, with index names as subscripts, when the
    notation has no such letter, or when `:=` says so.
    """
    name, value = _letter(segment.parts[0], notation), segment.parts[1:]
    if not isinstance(name, Name) or len(value) != 1 or segment.continues:
        return None
    taken = notation.quantity(name.name) is not None and name.name not in UNITS
    if taken and not segment.defines:
        return None
    formals = tuple(index.name for index in name.subscripts if isinstance(index, IndexName))
    if len(formals) != len(name.subscripts) or set(formals) & set(notation.constants):
        return None
    try:
        meaning = elaborate_line(Line(value), notation)
    except LineError:
        return None
    shape = tuple(sort for sort in meaning.parts[0].shape if sort is not None)
    if meaning.parts[0].rows is None and shape:
        return None
    sorts = tuple(meaning.free_indices.get(formal) for formal in formals)
    if None in sorts:
        return None
    quantity = Quantity(
        name.name,
        (*(sort for sort in sorts if sort is not None), *shape),
        least=len(formals) if shape else 0,
        definition=to_latex(value[0]),
        formals=formals,
    )
    return replace(notation, quantities={**notation.quantities, name.name: quantity})
