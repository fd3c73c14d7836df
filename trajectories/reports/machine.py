"""The machine of phases drawn from its table, for `docs/trajectory.md`."""

from trajectories.workflow import Move, rules


def drawing() -> str:
    """Return the states and moves as a Mermaid diagram."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> requested"]
    lines += [f"    {move.source} --> {move.target} : {_actors(move)}" for move in rules().moves]
    return "\n".join([*lines, "```"])


def table() -> str:
    """Return every move with who makes it and what must hold, as a Markdown table."""
    head = ["| from | to | who | only when | what must hold |", "| --- | --- | --- | --- | --- |"]
    rows = [
        f"| {move.source} | {move.target} | {_actors(move)} | {_condition(move)} | {_guards(move)} |"
        for move in rules().moves
    ]
    return "\n".join(head + rows)


def _actors(move: Move) -> str:
    return ", ".join(sorted(move.actors))


def _condition(move: Move) -> str:
    return "" if move.applies_when == "always" else move.applies_when.replace("_", " ")


def _guards(move: Move) -> str:
    return ", ".join(guard.key.replace("_", " ") for guard in move.guards) or "nothing"
