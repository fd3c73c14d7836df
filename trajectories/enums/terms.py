"""Terms from `content/terms.yaml`: numbers that a university sets, each valid from a day on."""

from datetime import date

from trajectories.enums.words import content


def term(key: str, on: date) -> int:
    """Return the value that holds on a day; LookupError before the first version."""
    begun = [row for row in content("terms")["terms"] if row["key"] == key and row["valid_from"] <= on]
    if not begun:
        raise LookupError(f"No term {key} on {on}.")
    value: int = max(begun, key=lambda row: row["valid_from"])["value"]
    return value
