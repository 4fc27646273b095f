"""Live cells, as far as no browser is needed: the list of cells, the packages, the runner."""

import gzip
import io
import json
import sys
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
from sphinx.util import import_object

import live_assets
from import_graph import import_graph
from live_assets import build_wheel, installed_files, parser_tables_of, zipped
from live_cells import list_cells, only_shows
from pyodide_release import SCRIPTS, memory_snapshot, node_program, numpy_wheel

CHAPTER = """\
---
file_format: mystnb
---

# Title

```{code-cell} ipython3
:tags: [remove-cell]

import numpy as np
```

Text.

```{code-cell} ipython3
np.arange(3)
```

```{code-cell} ipython3
:tags: [remove-input]

show("<b>")
```
"""


def test_cells_are_listed_with_the_code_that_is_not_on_the_page() -> None:
    assert list_cells(CHAPTER) == [
        {"index": 1, "code": "import numpy as np"},
        {"index": 3},
        {"index": 4, "code": 'show("<b>")', "look": True},
    ]
    assert list_cells("# A page without code\n") == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('show("a")\nfigures.draw(size=(1, 2))', True),
        ("show(name)", False),
        ('shown = show("a")', False),
        ("import numpy", False),
        ("3 + 4", False),
    ],
)
def test_a_cell_that_only_shows(code: str, expected: bool) -> None:
    assert only_shows(code, ["remove-input"]) is expected
    assert not only_shows(code, [])


def test_import_graph_follows_imports_into_the_package(tmp_path: Path) -> None:
    package = tmp_path / "pack"
    for name, code in {
        "__init__.py": "import os\nimport numpy",
        "low.py": "def late():\n    import sympy.core",
        "high/__init__.py": "",
        "high/a.py": "from ..low import late\nfrom . import b",
        "high/b.py": "from matplotlib import pyplot",
    }.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(code)
    assert import_graph(package) == {
        "pack": ["numpy"],
        "pack.low": ["sympy"],
        "pack.high": [],
        "pack.high.a": ["matplotlib", "numpy", "sympy"],
        "pack.high.b": ["matplotlib"],
    }


def test_archive_is_the_same_for_the_same_content() -> None:
    files = {"b.py": b"2", "a.py": b"1"}
    assert zipped(files) == zipped(dict(reversed(files.items())))


def test_licences_travel_with_the_packages() -> None:
    names = installed_files("lark")
    assert any(name.endswith("LICENSE") for name in names)
    assert "lark/grammars/common.lark" in names


@pytest.mark.slow
def test_wheel_has_the_data_files() -> None:
    with zipfile.ZipFile(io.BytesIO(build_wheel().read_bytes())) as wheel:
        names = set(wheel.namelist())
    assert {"wordgrad/__init__.py", "wordgrad/latex/grammar.lark"} <= names


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """What cells show; modules that the runner puts in place are put back."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    before = {name: sys.modules.get(name) for name in ("__main__", "IPython", "IPython.display")}
    monkeypatch.setenv("MPLBACKEND", "agg")
    yield []
    for name, module in before.items():
        if module is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = module


def run(shown: list[tuple[str, str]], *cells: str, imports: dict[str, list[str]] | None = None):  # type: ignore[no-untyped-def]
    """Run cells, all but the last as those above it; return the runner and the last result."""
    runner = import_object("cell_runner.Runner")(
        lambda kind, data: shown.append((kind, data)), imports or {}
    )
    results = [
        json.loads(runner.run(code, f"cell {number}", number < len(cells)))
        for number, code in enumerate(cells, 1)
    ]
    return runner, results[-1]


def test_runner_shows_text_and_the_last_value(shown: list[tuple[str, str]]) -> None:
    _, result = run(shown, "a = 1", "print('text')\na + 1")
    assert result == {"ok": True}
    assert shown == [("stdout", "text\n"), ("display", '{"text/plain": "2"}')]


def test_runner_shows_no_value_after_a_semicolon(shown: list[tuple[str, str]]) -> None:
    run(shown, "1 + 1;")
    assert shown == []


def test_imports_above_wait_for_their_use(shown: list[tuple[str, str]]) -> None:
    imports = {"json.tool": ["heavy"]}
    runner, result = run(
        shown, "import not_there\nfrom json import tool\nimport math", "math.tau", imports=imports
    )
    assert result == {"ok": True}
    assert runner.wanted("print(tool)") == ["heavy", "json"]
    assert runner.wanted("print(1)") == []
    assert json.loads(runner.run("not_there", "cell 3"))["error"].startswith("ModuleNotFound")


def test_imports_of_a_cell_above_are_there_for_its_own_code(shown: list[tuple[str, str]]) -> None:
    _, result = run(shown, "import math\nround_number = math.floor(2.5)", "round_number")
    assert result == {"ok": True}


def test_traceback_names_the_cell_and_hides_the_runner(shown: list[tuple[str, str]]) -> None:
    _, result = run(shown, "def half(x):\n    return x / 0", "half(3)")
    assert result == {"ok": False, "error": "ZeroDivisionError: division by zero"}
    [(kind, text)] = shown
    assert kind == "error"
    assert 'File "cell 1", line 2, in half\n    return x / 0' in text
    assert "cell_runner" not in text


def test_endless_text_is_cut(shown: list[tuple[str, str]]) -> None:
    run(shown, "for _ in range(20):\n    print('x' * 100_000)")
    text = "".join(text for _, text in shown)
    assert len(text) < 600_000
    assert text.count("The rest is not shown") == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("[1, 2]", "[1, 2]"),
        ("{'key' * 20: 1, 'other' * 10: 2}", f"{{'{'key' * 20}': 1,\n '{'other' * 10}': 2}}"),
    ],
)
def test_long_containers_are_broken_as_in_ipython(
    shown: list[tuple[str, str]], value: str, expected: str
) -> None:
    run(shown, value)
    assert json.loads(shown[0][1]) == {"text/plain": expected}


@pytest.mark.skipif(node_program("pyodide") is None, reason="no Pyodide from npm: `make setup`")
def test_python_starts_from_a_memory_that_is_the_same_for_everybody() -> None:
    [(name, data)] = memory_snapshot().items()
    assert name.startswith("memory-")
    assert memory_snapshot() == {name: data}
    assert len(gzip.decompress(data)) > len(data) > 1_000_000
    wheel = numpy_wheel()
    assert wheel["file"].startswith("numpy-")
    assert len(b64decode(wheel["integrity"].removeprefix("sha256-"))) == 32


def test_tables_of_the_parser_are_made_once_for_the_same_grammar(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(live_assets, "CACHE", tmp_path)
    files = {"wordgrad/latex/grammar.lark": b"line: X"}
    made = parser_tables_of(files)
    assert made.startswith(b'"""Made from grammar.lark')
    assert parser_tables_of(files) == made
