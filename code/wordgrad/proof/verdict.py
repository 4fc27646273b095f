"""What the judge says of a line."""

from dataclasses import dataclass
from typing import Literal

from wordgrad.oracle.compare import Witness

Status = Literal["proved", "agrees", "layout", "wrong", "ill_formed", "not_understood"]


@dataclass(frozen=True)
class Verdict:
    """The judgement of one line against another.

    Parameters
    ----------
    status : str
        "proved": equal for every size, by the prover.  "agrees": equal at every random point
        tried, but not proved.  "layout": right for the other stacking of U, or transposed.
        "wrong": there is a witness.  "ill_formed": shapes or indices do not fit.
        "not_understood": the line could not be read.
    message : str
        One plain sentence; empty for a proof without conditions.
    witness : Witness or None
        Sizes, indices and numbers at which the two sides differ.
    side_conditions : tuple of str
        What was taken for granted and could not be shown, as LaTeX: "x > 0".
    """

    status: Status
    message: str = ""
    witness: Witness | None = None
    side_conditions: tuple[str, ...] = ()
