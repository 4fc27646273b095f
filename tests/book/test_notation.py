"""The tables of the notation say what the grammar reads and what the code calls it."""

import re
from pathlib import Path

import pytest

from wordgrad import numeric, training
from wordgrad.book import show_definitions, show_symbols
from wordgrad.book.notation import CONTEXTS, SYMBOLS, Symbol, Turned, in_columns, shape

LISTED = [symbol for symbols in SYMBOLS.values() for symbol in symbols]


def test_every_letter_of_the_grammar_is_listed_once() -> None:
    known = {name for context in CONTEXTS for name in context.notation.quantities}
    named = [symbol.name for symbol in LISTED if symbol.name]
    assert sorted(named) == sorted(known)
    functions = {name for context in CONTEXTS for name in context.notation.index_functions}
    assert functions <= {symbol.latex.partition("_")[0] for symbol in LISTED}
    calls = {name for context in CONTEXTS for name in context.notation.calls}
    assert calls - {"p", "J"} <= {symbol.latex.partition("(")[0] for symbol in LISTED}


@pytest.mark.parametrize(
    ("latex", "expected"),
    [("v_w", "`(d,)`"), ("U", "`(V, d)`"), (r"\theta_w", "number"), ("V", "whole number")],
)
def test_shapes_come_from_the_sorts(latex: str, expected: str) -> None:
    (symbol,) = (symbol for symbol in LISTED if symbol.latex == latex)
    assert shape(symbol) == expected


def test_what_is_no_quantity_has_no_shape() -> None:
    assert shape(Symbol("c", "the center word")) == ""


def test_names_in_code_occur_in_the_code() -> None:
    folders = [Path(package.__file__ or "").parent for package in (numeric, training)]
    files = [path for folder in folders for path in folder.glob("*.py")]
    words = set(re.findall(r"\w+", "".join(path.read_text("utf-8") for path in files)))
    for symbol in LISTED:
        name = re.match(r"\w*", symbol.code)
        assert name
        assert name[0] in words | {"", "a"}, symbol


def test_symbols_are_shown_under_their_titles() -> None:
    markdown = show_symbols().markdown
    for title, symbols in SYMBOLS.items():
        section = markdown.partition(f"**{title}**")[2].partition("{.wg-title}")[0]
        assert section.count("{div} wg-row") == len(symbols)
        for symbol in symbols:
            assert f"{{.wg-letter}}\n\n${symbol.latex}$\n\n{{.wg-words}}" in section
            assert not symbol.code or f"{{.wg-in-code}}\n\n`{symbol.code}`" in section


def test_definitions_are_the_texts_that_the_grammar_reads() -> None:
    markdown = show_definitions().markdown
    for context in CONTEXTS:
        for quantity in context.notation.quantities.values():
            assert not quantity.definition or f"= {quantity.definition}\n$$" in markdown


@pytest.mark.parametrize(
    ("definition", "where"),
    [
        (r"\theta_i = u_i^\top v_c", "a pair; a window"),
        (r"\theta_i = u_i^\top \hat v", "CBOW"),
        (r"J = -\log\hat y_c", "CBOW, softmax"),
        (r"Z = \sum_{w=1}^{V} e^{\theta_w}", "everywhere"),
        (r"\hat v = \sum_{-m\le j\le m,\ j\neq 0} v_{w_{c+j}}", "CBOW, sum"),
        (r"P(w\mid c) = \hat y_w", "everywhere"),
    ],
)
def test_a_definition_says_where_it_holds(definition: str, where: str) -> None:
    assert f"$$\n{definition}\n$$\n\n{{.wg-where}}\n\n{where}\n" in show_definitions().markdown


def test_contexts_are_told_apart() -> None:
    keys = [(context.subject, context.variants) for context in CONTEXTS]
    assert len(set(keys)) == len(keys)


def test_the_matrix_is_another_one_in_columns() -> None:
    turned = {symbol.latex: in_columns(symbol) for symbol in LISTED if in_columns(symbol)}
    assert list(turned) == ["U"]
    assert turned["U"] == Turned(
        "all outside vectors, one column per word", "`(d, V)`", "outside_vecs.T"
    )
