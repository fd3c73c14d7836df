"""What the people of a story write: drafts, goals, report-backs. A part of `trajectories.Story`."""

from typing import Any

from portal.people.models import User
from trajectories import services
from trajectories.enums import Notebook
from trajectories.models import ReportBack, ReportDraft


class Writing:
    """Written by the people of a case, through the services."""

    participant: User
    advisor: Any
    trajectory: Any
    acting: Any

    def draft(self, text: str, kind: str = Notebook.OWN_PARTICIPANT) -> None:
        """Let the participant type a note and not keep it."""
        with self.acting(self.participant, days=0) as actor:
            services.keep_note_draft(
                actor=actor, trajectory=self.trajectory, kind=kind, text=text, device="telefoon"
            )

    def goal(self, text: str, letter: str = "A") -> None:
        """Let the participant set a goal in a plan that is there."""
        with self.acting(self.participant, days=0) as actor:
            services.add_goal(actor=actor, plan=self.trajectory.plans.get(letter=letter), text=text)

    def report(self, text: str, *, to: User, is_released: bool = True) -> ReportBack | ReportDraft:
        """Let the advisor draft a report-back, the participant address it, and release it."""
        case = self.trajectory
        with self.acting(self.advisor.user, days=0) as actor:
            row = services.draft_report(actor=actor, trajectory=case, text=f"{text} (concept)")
            row = services.hand_over_report(actor=actor, trajectory=case, version=row.version)
        with self.acting(self.participant) as actor:
            words: dict[str, Any] = {"text": text, "recipient": to.reference, "version": row.version}
            row = services.save_report(actor=actor, trajectory=case, **words)
            if not is_released:
                return row
            return services.release_report(actor=actor, trajectory=case, version=row.version)
