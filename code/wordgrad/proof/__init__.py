"""Two judges that share no rule: a prover for symbolic sizes and an oracle with numbers."""
