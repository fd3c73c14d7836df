"""The letter of a step: a reminder, what to prepare, an assignment, a moment afterwards."""

from catalog.emails.letter import send
from catalog.queries.steps import Due


def send_step(due: Due) -> None:
    """Write what the editor noted at this step; the same step of the same date is written once."""
    language = due.enrolment.participant.language
    other = "en" if language == "nl" else "nl"
    note = due.step.get("note") or {}
    words = {"step": due.step["label"][language], "note": note.get(language) or note.get(other) or ""}
    send(due.enrolment, "step", mark=due.mark, **words)
