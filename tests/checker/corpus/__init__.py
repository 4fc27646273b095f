"""Derivations as readers write them, each line with its value typed independently in NumPy."""
