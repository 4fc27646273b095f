"""What the README shows is what the commands print."""

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).resolve().parents[1] / "README.md"
CONSOLE = re.findall(r"```console\n\$ (.*)\n((?:.*\n)*?)```", README.read_text(encoding="utf-8"))
TIME = re.compile(r"in \d+\.\d+ s")


def test_there_are_outputs_to_check() -> None:
    assert len(CONSOLE) >= 2


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[c for c, _ in CONSOLE])
def test_commands_print_what_is_shown(command: str, shown: str) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment, check=False
    )
    assert done.stderr == ""
    assert TIME.sub("in TIME", done.stdout.rstrip()) == TIME.sub("in TIME", shown.rstrip())


def test_the_python_session_runs_as_shown() -> None:
    result = doctest.testfile(str(README), module_relative=False)
    assert result.attempted >= 5
    assert result.failed == 0
