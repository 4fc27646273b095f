"""`import wordgrad` must stay light: what it loads, not how long it takes."""

import importlib.metadata
import subprocess
import sys

import wordgrad

HEAVY = ("sympy", "mpmath", "matplotlib", "lark", "scipy", "pandas", "IPython", "distributed")


def modules_after(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after `statement`."""
    script = f"{statement}; import sys; print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", script]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_import_loads_no_heavy_package():
    loaded = modules_after("import wordgrad")
    assert "wordgrad.numeric" in loaded
    assert not loaded & set(HEAVY)


def test_the_probe_would_notice():
    assert "mpmath" in modules_after("import wordgrad, mpmath")


def test_every_public_name_exists():
    assert sorted(wordgrad.__all__) == sorted(set(wordgrad.__all__))
    for name in wordgrad.__all__:
        assert getattr(wordgrad, name) is not None


def test_version_is_that_of_the_package():
    assert wordgrad.__version__ == importlib.metadata.version("wordgrad")
