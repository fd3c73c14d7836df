"""How dates, times and numbers are written, per language."""
