"""The second judge: two written lines in numbers, sharing no rule with the prover."""
