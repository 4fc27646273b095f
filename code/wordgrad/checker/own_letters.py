"""Letters that a reader defines: `z_i = u_i^\\top v_c` makes z a quantity of the notation."""

from collections.abc import Collection

from wordgrad.calculus.sorts import VOC
from wordgrad.checker.book_names import SPARE, component_of, with_quantity
from wordgrad.checker.fixed import fixed_name, is_loss, own_name, term_name
from wordgrad.checker.letters import may_be_indexed
from wordgrad.checker.loss_parts import is_part
from wordgrad.checker.meanings import at_any_word, meaning_of
from wordgrad.checker.reading import Segment
from wordgrad.checker.trees import places
from wordgrad.checker.units import UNITS
from wordgrad.latex.syntax import Call, Expr, Line, Name
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation, Quantity


def defined_letter(
    segment: Segment, notation: Notation, own: Collection[str] = ()
) -> Notation | None:
    """The notation with the letter that the segment defines; None if it defines none.

    A letter is defined by standing alone on the left, with index names as subscripts, when the
    notation has no such letter, or when `:=` says so.  What is in `own` is defined already.  With
    a fixed subscript, as in `a_o`, it is a letter of its own, beside `a_k`.
    """
    name, value = _letter(segment.parts[0], notation), segment.parts[1:]
    if not isinstance(name, Name) or len(value) != 1 or segment.continues:
        return None
    mentioned = any(isinstance(p.node, Name) and p.node.name == name.name for p in places(value[0]))
    taken = _is_taken(name, notation, own) and not _is_new_array(name, value[0], notation)
    if taken and "_" in name.name and name.name not in notation.quantities:
        taken = not is_part(value[0], notation)  # L_pos beside L_neg
    if (taken or mentioned) and not segment.defines:
        return None
    whole = component_of(name, value[0], notation)
    plain = not _has_exceptions(name, notation) and notation.quantity("yhat") is not None
    if whole is not None and plain:
        return with_quantity(notation, whole)
    fixed = fixed_name(name, notation)
    if fixed and (_has_words(name, notation, own) or is_loss(name.name, notation)):
        return None  # `z_o = ...` where z has a meaning already: a claim
    found = meaning_of(name, () if fixed else name.subscripts, value[0], notation)
    if found is None:
        return None
    if fixed:
        known = notation if whole is None else with_quantity(notation, whole)
        return with_quantity(known, found.quantity(fixed, notation))
    aside = may_be_indexed(name, notation) and name.name in own  # z and z_k: two letters
    called = term_name(name.name) if aside else name.name
    if _is_size(name, notation):
        called = own_name(name.name)
    general = at_any_word(found, called, notation)
    known = notation if general is None else with_quantity(notation, general)
    return with_quantity(known, found.quantity(called, notation))


def _is_new_array(name: Name, value: Expr, notation: Notation) -> bool:
    """`d = \\hat y-y`: an array, so not the size that is called d in the book."""
    if not _is_size(name, notation) or name.subscripts:
        return False
    try:
        return elaborate_line(Line((value,)), notation).parts[0].shape != (None, None)
    except LineError:
        return False


def _has_words(name: Name, notation: Notation, own: Collection[str]) -> bool:
    """Whether a letter of the reader's has a value for each word already."""
    quantity = notation.quantities.get(name.name)
    return name.name in own and quantity is not None and quantity.sorts[:1] == (VOC,)


def _is_size(name: Name, notation: Notation) -> bool:
    quantity = notation.quantities.get(name.name)
    return quantity is not None and quantity.kind == "size"


def _letter(tree: Expr, notation: Notation) -> Expr:
    """`L` for `L(x)`, where the arguments are quantities and no words."""
    if not isinstance(tree, Call) or tree.given or notation.call(tree.name):
        return tree
    plain = all(isinstance(a, Name) and notation.quantity(a.name) for a in tree.arguments)
    return Name(tree.name, span=tree.span) if plain else tree


def known_as(name: str, notation: Notation) -> Quantity | None:
    """What a name stands for; a subscript in words makes another letter, but for a loss."""
    found = notation.quantity(name)
    loss = found is not None and found.name == "J" and not name.endswith("_term")
    return found if loss and "_at" not in name else notation.quantities.get(name)


def _has_exceptions(name: Name, notation: Notation) -> bool:
    """Whether the letter was given a value at one word: `z_o` before `z_w`."""
    return any(key.startswith(f"{name.name}_at") for key in notation.quantities)


def _is_taken(name: Name, notation: Notation, own: Collection[str]) -> bool:
    """Whether the letter has a meaning that a line cannot change."""
    if known_as(name.name, notation) is None or may_be_indexed(name, notation):
        return False
    if is_loss(name.name, notation):
        return True
    implied = name.name not in own and _has_exceptions(name, notation)  # as z_o has shown
    spare = name.name in (*UNITS, *SPARE) and name.name not in own
    one = bool(fixed_name(name, notation)) and name.name in own
    return not spare and not implied and not (one and not _has_words(name, notation, own))
