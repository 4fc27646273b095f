"""Let the book be built as one page (``--builder singlehtml``), from which a browser prints it."""

from sphinx.application import Sphinx


def share_handlers(app: Sphinx) -> None:
    """Let the one-page builder write every node that the page-by-page builder can write.

    Sphinx looks for a builder's own handlers and only without any falls back to those for HTML.
    sphinx-exercise registers some of its own, which hides everybody else's.
    """
    handlers = app.registry.translation_handlers
    handlers["singlehtml"] = {**handlers.get("html", {}), **handlers.get("singlehtml", {})}


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect it once all extensions have registered theirs."""
    app.connect("builder-inited", share_handlers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
