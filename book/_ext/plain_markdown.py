"""Turn MyST Markdown into the plain Markdown that every notebook program shows.

Directives become headings, quotations and formulas; roles become links and words. A directive or
role that is not known here is an error, so that nothing raw reaches a reader unnoticed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

FENCE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\}[ \t]*(?P<argument>.*)|[\w-]*)$"
)
OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$")
ROLE = re.compile(r"(?<![\w\\])\{([a-z][a-z:]*)\}(`+)(.+?)(?<!`)\2(?!`)", re.DOTALL)
TARGET = re.compile(r"^\(([\w-]+)\)=$")
ATTRIBUTES = re.compile(r"^\{[.#][^}]*\}$")
SPAN = re.compile(r"\[([^\]]*)\]\{\.[^}]*\}")
TITLED = re.compile(r"^(.*?)\s*<([^>]+)>$", re.DOTALL)
LINK = re.compile(r"\]\(([\w-]+)\.md(#[^)]*)?\)")
DEFINITION = re.compile(r"^(?P<term>\S.*)\n: +(?P<text>.*)$", re.MULTILINE)
QUOTED = {"note", "tip", "warning", "important", "hint", "seealso", "caution", "attention"}
# Shown as what is in them, under their title if they have one.
TITLED_BLOCKS = {"exercise", "grid-item-card", "dropdown", "tab-item", "card", "margin", "sidebar"}
PLAIN_BLOCKS = {"grid", "grid-item", "tab-set", "div", "container"}


@dataclass
class Book:
    """What a chapter may refer to elsewhere.

    Parameters
    ----------
    titles : mapping from str to str
        Chapter name -> title.
    citations : mapping from str to tuple of str
        Key -> authors and year.
    site : str
        The address of the site, with a slash at its end.
    """

    titles: Mapping[str, str]
    citations: Mapping[str, tuple[str, str]]
    site: str


@dataclass
class Chapter:
    """A chapter on its way to plain Markdown; its numbers run through all its cells.

    Parameters
    ----------
    book : Book
    number : str
        The chapter's number, or nothing.
    labels : dict from str to str
        What each label of the chapter is called, such as ``(3.1)``, from a first pass.
    """

    book: Book
    number: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, kind: str) -> str:
        """Return the next number of a ``kind`` of thing, such as ``3.1``."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{self.number}.{self.counts[kind]}" if self.number else str(self.counts[kind])

    def plain(self, text: str) -> str:
        """Return the cell ``text`` in plain Markdown."""
        return re.sub(r"\n{3,}", "\n\n", self._blocks(text.split("\n"))).strip()

    def _blocks(self, lines: list[str]) -> str:
        done: list[str] = []
        prose: list[str] = []

        def flush() -> None:
            done.append(self._prose("\n".join(prose)))
            prose.clear()

        at = 0
        while at < len(lines):
            opening = FENCE.match(lines[at])
            if not opening:
                prose.append(lines[at])
                at += 1
                continue
            end = _closing(lines, at, opening["fence"])
            inside = lines[at + 1 : end]
            flush()
            if opening["name"]:
                done.append(self._directive(opening["name"], opening["argument"].strip(), inside))
            else:
                done.append("\n".join(lines[at : end + 1]))
            at = end + 1
        flush()
        return "\n".join(done)

    def _prose(self, text: str) -> str:
        lines = []
        for line in text.split("\n"):
            target = TARGET.match(line)
            if target:
                lines.append(f'<a id="{target[1]}"></a>\n')
            elif not (ATTRIBUTES.match(line) or line.startswith("% ") or line == "+++"):
                lines.append(line)
        text = DEFINITION.sub(r"- \g<term>: \g<text>", "\n".join(lines))
        text = LINK.sub(r"](\1.ipynb\2)", SPAN.sub(r"\1", text))
        return ROLE.sub(lambda role: self._role(role[1], role[3]), text)

    def _directive(self, name: str, argument: str, inside: list[str]) -> str:
        options = {}
        while inside and (option := OPTION.match(inside[0])):
            options[option[1]] = option[2]
            inside = inside[1:]
        label = options.get("label") or options.get("name") or ""
        if name == "math":
            return self._formula(label, "\n".join([*([argument] if argument else []), *inside]))
        if name == "bibliography":
            return f"See the [list of references]({self.book.site}references.html)."
        if name.startswith("solution"):
            return self._solution(name, argument, inside)
        if name.startswith("exercise"):
            return self._exercise(name, argument, label, inside)
        if name == "pdf-link":
            return ""
        if name == "explorable":
            return f"\n{self._blocks(inside).strip()}\n"
        title = self._prose(argument)
        if name == "admonition" or name in QUOTED:
            body = self._blocks(inside).strip()
            quoted = f"**{title or name.capitalize()}**\n\n{body}"
            return "\n" + "\n".join(f"> {line}".rstrip() for line in quoted.split("\n")) + "\n"
        if name.startswith("prf:"):
            title = f"{name.removeprefix('prf:').capitalize()} {title}".strip()
        elif name in PLAIN_BLOCKS:
            title = ""
        elif name not in TITLED_BLOCKS:
            raise ValueError(f"plain Markdown for the directive {{{name}}} is not known: add it")
        return "\n".join(["", *([f"**{title}**", ""] if title else []), self._blocks(inside), ""])

    def _formula(self, label: str, tex: str) -> str:
        if not label:
            return f"\n$$\n{tex.strip()}\n$$\n"
        number = self.count("equation")
        self.labels[label] = f"({number})"
        return f"\n$$\n{tex.strip()}\\tag{{{number}}}\n$$\n"

    def _exercise(self, name: str, title: str, label: str, inside: list[str]) -> str:
        if name == "exercise-end":
            return ""
        called = f"Exercise {self.count('exercise')}"
        self.labels[label] = called
        title = f": {self._prose(title)}" if title else ""
        return f"\n**{called}{title}**\n\n{self._blocks(inside)}"

    def _solution(self, name: str, exercise: str, inside: list[str]) -> str:
        if name == "solution-end":
            return ""
        return f"\n**Solution of {self.labels.get(exercise, exercise)}**\n\n{self._blocks(inside)}"

    def _role(self, name: str, content: str) -> str:
        titled = TITLED.match(content)
        words, target = (titled[1], titled[2]) if titled else ("", content)
        roles: dict[str, Callable[[], str]] = {
            "doc": lambda: f"[{words or self.book.titles[target]}]({target}.ipynb)",
            "cite:t": lambda: ", ".join(self._cite(key, "{0} ({1})") for key in target.split(",")),
            "cite:p": lambda: "; ".join(self._cite(key, "{0}, {1}") for key in target.split(",")),
            "eq": lambda: self._label(target, words),
            "ref": lambda: f"[{words or self._label(target, '')}](#{target})",
            "numref": lambda: self._label(target, words),
            # A notebook has no buttons, and its code has rows.
            "layout": lambda: content.split(" // ")[0].strip(),
            "sub": lambda: f"<sub>{content}</sub>",
            "sup": lambda: f"<sup>{content}</sup>",
        }
        if name not in roles:
            raise ValueError(f"plain Markdown for the role {{{name}}} is not known: add it")
        done = roles[name]()
        return f"({done})" if name == "cite:p" else done

    def _cite(self, key: str, form: str) -> str:
        authors, year = self.book.citations[key.strip()]
        return f"[{form.format(authors, year)}]({self.book.site}references.html)"

    def _label(self, label: str, words: str) -> str:
        return words or self.labels.get(label, label)


def _closing(lines: list[str], start: int, fence: str) -> int:
    """Return the index of the line that closes the block opened at ``start``."""
    for at in range(start + 1, len(lines)):
        line = lines[at].rstrip()
        if set(line) == {fence[0]} and len(line) >= len(fence):
            return at
    raise ValueError(f"the block that begins with {lines[start]!r} is not closed")
