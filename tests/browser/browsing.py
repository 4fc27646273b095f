"""A Chromium and a local server for the built book, shared by tests and screenshots."""

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Debian's Chromium calls home and wants a sandbox unless told otherwise.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What a static host sends compressed; fonts and pictures are compressed as they are.
TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
# How long anything may take, in milliseconds: the machine may have much else to do.
PATIENCE = 120_000
PHONE = (390, 844)
DESKTOP = (1280, 900)


def find_chromium() -> str | None:
    """Return the path of a Chromium: ``CHROMIUM``, or the first known name on the PATH."""
    given = os.environ.get("CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Keep requests out of the test output."""


class _Compressing(_Quiet):
    """Sends text compressed and tells how long it keeps, as static hosts do."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind = self.guess_type(str(path))
        body = path.read_bytes()
        self.send_response(200)
        if kind.startswith(TEXT):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=31536000")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(folder: Path, compressed: bool = False) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine and yield its address."""
    handler = _Compressing if compressed else _Quiet
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """Start the Chromium at ``path`` and stop it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def reader(
    browser: Browser, size: tuple[int, int], theme: str, offline_copy: bool = False
) -> BrowserContext:
    """Return a fresh reader: a window of ``size`` pixels whose system asks for ``theme``.

    Only with ``offline_copy`` the browser knows service workers: they would load the whole site.
    """
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    if not offline_copy:
        context.add_init_script("delete Navigator.prototype.serviceWorker")
    return context


def in_time(page: Page, function: str, given: Any = None) -> Any:
    """Return what an asynchronous function of the page gives; fail if it never does.

    Playwright itself would wait for a promise without an end.
    """
    late = f'() => no(new Error("no answer in {PATIENCE} ms"))'
    return page.evaluate(
        f"""(given) => Promise.race([
              ({function})(given),
              new Promise((_, no) => setTimeout({late}, {PATIENCE})),
            ])""",
        given,
    )


def settle(page: Page, explorables: bool = True) -> None:
    """Wait until all of the page is laid out, fonts are loaded and scripts have looked at it.

    Explorables, which wait for a reader to come near or to use the keyboard, are there too, unless
    `explorables` is False, for pages on which they cannot load.
    """
    page.wait_for_load_state("load")
    in_time(
        page,
        """async (explorables) => {
             await window.MathJax?.startup?.promise;
             await document.fonts.ready;
             const names = [...document.querySelectorAll(".wg-explorable > *")]
               .map((one) => one.localName).filter((one) => one.startsWith("wg-"));
             const defined = names.map((one) => customElements.whenDefined(one));
             if (explorables) await Promise.all(defined);
             dispatchEvent(new KeyboardEvent("keydown"));
             const style = document.createElement("style");
             style.textContent = "*{content-visibility:visible!important}";
             document.head.append(style);
             for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
           }""",
        explorables and page.url.startswith("http"),
    )
