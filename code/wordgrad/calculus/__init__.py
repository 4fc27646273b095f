"""Index calculus on SymPy: sums over symbolic ranges, deltas, derivatives, equality."""
