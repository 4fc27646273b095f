"""Picture every page of the built book, phone and desktop, light and dark.

Run it with ``make screenshots``; the pictures land in ``_build/screenshots``. Names of pages may be
given as arguments to picture only those.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from browsing import DESKTOP, PHONE, chromium, find_chromium, in_time, reader, serve, settle
from built_site import ROOT, SITE, page_names

# Figures come when a reader is near; here all of them at once.
PICTURES = """() => Promise.all([...document.images].map((one) => {
  one.loading = "eager";
  return one.decode().catch(() => {});
}))"""


def main(wanted: list[str]) -> int:
    """Take the pictures; return the exit code."""
    path = find_chromium()
    if path is None:
        print("No Chromium found: install one, or set CHROMIUM to its path.", file=sys.stderr)
        return 1
    folder = ROOT / "_build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    names = wanted or page_names()
    with serve(SITE) as address, chromium(path) as browser:
        for kind, size in (("phone", PHONE), ("desktop", DESKTOP)):
            for theme in ("light", "dark"):
                with reader(browser, size, theme) as context:
                    for name in names:
                        page = context.new_page()
                        page.goto(f"{address}/{name}.html")
                        settle(page)
                        in_time(page, PICTURES)
                        target = folder / f"{name.replace('/', '-')}-{kind}-{theme}.png"
                        page.screenshot(path=str(target), full_page=True)
                        page.close()
    print(f"{4 * len(names)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
