"""The synthetic language against counts of its own text."""

import numpy as np
import pytest

from wordgrad.training.synthetic import SyntheticLanguage

SMALL = SyntheticLanguage(n_stems=3, n_forms=2, words_per_context=2, n_fillers=2)


def test_every_word_has_a_class() -> None:
    assert len(set(SMALL.words)) == len(SMALL.words) == 3 * 2 + 2 * (3 + 2) + 2
    assert set(SMALL.classes.values()) == {
        "stem 0", "stem 1", "stem 2", "form 0", "form 1", "filler",
    }  # fmt: skip


def test_probabilities_are_probabilities() -> None:
    joint = SMALL.pair_probabilities()
    assert (joint > 0).all()
    np.testing.assert_allclose(joint.sum(), 1)
    np.testing.assert_allclose(joint, joint.T)
    np.testing.assert_allclose(SMALL.role_probabilities.sum(axis=-1), 1)


def test_pair_probabilities_are_those_of_the_text() -> None:
    n = 200_000
    tokens = SMALL.sentences(n, np.random.default_rng(0))
    size = len(SMALL.words)
    expected = SMALL.pair_probabilities()
    for distance in (1, 4):  # the distance must not matter
        left, right = tokens[:, :-distance].ravel(), tokens[:, distance:].ravel()
        found = np.bincount(left * size + right, minlength=size**2).reshape(size, size) / len(left)
        error = np.sqrt(expected / n)  # more than the standard error: pairs share sentences
        assert (np.abs(found - expected) < 5 * error).all()


def test_analogies_hold_in_the_pmi() -> None:
    language = SyntheticLanguage(noise=0)
    row = {word: i for i, word in enumerate(language.words)}
    pmi = language.pmi()
    context = np.arange(language.n_stems * language.n_forms, len(language.words))
    analogies = language.analogies()
    assert len(analogies) == 12 * 11 * 3 * 2
    for a, b, c, d in analogies[::17]:
        rows = pmi[[row[a], row[b], row[c], row[d]]][:, context]
        finite = np.isfinite(rows).all(axis=0)  # without noise some pairs are impossible
        assert finite.any()
        steps = np.diff(rows[:, finite], axis=0)
        np.testing.assert_allclose(steps[0], steps[2], atol=1e-12)


def test_text_is_reproducible() -> None:
    one, two = (list(SMALL.texts(20, np.random.default_rng(5))) for _ in range(2))
    assert one == two
    assert set(" ".join(one).split()) <= set(SMALL.words)


@pytest.mark.parametrize(
    "settings", [{"n_stems": 1}, {"n_forms": 99}, {"noise": 1.0}, {"fillers": -1}]
)
def test_refuses(settings: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        SyntheticLanguage(**settings)  # type: ignore[arg-type]
