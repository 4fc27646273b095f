"""Let a chapter show an explorable: a custom element around what one sees without it.

A chapter writes the words, and the paragraph that print, notebooks and readers without scripts get:

.. code-block:: markdown

   ```{explorable} sigmoid
   :caption: Drag the point along the curve.

   At score 0 the tangent is steepest; beyond 4.6 on both sides it is nearly level.
   ```

The page then loads ``book/_explorables/sigmoid.js`` as a module, and no other page does. The
folder that the modules are served from has a name made from their content, so that browsers may
keep them. Their formulas come from ``_static/formulas.js``, which is made from proved lines.
"""

import hashlib
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective

SOURCE = Path(__file__).resolve().parents[1] / "_explorables"
FOLDER = "explorables"
STYLE = "explorables.css"
# Modules that are no element: others import them.
SHARED = {"explorable", "plane"}


class explorable(nodes.General, nodes.Element):
    """The custom element, with its fallback inside."""


class explorable_caption(nodes.Part, nodes.TextElement):
    """What one can do with it, under it."""


def elements(source: Path = SOURCE) -> list[str]:
    """Return the names of the explorables that there are."""
    return sorted({path.stem for path in source.glob("*.js")} - SHARED)


def files(source: Path = SOURCE) -> dict[str, bytes]:
    """Return the modules by their place in the site's ``_static``; its folder names the content."""
    modules = {path.name: path.read_bytes() for path in sorted(source.glob("*.js"))}
    digest = hashlib.sha256(repr(modules).encode()).hexdigest()[:10]
    return {f"{FOLDER}/{digest}/{name}": data for name, data in modules.items()}


class ExplorableDirective(SphinxDirective):
    """``explorable``: its name, a caption, and the fallback."""

    required_arguments = 1
    has_content = True
    option_spec = {"caption": directives.unchanged_required}  # noqa: RUF012 (as docutils has it)

    def run(self) -> list[nodes.Node]:
        """Return the element and its caption."""
        name = self.arguments[0]
        if name not in elements():
            raise self.error(f"no explorable is called {name!r}; there are {elements()}")
        if "caption" not in self.options:
            raise self.error("an explorable needs a :caption: that says what to do with it")
        self.assert_has_content()
        node = explorable("", name=name)
        self.state.nested_parse(self.content, self.content_offset, node)
        words, messages = self.state.inline_text(self.options["caption"], self.lineno)
        node += explorable_caption("", "", *words)
        self.set_source_info(node)
        return [node, *messages]


def visit_explorable(self: Any, node: nodes.Element) -> None:
    """Open the element; on one page with everything else, for print, only the fallback is left."""
    tag = "div" if self.builder.name == "singlehtml" else f"wg-{node['name']}"
    self.body.append(f'<figure class="wg-explorable"><{tag}><div class="wg-fallback">\n')


def depart_explorable(self: Any, node: nodes.Element) -> None:
    """Close the figure."""
    self.body.append("</figure>\n")


def visit_caption(self: Any, node: nodes.Element) -> None:
    """Close the element before its caption."""
    name = node.parent["name"]
    tag = "div" if self.builder.name == "singlehtml" else f"wg-{name}"
    self.body.append(f"</div></{tag}><figcaption><p>")


def depart_caption(self: Any, node: nodes.Element) -> None:
    """Close the caption."""
    self.body.append("</p></figcaption>\n")


def add_to_page(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the modules of the explorables on a page, and the style they share."""
    if doctree is None or app.builder.name == "singlehtml":
        return
    names = dict.fromkeys(node["name"] for node in doctree.findall(explorable))
    if not names:
        return
    app.add_css_file(f"{FOLDER}/{STYLE}")
    for name in names:
        app.add_js_file(f"{app.config.explorables_folder}/{name}.js", type="text/x-module")


def prepare(app: Sphinx, config: Config) -> None:
    """Name the folder; the name is a setting: when it changes, every page is written again."""
    config.explorables_folder = next(iter(files())).rpartition("/")[0]


def write_files(app: Sphinx, error: Exception | None) -> None:
    """Write the modules and their style, and remove those of earlier builds."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    current = {**files(), f"{FOLDER}/{STYLE}": (SOURCE / STYLE).read_bytes()}
    for name, data in current.items():
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_bytes(data)
    for old in sorted((static / FOLDER).rglob("*"), reverse=True):
        if old.is_file() and old.relative_to(static).as_posix() not in current:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive; files are written before pages are bundled and sealed."""
    app.add_config_value("explorables_folder", "", "html", str)
    app.add_node(explorable, html=(visit_explorable, depart_explorable))
    app.add_node(explorable_caption, html=(visit_caption, depart_caption))
    app.add_directive("explorable", ExplorableDirective)
    app.connect("config-inited", prepare)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", write_files, priority=60)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
