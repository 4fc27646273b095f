"""Make what live cells need on the site: Python packages, the list of Pyodide's files, the editor.

The book's package and the pure-Python packages it needs (SymPy in the version that built the book,
mpmath, lark) come from the site; Pyodide, with NumPy and matplotlib, comes from
``PYODIDE_CORE`` and ``PYODIDE_PACKAGES``, and only when a reader asks for it.

Where Node is missing, packages are shipped uncompiled (importing SymPy takes some seconds more),
Python starts from the beginning instead of from a stored memory, and *Edit* opens a plain text
field.
"""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from import_graph import import_graph
from place import ROOT
from pyodide_release import (
    CACHE,
    CORE_FILES,
    NODE_FOLDER,
    PYODIDE,
    PYODIDE_CORE,
    PYODIDE_PACKAGES,
    SCRIPTS,
    Files,
    content_hash,
    memory_snapshot,
    node_program,
    numpy_wheel,
)
from wordgrad.latex.parser import parser_tables

# Distributions that go into one archive; their tests and what no page could use stay behind.
VENDORED = (("sympy", "mpmath"), ("lark",))
LEFT_OUT = {"tests", "benchmarks", "autolev", "testing", "__pycache__"}
PHYSICS = ("sympy", "physics")  # large; sympy.simplify asks for its units


def build_wheel() -> Path:
    """Build the wheel of the book's package from a copy of its source; return its path.

    The copy keeps the work tree clean, and other builds out of this one.
    """
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in [
            *(ROOT / name for name in ("pyproject.toml", "README.md", "LICENSE")),
            *sorted((ROOT / "code" / "wordgrad").rglob("*")),
        ]
        if path.is_file() and path.suffix != ".pyc"
    }
    target = CACHE / f"wheel-{content_hash(sources)}"
    if not list(target.glob("*.whl")):
        with tempfile.TemporaryDirectory() as folder:
            for name, data in sources.items():
                copy = Path(folder, name)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(data)
            target.mkdir(parents=True, exist_ok=True)
            build = f"from setuptools import build_meta; build_meta.build_wheel({str(target)!r})"
            subprocess.run(
                [sys.executable, "-c", build], cwd=folder, check=True, capture_output=True
            )
    return next(target.glob("*.whl"))


def installed_files(name: str) -> dict[str, bytes]:
    """The files of an installed distribution that are worth shipping, licence included."""
    kept: dict[str, bytes] = {}
    for file in distribution(name).files or []:
        described = file.parts[0].endswith(".dist-info")
        wanted = "LICENSE" in file.name if described else file.suffix in {".py", ".lark"}
        unused = LEFT_OUT.intersection(file.parts) or (
            file.parts[:2] == PHYSICS and len(file.parts) > 3 and file.parts[2] != "units"
        )
        if wanted and not unused and ".." not in file.parts:
            kept[file.as_posix()] = file.read_binary()
    return kept


def zipped(files: Files) -> bytes:
    """A zip of the files, the same bytes for the same content."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()


def compiled(files: Files, *, keep_source: bool) -> bytes:
    """A zip of the files with byte code for Pyodide's Python, if Node is there to compile it.

    Parameters
    ----------
    files : mapping of str to bytes
    keep_source : bool
        False leaves out the source and, from the byte code, docstrings and asserts.
    """
    node = node_program("pyodide")
    if node is None:
        return zipped(files)
    program = SCRIPTS / "compile_archive.mjs"
    key = content_hash({**files, "//": program.read_bytes() + bytes([keep_source])})
    target = CACHE / f"{key}-{PYODIDE}.zip"
    if not target.exists():
        source, done = target.with_suffix(".in"), target.with_suffix(".out")
        source.write_bytes(zipped(files))
        options = ["0", "1"] if keep_source else ["2", "0"]
        pyodide = NODE_FOLDER / "node_modules" / "pyodide"
        command = [node, str(program), str(pyodide), str(source), str(done), *options]
        subprocess.run(command, check=True, capture_output=True)
        source.unlink()
        done.replace(target)
    return target.read_bytes()


def editor_files() -> dict[str, bytes]:
    """CodeMirror and the few lines that set it up, as one module, and its licences.

    Empty where Node is missing.
    """
    node = node_program("esbuild-wasm")
    if node is None:
        return {}
    packages = NODE_FOLDER / "node_modules"
    source = (SCRIPTS / "codemirror.js").read_bytes()
    locked = (NODE_FOLDER / "package-lock.json").read_bytes()
    target = CACHE / f"codemirror-{content_hash({'source': source, 'locked': locked})}.js"
    if not target.exists():
        esbuild = packages / "esbuild-wasm" / "bin" / "esbuild"
        done = target.with_suffix(".new")
        options = ["--bundle", "--format=esm", "--minify", f"--outfile={done}"]
        command = [node, str(esbuild), *options, "--sourcefile=codemirror.js", "--log-level=error"]
        subprocess.run(command, cwd=NODE_FOLDER, input=source, check=True)
        done.replace(target)
    named = (*packages.glob("@codemirror/*/LICENSE"), *packages.glob("@lezer/*/LICENSE"))
    licences = [path.read_text(encoding="utf-8") for path in sorted(named)]
    text = "\n".join(["The editor (codemirror.js) is made of:", *dict.fromkeys(licences)])
    return {"codemirror.js": target.read_bytes(), "codemirror-licences.txt": text.encode()}


def parser_tables_of(package: Files) -> bytes:
    """The tables of the package's parser, built once: each time they are numbered otherwise."""
    sources = {name: data for name, data in package.items() if name.startswith("wordgrad/latex/")}
    version = distribution("lark").version.encode()
    target = CACHE / f"parser-{content_hash({**sources, '//': version})}.py"
    if not target.exists():
        done = target.with_suffix(".new")
        done.write_text(parser_tables(), encoding="utf-8")
        done.replace(target)
    return target.read_bytes()


def make_packages() -> tuple[dict[str, bytes], dict[str, str]]:
    """The Python packages that the site itself serves.

    Returns
    -------
    files : dict
        Archives by file name. The name has a hash of the content: a browser may keep each for
        ever, and a new state of the book's code does not make readers fetch SymPy again.
    names : dict
        For each top-level Python package the name of its archive.
    """
    with zipfile.ZipFile(build_wheel()) as wheel:
        ours = {n: wheel.read(n) for n in wheel.namelist() if not n.endswith("/RECORD")}
    ours["wordgrad/latex/tables.py"] = parser_tables_of(ours)
    archives: dict[tuple[str, ...], bytes] = {("wordgrad",): compiled(ours, keep_source=True)}
    for distributions in VENDORED:
        theirs = {n: d for each in distributions for n, d in installed_files(each).items()}
        archives[distributions] = compiled(theirs, keep_source=False)
    files: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for packages, data in archives.items():
        name = f"{packages[0]}-{content_hash({'': data})}.zip"
        files[name] = data
        names |= dict.fromkeys(packages, name)
    return files, names


def make_assets(settings: Mapping[str, Any]) -> dict[str, bytes]:
    """All files for live cells: the scripts in a folder whose name is a hash, the packages beside.

    Parameters
    ----------
    settings : mapping
        What the page's scripts need to know besides: goes into the manifest.

    Returns
    -------
    dict
        Contents by path; the folder of ``cells.js`` is the folder of the scripts.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    packages, archives = make_packages()
    snapshot = memory_snapshot()
    packages |= snapshot
    manifest = {
        "memory": "".join(f"../packages/{name}" for name in snapshot),
        "pyodide": {
            "core": PYODIDE_CORE,
            "packages": PYODIDE_PACKAGES,
            "files": CORE_FILES,
            "numpy": numpy_wheel() or None,
        },
        "archives": {name: f"../packages/{file}" for name, file in archives.items()},
        "imports": import_graph(ROOT / "code" / "wordgrad"),
        **settings,
    }
    scripts = {
        path.name: path.read_bytes()
        for path in SCRIPTS.iterdir()
        if path.suffix in {".js", ".py", ".css"} and path.name != "codemirror.js"
    }
    scripts |= editor_files() | {"manifest.json": json.dumps(manifest, sort_keys=True).encode()}
    folder = content_hash(scripts)
    return {
        **{f"{folder}/{name}": data for name, data in scripts.items()},
        **{f"packages/{name}": data for name, data in packages.items()},
    }
