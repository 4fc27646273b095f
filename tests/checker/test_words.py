"""Slips in plain sentences: every slip of the gallery has one of its own."""

import pytest

from wordgrad.checker.words import _OTHERWISE, _SENTENCES, sentence
from wordgrad.figures._wrong_gradients import MISTAKES


@pytest.mark.parametrize("kind", [slip for slip in MISTAKES if slip != "layout"])
def test_every_slip_of_the_gallery_is_said_in_words_of_its_own(kind: str) -> None:
    said = sentence(kind, "a", "b")
    assert said.endswith(": $a$ should be $b$.")
    assert said != sentence("anything else", "a", "b")


def test_no_two_slips_share_a_sentence() -> None:
    assert len({*_SENTENCES.values(), _OTHERWISE}) == len(_SENTENCES) + 1


def test_latex_with_braces_stays_as_it_is() -> None:
    assert r"$\hat{y}_{w}$ should be ${x}$" in sentence("sign", r"\hat{y}_{w}", "{x}")
