"""Text is parsed, never evaluated: nothing between a line and its verdict runs what a reader wrote.

Once by reading the source of every module on that road, and once by watching the interpreter.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import wordgrad

ROOT = Path(wordgrad.__file__).parent
FOLDERS = ("latex", "meaning", "calculus", "oracle", "proof", "checker", "codegen")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
RUNS_TEXT = {"eval", "exec", "compile", "parse_expr", "parse_latex", "lambdify", "__import__"}
RUNS_TEXT |= {"system", "popen", "Popen", "import_module", "loads", "load", "S"}


def _calls(source: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func
            yield getattr(name, "attr", "") or getattr(name, "id", ""), node


def _forbidden(source: str) -> list[str]:
    """Calls that would run text, and names that stand for such functions."""
    found = []
    for name, node in _calls(source):
        harmless = ast.unparse(node.func) in ("re.compile", "json.loads")
        strict = any(k.arg == "strict" and ast.unparse(k.value) == "True" for k in node.keywords)
        if (name in RUNS_TEXT and not harmless) or (name == "sympify" and not strict):
            found.append(ast.unparse(node))
    used = (node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
    return found + [name for name in used if name in ("eval", "exec", "__import__")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_module_runs_text(path: Path) -> None:
    assert _forbidden(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["eval(x)", "sp.sympify(text)", "sympify(t, strict=False)", "parse_expr(x)", "run = exec",
     "compile(x, '', 'eval')", "os.system(x)"],
)  # fmt: skip
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert _forbidden(source)
    assert not _forbidden("re.compile('a'); sp.sympify(tree, strict=True); sp.S.One")


WATCH = r"""
import sys
from wordgrad.checker import check_derivation
targets = ("naive_vc", "neg_vc", "sigmoid_derivative", "")
lines = sys.stdin.read().split("\n")
def check(end):
    for target in targets:
        check_derivation([line + end for line in lines], target)
check("")  # what is imported and made once is made now
seen = []
def watch(event, arguments):
    if event in ("compile", "exec", "import", "os.system", "subprocess.Popen", "open"):
        seen.append((event, str(arguments)[:80]))
sys.addaudithook(watch)
check(" ")  # other texts, so that none has been read before
seen_checking = list(seen)
eval("1+1")
assert len(seen) > len(seen_checking), "the watch is asleep"
print(seen_checking)
"""
LINES = [
    "__import__('os').system('true')",
    r"J := \log \hat y_o",
    r"\frac{\partial J}{\partial v_c} = -u_o + \sum_w \hat y_w u_w",
    "lambda: 0",
    r"\input{/etc/passwd}",
    "sigma(x)(1 - sigma(x))",
    "exec(open('a').read())",
    r"\sigma'(x) = x.__class__",
]


def test_the_interpreter_compiles_nothing_while_lines_are_checked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH], input="\n".join(LINES), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
