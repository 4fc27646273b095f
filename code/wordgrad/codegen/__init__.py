"""From the index form of a proved line to code: vectorised NumPy, and JavaScript for the pages."""

from wordgrad.codegen.errors import CannotGenerate
from wordgrad.codegen.generate import generate, program_of

__all__ = ["CannotGenerate", "generate", "program_of"]
