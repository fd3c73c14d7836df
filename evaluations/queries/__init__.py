"""The questions that evaluations can answer."""
