"""From the LaTeX that people write to a syntax tree, and back to LaTeX."""
