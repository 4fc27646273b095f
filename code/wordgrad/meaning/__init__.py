"""What a written line means: notations, shapes, indices, and its form in SymPy."""
