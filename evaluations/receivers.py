"""What evaluations does when a trajectory moves."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from evaluations.services.invitations import FINISHING, RUNNING
from portal.delivery import jobs
from trajectories.enums import Status
from trajectories.models import Move

ASKS = FINISHING | RUNNING | {Status.STOPPED_EARLY}


@receiver(post_save, sender=Move)
def moved(sender: type[Move], instance: Move, created: bool, **kwargs: Any) -> None:
    """Let a job look at the surveys, as the participant: whoever made the move need not see them."""
    if created and instance.target in ASKS:
        trajectory = instance.trajectory
        jobs.enqueue(
            "evaluations.follow",
            trajectory.pk,
            viewer=trajectory.participant,
            key=f"follow:{instance.reference}",
        )
