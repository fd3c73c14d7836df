"""Who guards the guards: each rule of enrolling is switched off, and random histories must notice."""

import sys

import pytest
from django.db import DatabaseError, transaction

from tests.catalog.services.faults import FAULTS, Fault
from tests.catalog.services.test_machine import Queue, play

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def noticed(fault: Fault) -> str | None:
    """Return by which words the fault shows; None when it does not.

    Only what the histories watch for counts, and what the database refuses: a fault that can't run is none.
    """
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        try:
            fault(patch)
            play(300, 12)
        except (AssertionError, DatabaseError) as error:
            return str(error).splitlines()[0]
        finally:
            transaction.set_rollback(True)
    return None


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_noticed(fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    """At most 300 histories of twelve acts find each; what nobody notices is a hole in the histories."""
    words = noticed(fault)
    with capsys.disabled():
        sys.stdout.write(f"\n{fault.__name__}, history {Queue.lives}: {words}")
        sys.stdout.flush()
    assert words is not None
