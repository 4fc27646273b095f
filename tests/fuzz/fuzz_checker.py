"""Coverage-guided fuzzing of the checker with atheris: no exception and no hang.

    python tests/fuzz/fuzz_checker.py [SECONDS] [CORPUS_FOLDER]

The seeds are the lines of tests/checker/corpus, as text that libFuzzer changes byte by byte.  An
input whose first byte is 128 or more is made of a real line with pieces of others put into it: that
gets past the parser more often.  A crash is written beside the corpus folder as `crash-*`; give
that file as the only argument to see it again.  `make fuzz` runs this; SECONDS=600 sets the time.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "naive_vc",
    "neg_vc",
    "softmax_jacobian",
    "sigmoid_derivative",
    "window_vc",
    "cbow_vj",
    "",
)
STATUSES = {"proved", "agrees", "layout", "wrong", "ill_formed", "not_understood"}
READING = ("latex", "meaning", "checker")  # what an input can steer; the rest calculates
EVERY = 4  # of the lines of the corpus is a seed: all seeds are tried first
CANDIDATES = 100  # of a slip; there are 3,000 otherwise, all treated alike
SLOW = 60  # seconds for one input that libFuzzer calls a hang: a line has 15, and there are 5 lines
MISSING = """\
atheris is not installed here. Install the extra `fuzz`:
    .venv/bin/python -m pip install -e ".[fuzz]"
It has wheels for CPython 3.11 to 3.13 on Linux; elsewhere it needs clang, see
https://github.com/google/atheris"""

try:
    import atheris
except ImportError:
    sys.exit(MISSING)

sys.path[:0] = [str(ROOT), str(ROOT / "code")]
with atheris.instrument_imports(include=[f"wordgrad.{part}" for part in READING]):
    from wordgrad.checker import check_derivation, slips
    from wordgrad.checker.document import passages

from tests.checker.corpus.reader import corpus  # noqa: E402

LINES = sorted({formula.latex for case in corpus() for formula in case.formulas})
PIECES = sorted({piece for line in LINES for piece in line.replace("\\", " \\").split(" ")})


def check(data: bytes) -> None:
    """One input: a byte for the target and the kind of text, then the text of a few lines."""
    head, rest = (data[0], data[1:]) if data else (0, b"")
    target = TARGETS[head % len(TARGETS)]
    text = rest.decode(errors="replace")
    if head & 128:
        text = _assembled(atheris.FuzzedDataProvider(rest))
    report = check_derivation(text.split("\n")[:5], target)
    assert all(line.status in STATUSES for line in report.lines)
    assert all(line.message or line.holds for line in report.lines)
    report.to_json()
    for kind in ("tex", "md", "txt"):
        passages(text, kind)


def _assembled(provider: "atheris.FuzzedDataProvider") -> str:
    """A real line with pieces of others put into it or taken out."""
    line = LINES[provider.ConsumeIntInRange(0, len(LINES) - 1)]
    for _ in range(provider.ConsumeIntInRange(0, 4)):
        begin = provider.ConsumeIntInRange(0, len(line))
        end = min(len(line), begin + provider.ConsumeIntInRange(0, 6))
        piece = PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)]
        line = line[:begin] + piece + line[end:]
    return line


def main() -> None:
    """Fuzz, or show the crash files that are named."""
    given = sys.argv[1:]
    if given and Path(given[0]).is_file():
        arguments = given
    else:
        seconds = given[0] if given else "60"
        folder = Path(given[1] if len(given) > 1 else tempfile.mkdtemp(prefix="fuzz-"), "corpus")
        folder.mkdir(parents=True, exist_ok=True)
        seeds = LINES[::EVERY]
        for number, line in enumerate(seeds):
            head = bytes([number % len(TARGETS)])
            (folder / f"seed-{number}").write_bytes(head + line.encode())
        arguments = [
            str(folder), f"-max_total_time={seconds}", f"-timeout={SLOW}", "-max_len=400",
            f"-artifact_prefix={folder.parent}/", "-rss_limit_mb=4096", "-print_final_stats=1",
        ]  # fmt: skip
        print(f"{len(seeds)} seeds in {folder}", flush=True)
    slips.MOST_CANDIDATES = CANDIDATES
    atheris.Setup([sys.argv[0], *arguments], check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
