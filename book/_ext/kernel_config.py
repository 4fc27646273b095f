"""IPython settings of the kernels that execute the book (place.py copies this file)."""

c = get_config()  # noqa: F821  IPython defines it

c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {"facecolor": "none", "bbox_inches": "tight"}
c.InlineBackend.rc = {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.hashsalt": "word2vec-by-hand",
}
# No history database: kernels that start at the same moment would wait for its lock.
c.HistoryManager.enabled = False
