"""Which packages a module may load, by the imports in its source and in what it imports."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path


def import_graph(folder: Path) -> dict[str, list[str]]:
    """For each module of a package, the packages outside the standard library that it may load.

    Imports inside functions count too: they are carried out when a cell calls the function.

    Parameters
    ----------
    folder : Path
        The package, such as ``code/wordgrad``.

    Returns
    -------
    dict
        Dotted module names to sorted names of top-level packages.
    """
    modules = {_dotted(path, folder.parent): path for path in sorted(folder.rglob("*.py"))}
    direct = {name: set(_imported(name, path)) for name, path in modules.items()}
    graph = {}
    for name in modules:
        seen, outside, todo = {name}, set(), [name]
        while todo:
            for target in direct[todo.pop()]:
                inside = set(_with_parents(target)).intersection(modules) - seen
                seen |= inside
                todo += inside
                outside.add(target.partition(".")[0])
        graph[name] = sorted(outside - sys.stdlib_module_names - {folder.name})
    return graph


def _with_parents(dotted: str) -> Iterator[str]:
    """Importing a.b.c runs a and a.b too."""
    while dotted:
        yield dotted
        dotted = dotted.rpartition(".")[0]


def _dotted(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, path: Path) -> Iterator[str]:
    """Dotted names of everything that a module imports, a member of a module included."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level]
            source = [*(above if node.level else []), *([node.module] if node.module else [])]
            yield from (".".join([*source, alias.name]) for alias in node.names)
