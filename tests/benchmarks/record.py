"""A result as JSON: with the date, the machine and the versions it was measured with."""

import datetime
import importlib.metadata
import json
import os
import platform
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results"


def write(path: Path, measured: dict[str, Any], packages: Iterable[str]) -> None:
    """Write what was measured, and where and with what."""
    circumstances = {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": {"python": platform.python_version()} | {p: version(p) for p in packages},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(circumstances | measured, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    print(f"Wrote {path}")


def machine() -> dict[str, Any]:
    """The processor, its cores, the system and how busy it is."""
    cpu = platform.processor()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = re.findall(r"^model name\s*:\s*(.*)$", information.read_text(), re.MULTILINE)
        cpu = names[0] if names else cpu
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    return {"cpu": cpu, "cores": os.cpu_count(), "system": platform.system(), "load": load}


def version(package: str) -> str | None:
    """The installed version of a package; None if it is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def for_book(path: Path) -> None:
    """Copy a result to the package, where the figures of the book find it, in a browser too."""
    target = ROOT / "code" / "wordgrad" / "figures" / "records" / path.name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(path.read_bytes())
    print(f"Wrote {target}")
