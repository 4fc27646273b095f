"""Make the figures of the pages light: fewer bytes, a known size, loaded when they are near.

A browser that knows the size of a figure keeps its place free, and nothing moves when it comes.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

FOLDER = "_images"
IMAGE = re.compile(r'<img\b(?P<before>[^>]*\bsrc="(?:\.\./)*_images/(?P<file>[^"]+\.svg)"[^>]*)>')
OURS = re.compile(r' (?:width|height|loading|decoding)="[^"]*"')
SIZE = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)pt"\sheight="([\d.]+)pt"')
# Prolog, document type and what Matplotlib says of itself.
IDLE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE[^>]*>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
PLACES = re.compile(r'(?<=\s)(?:d|x|y)="[^"]*"')
LONG = re.compile(r"-?\d+\.\d{3,}")
BETWEEN = re.compile(r">\s+<")
# Matplotlib writes a dot of its own size as eight curves that end on its rim.
DOT = re.compile(r'<path d="M(?: \S+){2}((?: C(?: \S+){6}){8}) ?[zZ]"')
RIM = re.compile(r"C(?: \S+){4} (\S+) (\S+)")
# How far a rounded point may lie from where it was.
ROUNDING = 0.01
# Points to pixels.
PIXELS = 96 / 72
# A page whose first figure stands this early may show it without scrolling.
EARLY_SECTIONS = 3


def slim(svg: str) -> str:
    """Return the drawing ``svg`` in fewer bytes, its coordinates to a hundredth of a point.

    Examples
    --------
    >>> slim('<?xml version="1.0"?>\\n<svg> <path d="M 0.123456 2 \\n L 1 2"/>\\n</svg>')
    '<svg><path d="M 0.12 2 L 1 2"/></svg>'
    """

    def shorten(places: re.Match[str]) -> str:
        short = LONG.sub(lambda each: f"{float(each[0]):.2f}".rstrip("0").rstrip("."), places[0])
        return re.sub(r"\s+", " ", short).replace(' "', '"')

    return DOT.sub(as_circle, BETWEEN.sub("><", PLACES.sub(shorten, IDLE.sub("", svg))).strip())


def as_circle(path: re.Match[str]) -> str:
    """Return the beginning of a circle for that of a path of eight curves, if they make one.

    Examples
    --------
    >>> DOT.sub(as_circle, '<path d="M 0 0" />')
    '<path d="M 0 0" />'
    """
    rim = [complex(float(x), float(y)) for x, y in RIM.findall(path[1])]
    centre = sum(rim) / len(rim)
    radius = sum(abs(point - centre) for point in rim) / len(rim)
    if any(abs(abs(point - centre) - radius) > ROUNDING for point in rim):
        return path[0]
    return f'<circle cx="{centre.real:.2f}" cy="{centre.imag:.2f}" r="{radius:.2f}"'


def size_of(svg: str) -> tuple[int, int] | None:
    """Return the width and height of a drawing in pixels, if it says them in points.

    Examples
    --------
    >>> size_of('<svg version="1.1" width="72pt" height="36.1pt">')
    (96, 48)
    """
    found = SIZE.search(svg)
    return (round(float(found[1]) * PIXELS), round(float(found[2]) * PIXELS)) if found else None


def place_figures(text: str, sizes: dict[str, tuple[int, int]]) -> str:
    """Return the page ``text``, its figures with their sizes, late ones to be loaded when near.

    Parameters
    ----------
    text : str
    sizes : dict
        File names below ``_images`` to width and height in pixels.
    """

    def place(image: re.Match[str]) -> str:
        size = sizes.get(image["file"])
        kept = OURS.sub("", image["before"])
        if size:
            kept += f' width="{size[0]}" height="{size[1]}"'
        if text.count("<section", 0, image.start()) > EARLY_SECTIONS:
            kept += ' loading="lazy" decoding="async"'
        return f"<img{kept}>"

    return IMAGE.sub(place, text)


def lighten(app: Sphinx, error: Exception | None) -> None:
    """Slim the drawings and mark where they stand on all pages."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    sizes = {}
    for drawing in (out / FOLDER).glob("*.svg"):
        svg = drawing.read_text(encoding="utf-8")
        lean = slim(svg)
        if lean != svg:
            drawing.write_text(lean, encoding="utf-8")
        if size := size_of(lean):
            sizes[drawing.name] = size
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        placed = place_figures(text, sizes)
        if placed != text:
            page.write_text(placed, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Lighten the figures once the HTML is mended."""
    app.connect("build-finished", lighten, priority=710)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
