"""Running generated JavaScript: one process for many calls, JSON in and out."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

NODE = shutil.which("node")
_RUN = """
import { readFileSync, writeFileSync } from "node:fs";
const [, , input, output] = process.argv;
const calls = JSON.parse(readFileSync(input, "utf8"));
writeFileSync(output, JSON.stringify(calls.map(([name, given]) => FUNCTIONS[name](...given))));
"""


def run(module: str, names: list[str], calls: list[tuple[str, list[Any]]], folder: Path) -> Any:
    """The results of the calls of functions of a module; a number that is not finite is None."""
    if NODE is None:
        pytest.skip("node is not installed: generated JavaScript cannot be run")
    table = f"\nconst FUNCTIONS = {{ {', '.join(names)} }};\n"
    (folder / "run.mjs").write_text(module + table + _RUN, encoding="utf-8")
    (folder / "in.json").write_text(json.dumps(calls, default=_plain), encoding="utf-8")
    command = [NODE, "run.mjs", "in.json", "out.json"]
    subprocess.run(command, cwd=folder, check=True, timeout=300)
    return json.loads((folder / "out.json").read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
