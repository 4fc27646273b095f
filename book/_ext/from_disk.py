"""Let pages that are opened as files step through derivations and show explorables too.

A browser loads no modules into a page whose address begins with ``file:``. So each module that a
page starts is there a second time, in one classic script with all that it imports, which
``modules.js`` takes in that case. No reader of a web site loads it. Without Node there are none,
and the page says so.
"""

import subprocess
from pathlib import Path

from sphinx.application import Sphinx

from explorables import elements
from pyodide_release import NODE_FOLDER, node_program

# A module's name, and that of the classic script beside it.
MODULE, CLASSIC = ".js", ".classic.js"
BUILDERS = {"html", "dirhtml"}


def entries(static: Path) -> list[Path]:
    """Return the modules that pages start: the one of derivations and every explorable."""
    shown = [path for name in elements() for path in static.glob(f"explorables/*/{name}{MODULE}")]
    return sorted([*static.glob(f"steps/*/steps{MODULE}"), *shown])


def write_classic(static: Path, modules: list[Path]) -> None:
    """Write the classic script of each module beside it.

    Raises
    ------
    subprocess.CalledProcessError
        If a module or something that it imports cannot be read.
    """
    node = node_program("esbuild-wasm")
    for old in static.rglob(f"*{CLASSIC}"):
        old.unlink()
    if node is None or not modules:
        return
    esbuild = NODE_FOLDER / "node_modules" / "esbuild-wasm" / "bin" / "esbuild"
    options = [
        "--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8",
        f"--outbase={static}", f"--outdir={static}", f"--out-extension:.js={CLASSIC}",
        "--log-level=error",
    ]  # fmt: skip
    command = [node, str(esbuild), *map(str, modules), *options]
    subprocess.run(command, check=True, capture_output=True, text=True)


def add_classic(app: Sphinx, error: Exception | None) -> None:
    """Write the scripts into the finished site."""
    if error or app.builder.name not in BUILDERS:
        return
    static = Path(app.outdir) / "_static"
    write_classic(static, entries(static))


def setup(app: Sphinx) -> dict[str, bool]:
    """Write once the modules and the formulas that they import are in place (60)."""
    app.connect("build-finished", add_classic, priority=70)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
