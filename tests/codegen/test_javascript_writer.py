"""Generated JavaScript gives what generated NumPy gives, over all derivations."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.codegen.feeding import arguments, compiled_numpy, worlds
from tests.codegen.node import run
from wordgrad.codegen import program_of
from wordgrad.codegen.functions import code_of_helpers, function_code
from wordgrad.derivations import ALL, derivation

Case = tuple[str, list[Any], Any]  # name of the function, arguments, what NumPy gives


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, Any]]]:
    """For each derivation what JavaScript and NumPy give, from one process of node."""
    helpers: set[str] = set()
    functions: list[str] = []
    cases: list[Case] = []
    for name, chain in ALL.items():
        for step in range(len(chain.steps)):
            made = program_of(chain, step=step)
            called = f"{name}_{step}"
            needed, text = function_code(made, "javascript", called, "")
            helpers |= needed
            functions.append(text)
            formula = compiled_numpy(made)
            for world in worlds(chain):
                given = list(arguments(made, world))
                cases += [(called, each, formula(*each)) for each in given]
    module = "\n".join([*code_of_helpers(helpers, "javascript"), *functions])
    names = list(dict.fromkeys(case[0] for case in cases))
    calls = [(called, given) for called, given, _ in cases]
    answers = run(module, names, calls, tmp_path_factory.mktemp("node"))
    found: dict[str, list[tuple[Any, Any]]] = {}
    for (called, _, expected), answer in zip(cases, answers, strict=True):
        found.setdefault(called.rpartition("_")[0], []).append((answer, expected))
    return found


@pytest.mark.parametrize("name", list(ALL))
def test_every_line_gives_what_numpy_gives(
    name: str, results: dict[str, list[tuple[Any, Any]]]
) -> None:
    assert len(results[name]) >= 24 * len(ALL[name].steps)
    for actual, expected in results[name]:
        assert np.shape(actual) == np.shape(expected)
        np.testing.assert_allclose(
            np.asarray(actual, dtype=float), expected, rtol=1e-12, atol=1e-12
        )


def lines(name: str, step: int = -1) -> Iterator[str]:
    """The statements of a function, without the frame."""
    text = function_code(program_of(derivation(name), step=step), "javascript", "f", "")[1]
    return (line.strip() for line in text.splitlines()[2:-1])


def test_counts_are_scattered() -> None:
    found = list(lines("neg_U"))
    assert "r[negatives[k]] += 1;" in found
    assert found[-1] == (
        "return table(V, (w) => table(d, (a) => ((r[w] + y[w]) * sigma[w] - y[w]) * v_c[a]));"
    )


def test_what_occurs_twice_is_computed_once() -> None:
    text = "\n".join(lines("sigmoid_derivative"))
    assert text.count("stableSigmoid(") == 1
