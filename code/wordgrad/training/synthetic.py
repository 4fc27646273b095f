"""A small language the book writes itself: classes, analogies and PMI are known exactly."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

_CONSONANTS, _VOWELS, _ENDINGS = "bdfgklmnprstvz", "aeiou", "srtlkmpbdfgvz"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SyntheticLanguage:
    r"""A language of sentences about one thing in one form, such as "cat" in the plural.

    A sentence draws a stem and a form. One of its words is the stem with the ending of the form;
    the others are context words: `stem_contexts` of them belong to the stem, `form_contexts` to
    the form, and `fillers` to neither. Each word is replaced by any word of the language with
    probability `noise`. The words of a sentence stand in random order.

    Parameters
    ----------
    n_stems, n_forms : int, default 12, 3
        Number of stems and forms; the language has a word for each pair.
    words_per_context : int, default 4
        How many words express each stem, and how many each form.
    n_fillers : int, default 6
        How many words belong to no stem and no form.
    stem_contexts, form_contexts, fillers : int, default 3, 3, 1
        How many context words of each kind a sentence has.
    noise : float, default 0.1
        Probability that a word is drawn from the whole language instead.

    Raises
    ------
    ValueError
        If a number is too small, or `noise` is not between 0 and 1.

    Notes
    -----
    Chapter *what-vectors-learn*. All orders of a sentence are equally likely, so two tokens at any
    distance within a sentence have the same joint distribution, whatever the window:

    .. math:: P(a, b) = \frac{1}{n(n-1)} \sum_{s\ne t} \sum_z P(z)\,P_s(a\mid z)\,P_t(b\mid z),

    with s, t the roles of the tokens and z the stem and form. Nothing is estimated.

    Context words of stems and of forms are different words. So the PMI of a word with a context
    word depends on its stem alone or on its form alone, up to the noise, and the analogy
    stem₁+form₁ : stem₁+form₂ = stem₂+form₁ : stem₂+form₂ holds by construction.

    Examples
    --------
    >>> language = SyntheticLanguage(n_stems=2, n_forms=2)
    >>> language.analogies()[0]
    ('babas', 'babar', 'bebas', 'bebar')
    >>> language.classes["babas"]
    'stem 0'
    """

    n_stems: int = 12
    n_forms: int = 3
    words_per_context: int = 4
    n_fillers: int = 6
    stem_contexts: int = 3
    form_contexts: int = 3
    fillers: int = 1
    noise: float = 0.1

    def __post_init__(self) -> None:
        lowest = {
            "n_stems": 2, "n_forms": 2, "words_per_context": 1, "n_fillers": 1,
            "stem_contexts": 1, "form_contexts": 1, "fillers": 0,
        }  # fmt: skip
        for name, low in lowest.items():
            if getattr(self, name) < low:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be at least {low}")
        if self.n_forms > len(_ENDINGS):
            raise ValueError(f"n_forms is {self.n_forms}; there are {len(_ENDINGS)} endings")
        if not 0 <= self.noise < 1:
            raise ValueError(f"noise is {self.noise}; it must be from 0 up and below 1")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word: stem by stem in all forms, then the context words, then the fillers."""
        inflected = [
            _name(stem) + _ENDINGS[form] for stem in range(self.n_stems)
            for form in range(self.n_forms)
        ]  # fmt: skip
        n_others = self.words_per_context * (self.n_stems + self.n_forms) + self.n_fillers
        return (*inflected, *(_name(number) + "n" for number in range(n_others)))

    @cached_property
    def classes(self) -> dict[str, str]:
        """What each word belongs to: "stem 0", ..., "form 0", ... or "filler"."""
        n_inflected = self.n_stems * self.n_forms
        labels = [f"stem {z // self.n_forms}" for z in range(n_inflected)]
        for kind, number in (("stem", self.n_stems), ("form", self.n_forms)):
            labels += [f"{kind} {i}" for i in range(number) for _ in range(self.words_per_context)]
        labels += ["filler"] * self.n_fillers
        return dict(zip(self.words, labels, strict=True))

    def analogies(self) -> list[tuple[str, str, str, str]]:
        """Return every (a, b, c, d) with a : b = c : d, the stems first and the forms second."""
        word = np.array(self.words[: self.n_stems * self.n_forms]).reshape(-1, self.n_forms)
        return [
            (str(word[s, f]), str(word[s, g]), str(word[t, f]), str(word[t, g]))
            for s in range(self.n_stems) for t in range(self.n_stems) if s != t
            for f in range(self.n_forms) for g in range(self.n_forms) if f != g
        ]  # fmt: skip

    @cached_property
    def topic_probabilities(self) -> Floats:
        """Probability of each (stem, form), shape (Z,): stems by Zipf's law, forms alike."""
        stem = 1 / np.arange(2, 2 + self.n_stems)
        return np.repeat(stem / stem.sum() / self.n_forms, self.n_forms)

    @cached_property
    def role_probabilities(self) -> Floats:
        """P(word | role, stem and form), shape (n_roles, Z, V); a sentence has n_roles words."""
        n_topics, size = self.n_stems * self.n_forms, len(self.words)
        label = np.array([self.classes[word] for word in self.words])
        is_context = np.arange(size) >= n_topics
        topic = np.arange(n_topics)
        of_stem = label == np.char.add("stem ", (topic // self.n_forms).astype(str))[:, None]
        of_form = label == np.char.add("form ", (topic % self.n_forms).astype(str))[:, None]
        of_filler = np.tile(label == "filler", (n_topics, 1))
        roles = [np.eye(n_topics, size)]
        roles += [(of_stem & is_context) / self.words_per_context] * self.stem_contexts
        roles += [(of_form & is_context) / self.words_per_context] * self.form_contexts
        roles += [of_filler / self.n_fillers] * self.fillers
        return (1 - self.noise) * np.stack(roles) + self.noise / size

    def pair_probabilities(self) -> Floats:
        """Return P(a, b) of two tokens of one sentence, shape (V, V), symmetric, summing to 1."""
        roles = self.role_probabilities
        weighted = self.topic_probabilities[:, None] * roles
        joint: Floats = sum(
            weighted[role].T @ np.delete(roles, role, axis=0).sum(axis=0)
            for role in range(len(roles))
        ) / (len(roles) * (len(roles) - 1))
        return joint

    def pmi(self) -> Floats:
        r"""Return log P(a, b) / (P(a) P(b)), shape (V, V), in nats; -inf for impossible pairs.

        Examples
        --------
        >>> language = SyntheticLanguage(n_stems=2, n_forms=2)
        >>> a, b, c, d = (language.words.index(word) for word in language.analogies()[0])
        >>> filler, pmi = -1, language.pmi()
        >>> bool(np.isclose(pmi[b, filler] - pmi[a, filler], pmi[d, filler] - pmi[c, filler]))
        True
        """
        joint = self.pair_probabilities()
        single = joint.sum(axis=1)
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(joint) - np.log(np.outer(single, single)))

    def sentences(self, n: int, rng: np.random.Generator) -> npt.NDArray[np.int32]:
        """Draw sentences as rows of `words`.

        Returns
        -------
        ndarray of int32, shape (n, n_roles)
        """
        topic = rng.choice(len(self.topic_probabilities), size=n, p=self.topic_probabilities)
        cumulative = self.role_probabilities.cumsum(axis=-1)  # (n_roles, Z, V)
        drawn = [
            (cumulative[role, topic] < rng.random((n, 1))).sum(axis=1)
            for role in range(len(cumulative))
        ]
        last = len(self.words) - 1  # rounding may leave the last sum just below 1
        tokens = np.minimum(np.stack(drawn, axis=1), last).astype(np.int32)
        return rng.permuted(tokens, axis=1)

    def texts(self, n: int, rng: np.random.Generator) -> Iterator[str]:
        """Yield sentences as text.

        Examples
        --------
        >>> language = SyntheticLanguage()
        >>> len(next(language.texts(1, np.random.default_rng(0))).split())
        8
        """
        words = np.array(self.words)
        for sentence in self.sentences(n, rng):
            yield " ".join(words[sentence])


def _name(number: int) -> str:
    """Return a pronounceable name of two syllables: the number in base 70."""
    syllables = len(_CONSONANTS) * len(_VOWELS)
    if number >= syllables**2:
        raise ValueError(f"the language has names for {syllables**2} words; make it smaller")
    digits = divmod(number, syllables)
    return "".join(
        _CONSONANTS[digit // len(_VOWELS)] + _VOWELS[digit % len(_VOWELS)]
        for digit in reversed(digits)
    )
