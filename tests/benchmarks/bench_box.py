"""Measure how long a reader waits for verdicts in the derivation box of the built book.

    python tests/benchmarks/bench_box.py [--repeats N] [--site FOLDER]

*Cold* is a first visit in a fresh browser; *warm* is another page of the same browser, which has
the site's files but starts Python again; *later* is one changed line while Python runs. Seconds
are counted from the first click (on an example; *Check* is pressed at once after it), and CPU
seconds are those of all of Chromium's processes meanwhile. Pyodide's host is played by a server on
this machine, so that the network is left out. The result is JSON, with the load of the machine,
from which the times are not free.
"""

import argparse
import json
import os
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("browser", "site")]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright  # noqa: E402

from box_driver import HOME, SOON, find_box, listen  # noqa: E402
from browsing import DESKTOP, FLAGS, find_chromium, reader, serve  # noqa: E402
from built_site import SITE  # noqa: E402
from pyodide_mirror import CORE, mirror  # noqa: E402

HOST = "cdn.jsdelivr.net"

# A line of each kind, with its target: right, wrong with a slip, in another layout, unread.
LINES = {
    "right": ("= -u_o + \\sum_x \\hat y_x u_x", "naive_vc"),
    "wrong": ("= U^\\top(y - \\hat y)", "naive_vc"),
    "layout": ("= U(\\hat y - y)", "naive_vc"),
    "unread": ("= U^\\top(\\hat y - y", "naive_vc"),
    "sigmoid": ("= \\sigma(x)\\sigma(-x)", "sigmoid_derivative"),
    "negatives": ("= (\\sigma(u_o^\\top v_c) - 1)\\,v_c", "neg_uo"),
}


class _Pyodide(SimpleHTTPRequestHandler):
    """Pyodide's files under any folder, as its host sends them."""

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        found = next(
            (path for folder in (CORE, mirror()) if (path := folder / name).is_file()), None
        )
        if found is None:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Content-Type", self.guess_type(name))
        self.send_header("Content-Length", str(found.stat().st_size))
        self.end_headers()
        self.wfile.write(found.read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        """Keep requests out of the result."""


@contextmanager
def pyodide_host() -> Iterator[list[str]]:
    """Play Pyodide's host; yield the flags that send a Chromium here."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = f"{folder}/key.pem", f"{folder}/certificate.pem"
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        files = ["-keyout", key, "-out", certificate, "-subj", f"/CN={HOST}"]
        subprocess.run([*make, *files], check=True, capture_output=True)
        shown = ["openssl", "rsa", "-in", key, "-pubout", "-outform", "der"]
        public = subprocess.run(shown, check=True, capture_output=True).stdout
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Pyodide)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield [
            f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server.server_address[1]}",
            f"--ignore-certificate-errors-spki-list={b64encode(sha256(public).digest()).decode()}",
        ]
        server.shutdown()
        server.server_close()


def cpu_seconds() -> float:
    """What all processes that this one has started have computed so far."""
    stat = {path.parent.name: path for path in Path("/proc").glob("[0-9]*/stat")}
    fields = {}
    for pid, path in stat.items():
        try:
            fields[pid] = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
    mine, ticks = {str(os.getpid())}, 0
    for _ in range(6):  # a browser's processes have children of their own
        mine |= {pid for pid, field in fields.items() if field[1] in mine}
    for pid in mine - {str(os.getpid())}:
        ticks += sum(int(fields[pid][place]) for place in (11, 12))
    return ticks / os.sysconf("SC_CLK_TCK")


def first_verdict(page: Page) -> dict[str, float]:
    """Seconds from the first click and from the click on Check to the verdict of an example."""
    box = find_box(page, listen(page), [])
    page.wait_for_timeout(1000)  # the page is being read
    computed, began = cpu_seconds(), time.perf_counter()
    box.button("Right").click()
    asked = time.perf_counter()
    box.button("Check").click()
    expect(box.summary).to_be_visible(timeout=SOON)
    ended = time.perf_counter()
    return {
        "from first click": round(ended - began, 2),
        "from check": round(ended - asked, 2),
        "cpu": round(cpu_seconds() - computed, 2),
        "load": round(os.getloadavg()[0], 2),
    }


def later_verdicts(page: Page) -> dict[str, list[float]]:
    """Seconds in Python for a line of each kind: the first time it is asked, and again."""
    box = find_box(page, listen(page), [])
    found: dict[str, list[float]] = {}
    for name, (line, target) in LINES.items():
        for attempt in (line, f"{line} ,"):
            box.clear()
            box.write(attempt, target)
            box.check()
            found.setdefault(name, []).append(float(box.place.get_attribute("data-seconds") or 0))
    return found


def measure(context: BrowserContext, url: str) -> dict[str, object]:
    """One reader's visits."""
    page = context.new_page()
    page.goto(f"{url}/{HOME}")
    cold = first_verdict(page)
    other = context.new_page()
    other.goto(f"{url}/{HOME}")
    return {"cold": cold, "warm": first_verdict(other), "later": later_verdicts(other)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--site", type=Path, default=SITE, help="the built book, or a part of it")
    options = parser.parse_args()
    path = find_chromium()
    if path is None or not (options.site / HOME).is_file():
        sys.exit("This needs a Chromium and the built book: run `make book` first.")
    runs = []
    with (
        serve(options.site, compressed=True) as url,
        pyodide_host() as flags,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags]) as browser,
    ):
        for _ in range(options.repeats):
            with reader(browser, DESKTOP, "light") as context:
                runs.append(measure(context, url))
    summary = {
        f"{name}, {what}": statistics.median(run[name][what] for run in runs)  # type: ignore[index]
        for name in ("cold", "warm")
        for what in ("from first click", "from check", "cpu")
    }
    print(json.dumps({"median": summary, "runs": runs, "load": os.getloadavg()}, indent=1))


if __name__ == "__main__":
    main()
