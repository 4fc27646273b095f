"""`wordgrad verify`: prove the book's derivations."""

import argparse
import json
import sys
import time
from typing import Any

_MARKS = {"proved": "✓", "agrees": "≈", "wrong": "✗"}


def add_command(commands: Any) -> None:
    """Add `verify` to the subparsers of argparse."""
    verify = commands.add_parser(
        "verify",
        help="prove the book's derivations, line by line",
        description="Prove every line of the book's derivations, for symbolic sizes. "
        "Exit status 1 if a line is not proved.",
    )
    verify.add_argument("ids", nargs="*", metavar="ID", help="derivations to prove (all if none)")
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    verify.add_argument(
        "--oracle", action="store_true", help="also compare every line at random points"
    )
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from wordgrad.derivations import ALL, derivation
    from wordgrad.proof.judge import all_proved, judge_derivation

    try:
        chosen = [derivation(name) for name in options.ids] or list(ALL.values())
    except ValueError as error:
        print(f"wordgrad verify: {error}", file=sys.stderr)
        return 2
    start = time.perf_counter()
    judged = [(each, judge_derivation(each, oracle=options.oracle)) for each in chosen]
    seconds = time.perf_counter() - start
    report: list[dict[str, Any]] = [
        {
            "id": each.id,
            "title": each.title,
            "quantity": each.quantity,
            "assuming": each.assuming,
            "steps": [
                {
                    "latex": step.latex,
                    "because": step.because,
                    "status": verdict.status,
                    "message": verdict.message,
                }
                for step, verdict in zip(each.steps, verdicts, strict=True)
            ],
        }
        for each, verdicts in judged
    ]
    if options.json:
        print(json.dumps({"derivations": report, "seconds": round(seconds, 3)}, ensure_ascii=False))
    else:
        _print_report(report, seconds)
    return 0 if all(all_proved(verdicts) for _, verdicts in judged) else 1


def _print_report(report: list[dict[str, Any]], seconds: float) -> None:
    proved = lines = 0
    for entry in report:
        assuming = f" (assuming {entry['assuming']})" if entry["assuming"] else ""
        print(f"{entry['id']}: {entry['title']}{assuming}\n    {entry['quantity']}")
        for step in entry["steps"]:
            lines += 1
            proved += step["status"] == "proved"
            mark = _MARKS.get(step["status"], "?")
            print(f"  {mark} = {step['latex']}\n        {step['status']}: {step['because']}")
            if step["message"]:
                print(f"        {step['message']}")
    print(f"{proved} of {lines} lines proved for symbolic sizes in {seconds:.2f} s")
