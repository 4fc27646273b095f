"""Reading the LaTeX that people write in word2vec derivations."""
