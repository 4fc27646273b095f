"""Every published notebook runs from beginning to end, in a folder where nothing else is."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from built_site import SITE
from notebooks import FOLDER, nbformat

pytestmark = [pytest.mark.site, pytest.mark.slow]

nbclient: Any = importlib.import_module("nbclient")
SECONDS = 900  # for a cell, on a slow machine; a cell that hangs must end some time


def test_notebook_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    book = nbformat.read(str(SITE / FOLDER / f"{name}.ipynb"), as_version=4)
    where = tmp_path / "empty"
    where.mkdir()
    client = nbclient.NotebookClient(
        book, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(where)}}
    )
    client.execute()
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.source for cell in cells if cell.execution_count is None] == []
