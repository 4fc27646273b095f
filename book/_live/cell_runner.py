"""Runs the cells of a page, in the reader's browser.

The page's worker loads this file into Pyodide, calls `wanted` to learn which packages a cell needs,
and then `run`. Everything a cell shows goes through ``send(kind, data)``.

Cells above the one that the reader asked for run with ``defer=True``: their imports wait until some
code uses the name. A page's first cells import what its last cells need, matplotlib for instance,
and a reader who runs one line of NumPy should not wait for that.
"""

import ast
import io
import json
import linecache
import logging
import os
import sys
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator

MOST_OUTPUT = 500_000  # characters of text of one cell; more would freeze the page
Send = Callable[[str, str], object]


class Stream(io.TextIOBase):
    """Text on its way to the page, gathered for a moment: a message per line would be slow."""

    def __init__(self, kind: str, send: Send) -> None:
        self.kind, self.send = kind, send
        self.parts: list[str] = []
        self.sent, self.left = 0.0, MOST_OUTPUT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)
            if self.left <= 0:
                self.parts.append("\n[The rest is not shown: this is too much text for a page.]\n")
        if "\n" in text and time.monotonic() - self.sent > 0.05:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self.parts:
            self.send(self.kind, "".join(self.parts))
            self.parts.clear()
        self.sent = time.monotonic()


class Runner:
    """One interpreter for one page; the cells share its names.

    Parameters
    ----------
    send : callable
        Takes what a cell shows: ("stdout", text), ("stderr", text), ("error", traceback) or
        ("display", JSON of a MIME bundle).
    imports : dict
        For each module of the book's package, the packages that importing it needs.
    """

    def __init__(self, send: Send, imports: dict[str, list[str]]) -> None:
        self.send, self.imports = send, imports
        self.main = types.ModuleType("__main__")
        sys.modules["__main__"] = self.main
        self.waiting: dict[str, list[ast.stmt]] = {}  # name -> imports that would bind it
        os.environ["MPLBACKEND"] = "agg"
        self.main.__dict__["display"] = self.display
        sys.modules.update(_ipython(self.display))
        if sys.platform == "emscripten":
            for name in ("_multiprocessing", "_posixshmem"):
                sys.modules.setdefault(name, _absent(name))

    def wanted(self, code: str, defer: bool = False) -> list[str]:
        """Names of the packages that `code` needs before it can run."""
        try:
            tree = ast.parse(code)
        except SyntaxError:
            return []
        due, _ = self._sort_out(tree, defer)
        nodes = [*due, *ast.walk(tree)]
        return sorted({package for node in nodes for package in self._packages(node)})

    def run(self, code: str, name: str, defer: bool = False) -> str:
        """Run one cell; return JSON with ``ok`` and, after an exception, its last line."""
        out, err = Stream("stdout", self.send), Stream("stderr", self.send)
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = out, err
        failure = None
        try:
            if "numpy" in self.wanted(code, defer):
                _count_any_integers()
            self._execute(code, name, defer)
            self._show_open_figures()
        except BaseException as error:  # SystemExit too: it must not end the page's Python
            failure = traceback.TracebackException.from_exception(error)
        finally:
            out.flush(), err.flush()
            sys.stdout, sys.stderr = before
        if failure is None:
            return json.dumps({"ok": True})
        _hide_runner(failure)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        self.send("error", "".join(failure.format()))
        return json.dumps({"ok": False, "error": "".join(failure.format_exception_only()).strip()})

    def display(self, *shown: object) -> None:
        """Show objects as a notebook would."""
        for each in shown:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            self.send("display", json.dumps(mime_bundle(each)))

    def _execute(self, code: str, name: str, defer: bool) -> None:
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        tree = ast.parse(code, name)
        due, waiting = self._sort_out(tree, defer)
        exec(compile(ast.Module(due, []), "<imports above>", "exec"), self.main.__dict__)
        self.waiting = waiting  # not earlier: an import that failed is tried again
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        names = self.main.__dict__
        exec(compile(tree, name, "exec", dont_inherit=True), names)
        if last is None:
            return
        value = eval(compile(ast.Expression(last.value), name, "eval", dont_inherit=True), names)
        if value is not None and not code.rstrip().endswith(";"):
            self.display(value)
            names["_"] = value

    def _sort_out(
        self, tree: ast.Module, defer: bool
    ) -> tuple[list[ast.stmt], dict[str, list[ast.stmt]]]:
        """Imports to carry out before `tree`, and those that then still wait.

        With `defer`, the imports of `tree` itself are taken out of it and wait with the others.
        """
        waiting = {name: [*nodes] for name, nodes in self.waiting.items()}
        for node in [node for node in tree.body if defer and _can_wait(node)]:
            tree.body.remove(node)
            for alias in node.names:
                single = ast.copy_location(type(node)(**{**vars(node), "names": [alias]}), node)
                waiting.setdefault(_bound(alias), []).append(single)
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        imports = [node for node in ast.walk(tree) if _is_import(node)]
        used |= {_bound(alias) for node in imports for alias in node.names}
        due = [each for name in waiting if name in used for each in waiting[name]]
        return due, {name: nodes for name, nodes in waiting.items() if name not in used}

    def _packages(self, node: ast.AST) -> Iterator[str]:
        for module in _modules(node):
            parts = module.split(".")
            parents = [".".join(parts[: end + 1]) for end in range(len(parts))]
            yield parts[0]
            for parent in parents:
                yield from self.imports.get(parent, ())

    def _show_open_figures(self) -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot:
            for number in pyplot.get_fignums():
                self.display(pyplot.figure(number))
            pyplot.close("all")


def _count_any_integers() -> None:
    """Let np.bincount and np.repeat take 64-bit integers where an index has only 32 bits.

    NumPy refuses them in a browser, and the same code runs everywhere else.
    """
    import numpy as np

    if np.dtype(np.intp).itemsize == 8 or np.bincount.__module__ == __name__:
        return
    count, repeat = np.bincount, np.repeat

    def index(numbers: object) -> object:
        array = np.asarray(numbers)
        return array.astype(np.intp) if array.dtype.kind in "iu" else array

    def bincount(x: object, weights: object = None, minlength: int = 0) -> object:
        return count(index(x), weights, minlength)

    def repeat_any(a: object, repeats: object, axis: int | None = None) -> object:
        return repeat(a, index(repeats), axis)

    bincount.__module__ = __name__
    np.bincount, np.repeat = bincount, repeat_any


def mime_bundle(shown: object) -> dict[str, str]:
    """The forms in which an object can be shown, as IPython would ask for them."""
    forms: dict[str, str] = {}
    if hasattr(type(shown), "_repr_mimebundle_"):
        forms |= shown._repr_mimebundle_()
    kinds = ("html", "text/html"), ("svg", "image/svg+xml"), ("latex", "text/latex")
    for method, mime in (*kinds, ("markdown", "text/markdown")):
        if mime not in forms and hasattr(type(shown), f"_repr_{method}_"):
            form = getattr(shown, f"_repr_{method}_")()
            if form:
                forms[mime] = form
    figure = sys.modules.get("matplotlib.figure")
    if figure and isinstance(shown, figure.Figure):
        forms["image/svg+xml"] = svg(shown)
    return {"text/plain": plain(shown), **forms}


def svg(figure: object) -> str:
    """A figure as the book's pages have it: vector, on no background, the same bytes each time."""
    import matplotlib

    target = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "word2vec-by-hand"}):
        figure.savefig(
            target, format="svg", facecolor="none", bbox_inches="tight", metadata={"Date": None}
        )
    return target.getvalue()


def plain(shown: object, width: int = 79) -> str:
    """The repr; a container too long for a line has one element per line, as in IPython."""
    flat = repr(shown)
    brackets = {list: "[]", tuple: "()", dict: "{}", set: "{}"}.get(type(shown))
    if not brackets or not shown or len(flat) <= width:
        return flat
    if isinstance(shown, dict):
        parts = [f"{key!r}: {plain(value, width - 1)}" for key, value in shown.items()]
    else:
        parts = [plain(value, width - 1) for value in shown]
    inner = ",\n".join(parts).replace("\n", "\n ")
    return brackets[0] + inner + brackets[1]


def _modules(node: ast.AST) -> list[str]:
    """Dotted names of the modules that an import statement may load."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _bound(alias: ast.alias) -> str:
    """The name that an import binds."""
    return alias.asname or alias.name.partition(".")[0]


def _can_wait(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module != "__future__" and all(alias.name != "*" for alias in node.names)
    return isinstance(node, ast.Import)


def _hide_runner(shown: traceback.TracebackException) -> None:
    """Take this file's own frames out of a traceback: they tell a reader nothing."""
    frames = [frame for frame in shown.stack if frame.filename != __file__]
    shown.stack = traceback.StackSummary.from_list(frames)
    for linked in (shown.__cause__, shown.__context__):
        if linked is not None:
            _hide_runner(linked)


def _absent(name: str) -> types.ModuleType:
    """A stand-in for a module of processes: it can be imported, but its functions refuse."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("A browser starts no processes: use one (processes=1).")

    def attribute(wanted: str) -> Callable[..., None]:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        return refuse

    module = types.ModuleType(name)
    module.__getattr__ = attribute
    return module


def _ipython(display: Callable[..., None]) -> dict[str, types.ModuleType]:
    """The part of IPython.display that a cell may import, without IPython."""

    def form(name: str, method: str) -> type:
        keep = {"__init__": lambda self, data: setattr(self, "data", data)}
        return type(name, (), keep | {method: lambda self: self.data})

    module = types.ModuleType("IPython.display")
    module.display = display
    for name in ("HTML", "Markdown", "Latex", "SVG"):
        setattr(module, name, form(name, f"_repr_{name.lower()}_"))
    package = types.ModuleType("IPython")
    package.display = module
    package.get_ipython = lambda: None  # as outside a notebook; matplotlib asks
    return {"IPython": package, "IPython.display": module}


# Pyodide's matplotlib and its helpers warn about each other; cells see only their own warnings.
warnings.filterwarnings("ignore", category=DeprecationWarning)
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
