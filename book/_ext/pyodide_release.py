"""The release of Pyodide that the site uses: its files with their hashes, and what is made of them.

What Node is needed for is left out where it is missing.
"""

import hashlib
import json
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Mapping

from place import ROOT

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

Files = Mapping[str, bytes]


def node_program(package: str) -> str | None:
    """The path of Node if it and an npm package are there."""
    node = shutil.which("node")
    return node if node and (NODE_FOLDER / "node_modules" / package).is_dir() else None


def content_hash(files: Files) -> str:
    """A short name for the content of files."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()[:16]


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
    target = CACHE / f"memory-{content_hash({**core, '//': program.read_bytes()})}.gz"
    if not target.exists():
        done = target.with_suffix(".new")
        subprocess.run([node, str(program), str(pyodide), str(done)], check=True, timeout=600)
        done.replace(target)
    data = target.read_bytes()
    return {f"memory-{content_hash({'': data})}.bin": data}
