"""What happens every so often: upper floors register here, the scheduler reads it once at its start.

A scan must be safe to run twice at once: it takes its rows with SKIP LOCKED and unique keys.
"""

from typing import Any

_entries: dict[str, float] = {}


def every(seconds: float, task: str) -> None:
    """Run a Celery task (its dotted name, no arguments) every so many seconds."""
    if seconds <= 0:
        raise ValueError("A schedule needs a positive number of seconds.")
    _entries[task] = seconds


def entries() -> dict[str, float]:
    """Return all tasks with their seconds."""
    return dict(_entries)


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return the schedule for Celery; a beat that nobody picked up in time is thrown away."""
    return {
        task: {"task": task, "schedule": seconds, "options": {"expires": max(seconds, 5)}}
        for task, seconds in sorted(_entries.items())
    }
