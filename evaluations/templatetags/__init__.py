"""Tags of evaluations."""
