"""Reduce the theme's icon fonts, 300 kB, to the icons that a style sheet names."""

import hashlib
import io
import logging
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# An escape, or the character itself, in one of the areas for private use.
ICON = re.compile(r"""["'](?:\\([ef][0-9a-f]{3})|([\ue000-\uf8ff]))["']""")
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_FILE = re.compile(r"url\(\s*[\"']?([^\"')]*/(fa-[\w-]+)\.ttf)[\"']?\s*\)")
SOURCE = re.compile(r"src:[^;}]*")
# It reports every step.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def shrink_icons(css: str, folder: Path) -> str:
    """Return ``css`` with icon fonts cut down to the icons it names, written to ``folder``.

    Parameters
    ----------
    css : str
        A style sheet that will be in ``folder``; addresses in it are relative to that.
    folder : Path
        Where the style sheet and the new font files go.
    """
    wanted = {int(code, 16) if code else ord(sign) for code, sign in ICON.findall(css)}

    def replace(face: re.Match[str]) -> str:
        found = FONT_FILE.search(face[0])
        if not found:
            return face[0]
        small = cut(folder / found[1], wanted)
        if not small:
            return ""
        name = f"{found[2]}.{hashlib.sha256(small).hexdigest()[:8]}.woff"
        (folder / name).write_bytes(small)
        return SOURCE.sub(f'src:url({name}) format("woff")', face[0])

    return FONT_FACE.sub(replace, css)


def cut(path: Path, wanted: set[int]) -> bytes:
    """Return the font at ``path`` cut to the characters ``wanted``; nothing if it has none."""
    font = TTFont(path, recalcTimestamp=False)
    if not wanted & set(font.getBestCmap()):
        return b""
    options = subset.Options(flavor="woff", layout_features=[], hinting=False, name_IDs=[1, 2, 13])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor = "woff"
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()
