"""Code as it stands in the package."""

import ast
import html
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from wordgrad.book.page import Page

__all__ = ["show_source"]


def show_source(function: Callable[..., Any]) -> Page:
    """The code of a function as it stands in the package, without its docstring."""
    code = _without_docstring(textwrap.dedent(inspect.getsource(function)))
    return Page(f"```python\n{code}```\n", f"<pre><code>{html.escape(code)}</code></pre>")


def _without_docstring(source: str) -> str:
    """The source of one function less the lines of its docstring."""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    if ast.get_docstring(function) is None:
        return source
    docstring = function.body[0]
    lines = source.splitlines(keepends=True)
    return "".join(lines[: docstring.lineno - 1] + lines[docstring.end_lineno :])
