"""The reader's own derivation: verdicts line by line, the slip, the repair."""
