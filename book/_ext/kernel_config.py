"""IPython settings of the kernels that execute the book (place.py copies this file)."""

c = get_config()  # type: ignore[name-defined]  # noqa: F821  IPython defines it

# Figures: vector, on no background, and the same bytes for the same figure.
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {
    "facecolor": "none",
    "bbox_inches": "tight",
    "metadata": {"Date": None},
}
c.InlineBackend.rc = {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.hashsalt": "word2vec-by-hand",
}
# No history database: kernels that start at the same moment would wait for its lock.
c.HistoryManager.enabled = False
# Kernels talk to the build over the loopback interface; the warning about that is no news.
c.IPKernelApp.log_level = 40
