"""What the worker does for entitlements."""

from celery import shared_task

from portal import clock
from portal.entitlements.services.crediting import credit_yearly


@shared_task(ignore_result=True)
def book_credits() -> None:
    """Book the instalments that are due."""
    credit_yearly(on=clock.today())
