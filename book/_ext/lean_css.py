"""Reduce style sheets to the rules that some page can use.

The theme's style sheets serve every site that could be made with it: 550 kB, of which a page of
this book uses a tenth. A rule is dropped if it asks for a class, an id or an element whose name is
nowhere in the pages or scripts, not even as part of a text; what a script may add is thus kept.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import tinycss2

WORD = re.compile(r"[\w-]+")
# At-rules whose content is again rules.
NESTING = {"media", "supports", "layer", "container"}


def words_of(texts: Sequence[str]) -> set[str]:
    """Return all words that could be the name of a class, an id or an element."""
    return {word for text in texts for word in WORD.findall(text)}


def lean(css: str, words: Collection[str]) -> str:
    """Return the style sheet without rules for what none of ``words`` names, without comments.

    Examples
    --------
    >>> lean("/* why */ a.b, a.c { color: red } @media print { i { top: 0 } }", {"a", "b", "c"})
    'a.b, a.c{color: red}'
    >>> lean(".b > a:not(.d), .e {top: 0}", {"a", "b"})
    '.b > a:not(.d){top: 0}'
    """
    return "".join(_rules(tinycss2.parse_stylesheet(css, True, True), words))


def _rules(rules: Sequence[Any], words: Collection[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            kept = [part for part in _split(rule.prelude) if _possible(part, words)]
            if kept and (body := _serialize(rule.content)):
                yield f"{', '.join(map(_serialize, kept))}{{{body}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in NESTING and rule.content:
            inside = tinycss2.parse_rule_list(rule.content, True, True)
            if body := "".join(_rules(inside, words)):
                yield f"@{rule.at_keyword} {_serialize(rule.prelude)}{{{body}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            yield str(rule.serialize())
        elif rule.type == "error":
            raise ValueError(f"a style sheet cannot be read: {rule.message}")


def _serialize(tokens: Sequence[Any]) -> str:
    kept = (token for token in tokens if token.type != "comment")
    texts = (" " if token.type == "whitespace" else str(token.serialize()) for token in kept)
    return "".join(texts).strip(" ;")


def _split(prelude: Sequence[Any]) -> list[list[Any]]:
    """Split the selectors of a rule at the commas."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _possible(selector: Sequence[Any], words: Collection[str]) -> bool:
    """Tell whether everything that ``selector`` asks for by name is among ``words``.

    Arguments of ``:not()``, ``:is()`` and the like are not looked at: they may or must not match.
    """
    before = ""
    for token in selector:
        name = ""
        if token.type == "hash" or (token.type == "ident" and before in {".", ""}):
            name = token.value
        elif token.type == "[] block":
            names = [part.value for part in token.content if part.type in {"ident", "string"}]
            # The attribute's name; its value may be the beginning or a part of a word.
            name = names[0] if names else ""
        if WORD.fullmatch(name) and name not in words and name.lower() not in words:
            return False
        before = token.value if token.type == "literal" and token.value in {".", ":"} else ""
    return True
