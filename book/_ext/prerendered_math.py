"""Typeset the formulas of the finished pages, so that no page needs a script for them.

One Node process runs MathJax over all pages (``book/_node/typeset.mjs``). Each formula becomes an
SVG with its words for screen readers and its TeX for copying; the glyphs are drawn once a page.
Without Node the pages keep their TeX, and the reader's browser typesets it (self_hosted_mathjax).
"""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util import logging

ROOT = Path(__file__).resolve().parents[2]
NODE_FOLDER = ROOT / "book" / "_node"
CACHE = ROOT / "_build" / ".typeset"
PACKAGES = ("mathjax-full", "speech-rule-engine")
# What Sphinx writes for a formula in the text, and for one on its own with or without a number.
FORMULA = re.compile(
    r'(?P<open><(?P<tag>span|div) class="(?:[\w-]+ )*math(?: [\w-]+)*"[^>]*>\s*'
    r'(?P<number><span class="eqno">.*?</span>)?)\s*'
    r"(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]|(?P<bare>\\begin\{.*?))"
    r"\s*(?P<close></(?P=tag)>)",
    re.DOTALL,
)
# Scripts and settings of MathJax, which a page without TeX does not need.
MATHJAX_SCRIPT = re.compile(
    r'\s*<script\b(?:[^>]*src="[^"]*_static/mathjax/[^"]*"[^>]*>|[^>]*>window\.MathJax = .*?)'
    r"</script>"
)

# A drawn formula in the text with a sign behind it, which would else begin the next line.
BEFORE_SIGN = re.compile(
    r'<span class="math notranslate nohighlight"><mjx-container[^>]*><svg width="(?P<em>[\d.]+)em"'
    r"(?:(?!</mjx-container>).)*</mjx-container></span>[,.;:!?)]+",
    re.DOTALL,
)
SHORT = 10.0  # em; a longer formula may have to scroll

Formula = tuple[str, bool]  # TeX, and whether it stands on its own
logger = logging.getLogger(__name__)


def node_program(folder: Path = NODE_FOLDER) -> str | None:
    """Return the path of Node if it and the packages it needs are there."""
    node = shutil.which("node")
    there = all((folder / "node_modules" / name).is_dir() for name in PACKAGES)
    return node if node and there else None


def read_formula(match: re.Match[str]) -> Formula:
    """Return the TeX of a formula found by ``FORMULA`` and whether it stands on its own."""
    tex = match["inline"] or match["display"] or match["bare"] or ""
    return unescape(tex).strip(), match["inline"] is None


def typeset(node: str, formulas: Sequence[Formula], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Run the Node program; return its answer.

    Parameters
    ----------
    node : str
        The path of Node.
    formulas : sequence of (str, bool)
        TeX, and whether it stands on its own.
    settings : mapping
        The book's ``mathjax3_config``: macros, and the size of formulas.
    """
    question = {
        "macros": settings.get("tex", {}).get("macros", {}),
        "scale": settings.get("chtml", {}).get("scale", 1),
        "formulas": [{"tex": tex, "display": display} for tex, display in formulas],
    }
    process = subprocess.run(
        [node, str(NODE_FOLDER / "typeset.mjs")],
        input=json.dumps(question), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if process.returncode:
        raise ExtensionError(f"typeset.mjs failed: {process.stderr.strip()}")
    answer: dict[str, Any] = json.loads(process.stdout)
    return answer


def look_up(node: str, formulas: Sequence[Formula], app: Sphinx) -> dict[str, Any]:
    """Return what ``typeset`` says, from earlier builds as far as they asked the same."""
    settings = app.config.mathjax3_config or {}
    key = hashlib.sha256((program_key() + json.dumps(settings)).encode()).hexdigest()[:16]
    saved = CACHE / f"{key}.json"
    known = json.loads(saved.read_text(encoding="utf-8")) if saved.is_file() else {}
    glyphs, answers = known.get("glyphs", {}), known.get("formulas", {})
    names = [json.dumps(formula) for formula in formulas]
    missing = [one for one, name in zip(formulas, names, strict=True) if name not in answers]
    if missing:
        answer = typeset(node, missing, settings)
        glyphs |= answer["glyphs"]
        answers |= zip(map(json.dumps, missing), answer["formulas"], strict=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        saved.write_text(json.dumps({"glyphs": glyphs, "formulas": answers}), encoding="utf-8")
    return {"glyphs": glyphs, "formulas": [answers[name] for name in names]}


def write_formula(match: re.Match[str], drawn: Mapping[str, Any]) -> str:
    """Return the HTML of a formula: its number if it has one, its drawing, its words, its TeX."""
    tex, display = read_formula(match)
    words = escape(drawn["speech"])
    svg = drawn["svg"].replace('role="img"', f'role="img" aria-label="{words}"', 1)
    kind = ' display="true"' if display else ""
    return (
        f'{match["open"]}<mjx-container class="MathJax" jax="SVG"{kind} data-tex="{escape(tex)}">'
        f"{svg}</mjx-container>{match['close']}"
    )


def write_glyphs(wanted: Sequence[str], glyphs: Mapping[str, str]) -> str:
    """Return the drawing, itself invisible, that holds the glyphs a page uses."""
    paths = "".join(glyphs[name] for name in sorted(set(wanted)))
    return (
        f'<svg class="wg-glyphs" aria-hidden="true" width="0" height="0"><defs>{paths}</defs></svg>'
    )


def glue(match: re.Match[str]) -> str:
    """Return a short formula and the sign behind it as what stays on one line."""
    if float(match["em"]) > SHORT:
        return match[0]
    return f'<span class="wg-glue">{match[0]}</span>'


def typeset_page(text: str, drawn: Mapping[Formula, Any], glyphs: Mapping[str, str]) -> str:
    """Return the page ``text`` with every formula drawn and MathJax's scripts gone."""
    used: list[str] = []

    def replace(match: re.Match[str]) -> str:
        one = drawn[read_formula(match)]
        used.extend(one["glyphs"])
        return write_formula(match, one)

    text = BEFORE_SIGN.sub(glue, MATHJAX_SCRIPT.sub("", FORMULA.sub(replace, text)))
    if used:
        text = text.replace("</body>", f"{write_glyphs(used, glyphs)}\n</body>")
    return text


def typeset_site(app: Sphinx, error: Exception | None) -> None:
    """Typeset the formulas of all pages that still have TeX in them."""
    if error or app.builder.format != "html":
        return
    node = node_program()
    if node is None:
        logger.info(
            "Node or its packages are missing (`make setup` installs them where npm is found): "
            "formulas will be typeset in the reader's browser."
        )
        return
    pages = {path: path.read_text(encoding="utf-8") for path in Path(app.outdir).rglob("*.html")}
    found = dict.fromkeys(
        read_formula(match) for text in pages.values() for match in FORMULA.finditer(text)
    )
    answer = look_up(node, list(found), app)
    drawn = dict(zip(found, answer["formulas"], strict=True))
    faults = [f"{tex}: {one['error']}" for (tex, _), one in drawn.items() if "error" in one]
    if faults:
        raise ExtensionError("MathJax does not understand\n" + "\n".join(faults))
    for path, text in pages.items():
        done = typeset_page(text, drawn, answer["glyphs"])
        if done != text:
            path.write_text(done, encoding="utf-8")


def program_key() -> str:
    """Return a hash of the program that typesets and of the packages that it uses."""
    packages = (NODE_FOLDER / "node_modules" / name for name in PACKAGES)
    parts = [NODE_FOLDER / "typeset.mjs", *(package / "package.json" for package in packages)]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def set_key(app: Sphinx, config: Config) -> None:
    """Have every page written again when the program, its packages or Node's presence change."""
    here = Path(__file__).read_text(encoding="utf-8")
    config.typesetter_key = program_key() + here if node_program() else "in the browser"


def setup(app: Sphinx) -> dict[str, bool]:
    """Typeset once pages are written and the theme is done with them (500), before other steps."""
    app.add_config_value("typesetter_key", "", "html", str)
    app.connect("config-inited", set_key, priority=100)
    app.connect("build-finished", typeset_site, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
