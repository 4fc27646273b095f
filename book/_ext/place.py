"""Settings that depend on the place and the code: the site's address and the execution cache."""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

DEFAULT_URL = "https://word2vec-by-hand.github.io/"
ROOT = Path(__file__).resolve().parents[2]


def code_key(root: Path = ROOT) -> str:
    """Return a short hash of everything that a cell's output depends on besides the cell.

    Parameters
    ----------
    root : Path
        The repository: ``code/`` (Python, grammar and style files) and ``requirements.lock``.
    """
    digest = hashlib.sha256()
    sources = (p for p in (root / "code").rglob("*") if p.suffix in {".py", ".lark", ".mplstyle"})
    for path in [*sorted(sources), root / "requirements.lock"]:
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def set_address(app: Sphinx, config: Config) -> None:
    """Take the address of the site from ``BOOK_URL``."""
    url = (os.environ.get("BOOK_URL") or DEFAULT_URL).rstrip("/") + "/"
    if urlsplit(url).scheme not in {"http", "https"}:
        raise ValueError(f"BOOK_URL is {url!r}; it must be a full address such as {DEFAULT_URL}")
    config.html_baseurl = config.ogp_site_url = url
    config.notfound_urls_prefix = urlsplit(url).path


def set_cache(app: Sphinx, config: Config) -> None:
    """Keep executed cells in a folder of their own for each state of the code.

    With one folder for all, a page would keep the output of code that has since changed. The key
    is a setting too, so that Sphinx reads every page again when it changes.
    """
    config.code_key = code_key()
    config.nb_execution_cache_path = str(ROOT / "_build" / ".jupyter_cache" / config.code_key)


def set_kernel(app: Sphinx, config: Config) -> None:
    """Start kernels with the book's IPython settings: figures as SVG on no background."""
    os.environ["IPYTHONDIR"] = str(ROOT / "_build" / ".ipython")
    profile = ROOT / "_build" / ".ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    settings = (Path(__file__).parent / "kernel_config.py").read_text()
    (profile / "ipython_kernel_config.py").write_text(settings)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the settings; they must be in place before other extensions look."""
    app.add_config_value("code_key", "", "env", str)
    for listener in (set_address, set_cache, set_kernel):
        app.connect("config-inited", listener, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
