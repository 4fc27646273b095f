"""The prover for symbolic sizes, and the verdict on a line from both judges."""
