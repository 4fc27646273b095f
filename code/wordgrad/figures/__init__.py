"""The book's figures: one module per chapter, one function per figure, each returns its Figure.

A figure function computes what it shows, draws it and returns it; it takes no path and saves
nothing.  `@styled` (in ``_style.py``) gives it the book's look and keeps notebooks from showing it
twice::

    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    from ._style import BLUE, label_end, styled


    @styled
    def saturation() -> Figure:
        '''Sigmoid and its slope: the slope dies on both sides.'''
        figure, axes = plt.subplots()
        (line,) = axes.plot(x, sigmoid(x), color=BLUE)
        label_end(line, "σ(x)")  # a label at the line, instead of a legend
        axes.set(xlabel="score", ylabel="probability")
        return figure

Sizes, fonts and line widths come from ``wordgrad.mplstyle``; more room is asked for in steps:
``plt.subplots(2, figsize=size(rows=2))``.  Panels go one above the other, because a phone shows
the page 390 pixels wide.  A figure has no title inside; the page gives the caption and the
alternative text::

    ```{code-cell} ipython3
    ---
    tags: [remove-input]
    mystnb:
      image:
        alt: What a reader who cannot see the figure needs to know.
      figure:
        name: fig-saturation
        caption: One sentence that says what to see.
    ---
    saturation()
    ```

This file imports nothing, so a page pays only for the figures that it shows.
"""
