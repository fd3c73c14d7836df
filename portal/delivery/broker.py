"""Telling the worker that there is something to do.

A kick is only a hint: the rows hold the work and a scan finds them every few seconds, so a
broker that is down may never break or delay the act that caused the work.
"""

import logging
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)
PATIENCE = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
}


def send(task: str) -> None:
    """Put one hint on the queue; when the broker is down, say so and go on."""
    try:
        with current_app.connection_for_write(transport_options=PATIENCE) as connection:
            current_app.send_task(task, connection=connection, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001  whatever the broker does, the act stands
        logger.warning("No hint sent for %s (%s); the scan will find it.", task, type(error).__name__)


def kick(task: str) -> None:
    """Send a hint once this transaction is committed, one for all its rows together.

    A hint that waits belongs to this transaction or to a savepoint that still counts: Django takes
    away those of a savepoint that was undone.
    """
    for _savepoints, waiting, *_rest in transaction.get_connection().run_on_commit:
        if isinstance(waiting, partial) and waiting.func is send and waiting.args == (task,):
            return
    transaction.on_commit(partial(send, task))
