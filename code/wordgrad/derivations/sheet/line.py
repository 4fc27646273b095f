"""What is known of one line of the sheet, and the notations that its questions share."""

from dataclasses import dataclass

from wordgrad.meaning.contexts import naive_softmax, negative_sampling
from wordgrad.meaning.notation import Notation

NAIVE = naive_softmax().with_columns()
NEG = negative_sampling().with_columns()

BY_VC = r"\frac{\partial J}{\partial v_c}"
BY_VC_ROW = r"\left(\frac{\partial J}{\partial v_c}\right)^\top"
BY_UO = r"\frac{\partial J}{\partial u_o}"
BY_UW = r"\frac{\partial J}{\partial u_w}"


@dataclass(frozen=True)
class SheetLine:
    """One line of the sheet, or one reading of it where two are possible.

    Parameters
    ----------
    question : int
        1 to 5.
    number : str
        Of the line within its question, as the book cites it: "3", "5-7".
    transcribed : str
        What the machine transcription says, errors included; empty for what the sheet lacks.
    read : str
        The expression it is read as, in the book's letters; empty if there is nothing to read.
    notation : Notation
        How it is read, with the assumptions.
    against : str
        LaTeX of what the line must equal.
    comment : str
        What the line says and, if it is so, what is the matter with it.
    target : str
        Id of the derivation that has the quantity; empty for a definition.
    reading : str
        Which of several readings this is; empty if there is one only.
    repair : str
        The line as it should be; empty if it is right.
    slips : tuple of str
        Names of what went wrong, in the order of appearance.
    """

    question: int
    number: str
    transcribed: str
    read: str
    notation: Notation
    against: str
    comment: str
    target: str = ""
    reading: str = ""
    repair: str = ""
    slips: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """How the line is cited: "Q2.3"."""
        return f"Q{self.question}.{self.number}"
