"""Generated NumPy gives what the oracle gives, and what the hand-written functions give."""

from typing import Any

import numpy as np
import pytest

from tests.codegen.feeding import arguments, columns_last, compiled_numpy, oracle, worlds
from wordgrad import (
    cbow,
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    skipgram,
)
from wordgrad.codegen import CannotGenerate, generate, program_of
from wordgrad.codegen.functions import function_code
from wordgrad.derivations import ALL, derivation
from wordgrad.meaning.contexts import naive_softmax, scalar
from wordgrad.meaning.elaborate import elaborate_line

# Lines that have no code, as (derivation, step from 0), each with the reason. There is none.
NOT_GENERATED: dict[tuple[str, int], str] = {}

LINES = [(name, step) for name, chain in ALL.items() for step in range(len(chain.steps))]


def test_every_line_has_code_but_those_listed() -> None:
    refused = {}
    for name, step in LINES:
        try:
            made = program_of(ALL[name], step=step)
            function_code(made, "numpy", "f", "")
            function_code(made, "javascript", "f", "")
        except CannotGenerate as error:
            refused[name, step] = str(error)
    assert refused == NOT_GENERATED


@pytest.mark.parametrize("name", list(ALL))
def test_every_line_gives_what_the_oracle_gives(name: str) -> None:
    chain = ALL[name]
    tried = 0
    for step, line in enumerate(chain.steps):
        made = program_of(chain, step=step)
        formula = compiled_numpy(made)
        for world in worlds(chain):
            expected = oracle(line.latex, chain, world)
            for point, given in enumerate(arguments(made, world)):
                actual = np.asarray(formula(*given), dtype=float)
                wanted = columns_last(expected[point], actual.ndim)
                np.testing.assert_allclose(actual, wanted + 0 * actual, rtol=1e-12, atol=1e-12)
                tried += 1
    assert tried >= 24 * len(chain.steps)


@pytest.mark.parametrize("name", list(ALL))
def test_indices_are_those_of_the_quantity(name: str) -> None:
    chain = ALL[name]
    free = {*elaborate_line(chain.quantity, chain.notation).free_indices, "o", "c"}
    for step in range(len(chain.steps)):
        made = program_of(chain, step=step)
        assert {item.source for item in made.inputs if item.kind == "index"} <= free


# ------------------------------------------------------------- against the hand-written code
V, D, K, M = 6, 3, 4, 2
RNG = np.random.default_rng(11)
CENTERS, OUTSIDES = RNG.normal(size=(2, V, D))
C, O = 3, 1  # noqa: E741
NEGATIVES = {
    "distinct": np.array([2, 5, 4, 0]),
    "repeated": np.array([2, 4, 4, 2]),
    "with the outside word": np.array([1, 1, 4, 0]),
}
CONTEXT = np.array([0, 4, 4, 3])  # one word twice, one is the center
WINDOW_NEGATIVES = np.array([[2, 1, 4, 4], [4, 4, 4, 0], [1, 2, 2, 1], [0, 3, 3, 3]])


def run(name: str, negatives: Any, step: int = -1, **free: int) -> Any:
    """The last line of a derivation, or another one, at the numbers above."""
    made = program_of(derivation(name), step=step)
    given = {"o": O, "c": C, "w": CONTEXT, "n": negatives, **free}
    return compiled_numpy(made)(*(value(item, given) for item in made.inputs))


def value(item: Any, given: dict[str, Any]) -> Any:
    """What an input of a program gets."""
    if item.kind == "index":
        return given[item.source]
    if item.kind == "table":
        return CONTEXT if item.name == "context" else given["n"]
    array = {"u": OUTSIDES, "v": CENTERS}[item.source]
    return array[given[item.row]] if item.row else array


def close(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12)


def test_naive_softmax() -> None:
    loss, by_center, by_outside = naive_softmax_loss_and_gradients(CENTERS[C], O, OUTSIDES)
    close(run("naive_loss", None), loss)
    close(run("naive_vc", None), by_center)
    close(run("naive_U", None), by_outside)
    close(run("naive_uo", None), by_outside[O])
    for w in range(V):
        close(run("naive_uw", None, w=w), by_outside[w])
        close(run("naive_uw_cases", None, w=w), by_outside[w])


@pytest.mark.parametrize("kind", list(NEGATIVES))
def test_negative_sampling(kind: str) -> None:
    drawn = NEGATIVES[kind]
    loss, by_center, by_outside = negative_sampling_loss_and_gradients(
        CENTERS[C], O, OUTSIDES, drawn
    )
    for step in range(4):
        close(run("neg_loss", drawn, step), loss)
    close(run("neg_vc", drawn), by_center)
    close(run("neg_vc_matrix", drawn), by_center)
    close(run("neg_U", drawn), by_outside)
    close(run("neg_uo_repeated", drawn), by_outside[O])
    close([run("neg_uw", drawn, w=w) for w in range(V)], by_outside)
    close([run("neg_uk_repeated", drawn, l=k) for k in range(K)], by_outside[drawn])


def test_skipgram_and_cbow() -> None:
    loss, by_centers, by_outsides = skipgram(C, CONTEXT, CENTERS, OUTSIDES)
    close(run("window_loss", None), loss)
    close(run("window_vc", None), by_centers[C])
    close(run("window_U", None), by_outsides)
    loss, by_centers, by_outsides = skipgram(
        C, CONTEXT, CENTERS, OUTSIDES, "negative_sampling", WINDOW_NEGATIVES
    )
    close(run("window_neg_loss", WINDOW_NEGATIVES), loss)
    close(run("window_neg_vc", WINDOW_NEGATIVES), by_centers[C])
    close(run("window_neg_U", WINDOW_NEGATIVES), by_outsides)
    drawn = NEGATIVES["repeated"]
    for combine, prefix in (("sum", "cbow"), ("mean", "cbow_mean")):
        loss, by_centers, by_outsides = cbow(CONTEXT, C, CENTERS, OUTSIDES, "softmax", combine)  # type: ignore[arg-type]
        close(run(f"{prefix}_loss", None), loss)
        close([run(f"{prefix}_vw", None, w=w) for w in range(V)], by_centers)
        close(run(f"{prefix}_U", None), by_outsides)
        loss, by_centers, by_outsides = cbow(
            CONTEXT,
            C,
            CENTERS,
            OUTSIDES,
            "negative_sampling",
            combine,  # type: ignore[arg-type]
            drawn,
        )
        close(run(f"{prefix}_neg_loss", drawn), loss)
        close([run(f"{prefix}_neg_vw", drawn, w=w) for w in range(V)], by_centers)
        close(run(f"{prefix}_neg_U", drawn), by_outsides)


@pytest.mark.parametrize("scale", [700.0, 1e4])
@pytest.mark.parametrize("outside", [0, 1, 2])
def test_extreme_scores_stay_finite(scale: float, outside: int) -> None:
    vectors = scale * np.array([[1.0], [-1.0], [0.5], [0.0]])
    center, drawn = np.array([1.0]), np.array([0, 1, 1])
    loss, by_center, by_outside = naive_softmax_loss_and_gradients(center, outside, vectors)
    sampled = negative_sampling_loss_and_gradients(center, outside, vectors, drawn)
    expected = {
        "naive_loss": loss,
        "naive_vc": by_center,
        "naive_U": by_outside,
        "neg_loss": sampled[0],
        "neg_vc": sampled[1],
        "neg_U": sampled[2],
    }
    given = {"v_c": center, "U": vectors, "o": outside, "negatives": drawn}
    for name, wanted in expected.items():
        chain = derivation(name)
        for step in range(len(chain.steps)):
            made = program_of(chain, step=step)
            actual = compiled_numpy(made)(*(given[item.name] for item in made.inputs))
            if step == len(chain.steps) - 1 or np.isfinite(actual).all():
                np.testing.assert_allclose(actual, wanted, rtol=1e-12, atol=1e-12 * scale)


# ----------------------------------------------------------------------------------- options
def test_free_indices_become_axes() -> None:
    chain = derivation("naive_uw")
    whole = compiled_numpy(program_of(chain, over=("w",)))
    made = program_of(chain, over=("w",))
    given = {"v_c": CENTERS[C], "U": OUTSIDES, "o": O}
    close(whole(*(given[item.name] for item in made.inputs)), run("naive_U", None))


def test_a_line_may_be_negated() -> None:
    line = compiled_numpy(program_of(r"-\log\sigma(x)", scalar(), negated=True))
    close(line(0.0), -np.log(2))


def test_parameters_are_named_and_ordered() -> None:
    names = {"unneeded": "c", "center": "v_c", "U": "U", "target": "o"}
    text = generate(derivation("naive_vc"), name="slope", parameters=names)
    assert "def slope(unneeded, center, U, target):" in text
    formula = compiled_numpy(program_of(derivation("naive_vc")), names)
    close(formula(None, CENTERS[C], OUTSIDES, O), run("naive_vc", None))


def test_a_parameter_may_take_the_name_of_an_array_in_the_code() -> None:
    made = program_of(derivation("naive_vc"))
    formula = compiled_numpy(made, {"theta": "v_c", "yhat": "U", "y": "o"})
    close(formula(CENTERS[C], OUTSIDES, O), run("naive_vc", None))


def test_generated_functions_carry_their_line() -> None:
    text = generate(derivation("naive_U"), "javascript")
    assert "function naive_U(v_c, U, o) {\n  // (\\hat y-y)\\,v_c^\\top\n" in text


def test_what_is_wrong_is_named() -> None:
    chain = derivation("naive_vc")
    with pytest.raises(ValueError, match="over names 'z'; the free indices of this line are: c"):
        program_of(chain, over=("z",))
    with pytest.raises(ValueError, match="language is 'fortran'"):
        generate(chain, "fortran")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="leaves out U, o; the line needs v_c, U, o"):
        generate(chain, parameters={"v": "v_c"})
    with pytest.raises(ValueError, match="needs a notation"):
        generate("x^2")
    product = r"\frac{\partial}{\partial v_c}\prod_{w=1}^{V}\sigma(u_w^\top v_c)"
    with pytest.raises(CannotGenerate, match="derivative by v of a product over an index"):
        generate(product, notation=naive_softmax())


def test_a_line_break_in_the_line_does_not_end_the_comment() -> None:
    for language in ("numpy", "javascript"):
        code = generate("x\n+\u2028 x", language, "double", notation=scalar())
        assert "x + x" in code
        plain = generate("x + x", language, notation=scalar())
        assert len(code.splitlines()) == len(plain.splitlines())


@pytest.mark.parametrize("name", ["", "two words", "def", "f(x): pass; g"])
def test_a_name_that_no_function_can_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name is"):
        function_code(program_of("x", scalar()), "numpy", name, "")
