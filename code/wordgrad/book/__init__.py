"""What a chapter calls: show a proved derivation, a table of gradients, a judged line, some code.

Each function returns an object that a notebook displays.  The book's pages take its Markdown
(with MyST classes), Jupyter takes its HTML; both carry the same lines.  A derivation with a line
that is not proved cannot be shown: it raises `NotProved`, which fails the build of the page.
"""

from wordgrad.book.derivations import NotProved, show_derivation, show_result
from wordgrad.book.notation import show_definitions, show_symbols
from wordgrad.book.page import Page
from wordgrad.book.report import show_report, show_targets
from wordgrad.book.sheet import show_sheet
from wordgrad.book.slips import show_sheet_summary, show_slips
from wordgrad.book.source import show_source
from wordgrad.book.tables import show_gradient_table
from wordgrad.book.tally import show_tally
from wordgrad.book.verdicts import show_judged

__all__ = [
    "NotProved",
    "Page",
    "show_definitions",
    "show_derivation",
    "show_gradient_table",
    "show_judged",
    "show_report",
    "show_result",
    "show_sheet",
    "show_sheet_summary",
    "show_slips",
    "show_source",
    "show_symbols",
    "show_tally",
    "show_targets",
]
