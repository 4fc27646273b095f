"""Make what live cells need on the site: Python packages, the list of Pyodide's files, the editor.

The book's package and the pure-Python packages it needs (SymPy in the version that built the book,
mpmath, lark) come from the site; Pyodide, with NumPy and matplotlib, comes from
``PYODIDE_CORE`` and ``PYODIDE_PACKAGES``, and only when a reader asks for it.

Where Node is missing, packages are shipped uncompiled (importing SymPy takes some seconds more),
Python starts from the beginning instead of from a stored memory, and *Edit* opens a plain text
field.
"""

import ast
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from place import ROOT
from wordgrad.latex.parser import parser_tables

PYODIDE = "0.27.7"
# To serve Pyodide from elsewhere, put the files of its release there and change both addresses.
PYODIDE_CORE = f"https://cdn.jsdelivr.net/npm/pyodide@{PYODIDE}/"
PYODIDE_PACKAGES = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
CORE_FILES = {
    "pyodide.mjs": "sha256-BMBSyBWrsL8pgfo4wt+ljjEg7lKIyVbfKyoV4wF4LF8=",
    "pyodide.asm.js": "sha256-a0yQ3ltxcoc/BPIYhNDp0idOMF/jIRZVj+Pk++NhjVE=",
    "pyodide.asm.wasm": "sha256-pQ3RhD+AWgt8RbYQN+4Neybf6F7+DhjvlaNK0k5AH18=",
    "python_stdlib.zip": "sha256-FmEVNHJuXYrCvY+SZBCy3LjW9JqiSRNGNTO0V6IRXBY=",
    "pyodide-lock.json": "sha256-nEW5FgAadQ9BAvwodJTz6rIVkJx1NcYmog24D9YzPiw=",
}
SCRIPTS = ROOT / "book" / "_live"
NODE_FOLDER = ROOT / "book" / "_node"
CACHE = ROOT / "_build" / ".live"
# Distributions that go into one archive; their tests and what no page could use stay behind.
VENDORED = (("sympy", "mpmath"), ("lark",))
LEFT_OUT = {"tests", "benchmarks", "autolev", "testing", "__pycache__"}
PHYSICS = ("sympy", "physics")  # large; sympy.simplify asks for its units

Files = Mapping[str, bytes]


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
    target = CACHE / f"wheel-{_hash(sources)}"
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


def node_program(package: str) -> str | None:
    """The path of Node if it and an npm package are there."""
    node = shutil.which("node")
    return node if node and (NODE_FOLDER / "node_modules" / package).is_dir() else None


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
    key = _hash({**files, "//": program.read_bytes() + bytes([keep_source])})
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


def numpy_wheel() -> dict[str, str]:
    """File name and hash of Pyodide's NumPy, by its lock file; empty where there is no Node."""
    if node_program("pyodide") is None:
        return {}
    lock = (NODE_FOLDER / "node_modules" / "pyodide" / "pyodide-lock.json").read_bytes()
    found = json.loads(lock)["packages"]["numpy"]
    digest = b64encode(bytes.fromhex(found["sha256"])).decode()
    return {"file": found["file_name"], "integrity": f"sha256-{digest}"}


def memory_snapshot() -> dict[str, bytes]:
    """The memory of a Python that has just started, with the hash of its content in its name.

    Empty where Node is missing: then Python starts from the beginning. It fits the very files of
    `CORE_FILES` only, so Node's copy of them is compared with their hashes.
    """
    node = node_program("pyodide")
    if node is None:
        return {}
    program = SCRIPTS / "make_snapshot.mjs"
    pyodide = NODE_FOLDER / "node_modules" / "pyodide"
    core = {name: (pyodide / name).read_bytes() for name in CORE_FILES}
    for name, data in core.items():
        if f"sha256-{b64encode(hashlib.sha256(data).digest()).decode()}" != CORE_FILES[name]:
            raise ValueError(f"{pyodide / name} is not the file of Pyodide {PYODIDE}")
    target = CACHE / f"memory-{_hash({**core, '//': program.read_bytes()})}.gz"
    if not target.exists():
        done = target.with_suffix(".new")
        subprocess.run([node, str(program), str(pyodide), str(done)], check=True, timeout=600)
        done.replace(target)
    data = target.read_bytes()
    return {f"memory-{_hash({'': data})}.bin": data}


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
    target = CACHE / f"codemirror-{_hash({'source': source, 'locked': locked})}.js"
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
    target = CACHE / f"parser-{_hash({**sources, '//': version})}.py"
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
        name = f"{packages[0]}-{_hash({'': data})}.zip"
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
    folder = _hash(scripts)
    return {
        **{f"{folder}/{name}": data for name, data in scripts.items()},
        **{f"packages/{name}": data for name, data in packages.items()},
    }


def _hash(files: Files) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:16]
