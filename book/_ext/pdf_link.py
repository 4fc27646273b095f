"""Link to the PDF of the whole book, if there is one and it was printed from these very pages.

``make pdf`` prints the built site, so that the site is there before its PDF. A chapter says where
the link goes (``{pdf-link}``); the place is empty until ``publish`` fills it, after a print and at
the end of every build. A PDF of other pages than these is not linked.
"""

import hashlib
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from offline import WORKER, list_files, worker_text
from place import ROOT

PRINTED = ROOT / "_build" / "pdf" / "word2vec-by-hand.pdf"
PLACE = "_downloads"
EMPTY = '<p class="wg-pdf" hidden></p>'
SLOT = re.compile(r'<p class="wg-pdf"[^>]*>.*?</p>', re.DOTALL)
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)


class pdf_link(nodes.General, nodes.Element):
    """The place of the link."""


class PdfLinkDirective(SphinxDirective):
    """``pdf-link``: here."""

    def run(self) -> list[nodes.Node]:
        """Return the place."""
        return [pdf_link("")]


def write_place(translator: SphinxTranslator, _node: pdf_link) -> None:
    """Write the place, empty."""
    translator.body.append(f"{EMPTY}\n")  # type: ignore[attr-defined]
    raise nodes.SkipNode


def state(site: Path) -> str:
    """Return a hash of the text of all pages, without the link."""
    digest = hashlib.sha256()
    for page in sorted(site.rglob("*.html")):
        for article in ARTICLE.findall(page.read_text(encoding="utf-8")):
            digest.update(SLOT.sub(EMPTY, article).encode())
    return digest.hexdigest()


def note(pdf: Path) -> Path:
    """Return the file beside a PDF that says of which pages it is."""
    return pdf.with_suffix(".pages.txt")


def printed_from(site: Path, pdf: Path) -> None:
    """Note that a PDF was printed from the pages as they are."""
    note(pdf).write_text(state(site), encoding="utf-8")


def publish(site: Path, pdf: Path = PRINTED) -> bool:
    """Put the PDF into the site and link it, or take it out if it is of other pages.

    Parameters
    ----------
    site : Path
        The built site; the list of its offline copy is written anew.
    pdf : Path
        The printed book.

    Returns
    -------
    bool
        Whether the site has it now.
    """
    has = pdf.is_file() and note(pdf).is_file() and note(pdf).read_text() == state(site)
    target = site / PLACE / pdf.name
    if has:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(pdf, target)
    else:
        target.unlink(missing_ok=True)
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        done = SLOT.sub(link(target) if has else EMPTY, text)
        if done != text:
            page.write_text(done, encoding="utf-8")
    return has


def link(pdf: Path) -> str:
    """Return the link, with the size of what it leads to."""
    size = f"{pdf.stat().st_size / 1e6:.1f} MB"
    return (
        f'<p class="wg-pdf"><a href="{PLACE}/{pdf.name}">The whole book as a PDF</a> ({size})</p>'
    )


def refresh_worker(site: Path) -> None:
    """List the files of the site again in the worker that keeps them, if there is one."""
    worker = site / WORKER
    if worker.is_file() and "const FIRST" in worker.read_text(encoding="utf-8"):
        worker.write_text(worker_text(*list_files(site)), encoding="utf-8")


def publish_site(app: Sphinx, error: Exception | None) -> None:
    """Link the PDF in a build, before the worker lists the files."""
    if not error and app.builder.name == "html":
        publish(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive; link when pages are sealed (900) and not yet listed (950)."""
    app.add_directive("pdf-link", PdfLinkDirective)
    app.add_node(pdf_link, html=(write_place, None))
    app.connect("build-finished", publish_site, priority=920)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
