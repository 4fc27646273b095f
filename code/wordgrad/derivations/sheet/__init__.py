"""The handwritten sheet as data: every line as transcribed, as read, and what it must equal.

No verdict is written down here; verdicts are computed.  A line with a `repair` is *claimed* not to
hold, and the repair is claimed to hold: the tests put both to the judge.  The sheet stacks U in
columns, writes L for the loss and u_k for the vector of the k-th negative, and in places writes a
gradient as a row; then it is compared with the transposed gradient.
"""

from wordgrad.derivations.sheet.center import CENTER_LINES
from wordgrad.derivations.sheet.line import SheetLine
from wordgrad.derivations.sheet.negatives import NEGATIVE_LINES
from wordgrad.derivations.sheet.outside import OUTSIDE_LINES
from wordgrad.derivations.sheet.sigmoid import SIGMOID_LINES
from wordgrad.derivations.sheet.windows import WINDOW_LINES

SHEET = (*SIGMOID_LINES, *CENTER_LINES, *OUTSIDE_LINES, *NEGATIVE_LINES, *WINDOW_LINES)

__all__ = ["SHEET", "SheetLine"]
