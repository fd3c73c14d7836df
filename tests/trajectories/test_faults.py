"""Who guards the guards: each rule is switched off, and random histories must notice."""

import sys

import pytest
from django.db import transaction

from tests.trajectories.histories.faults import FAULTS
from tests.trajectories.test_history import histories, run
from trajectories.workflow import GUARDS

pytestmark = [pytest.mark.django_db, pytest.mark.long]
__all__ = ["histories"]


def test_every_guard_has_its_fault():
    assert set(GUARDS) <= set(FAULTS)


def test_every_fault_is_noticed(histories, capsys):
    """300 histories of eight acts, begun near it, find each; a fault that nobody notices is a hole in the histories."""
    noticed = {name: _is_noticed(histories, *fault) for name, fault in FAULTS.items()}
    with capsys.disabled():
        sys.stdout.write(f"\n{noticed}\n")
    assert [name for name, number in noticed.items() if number is None] == []


def _is_noticed(machine, fault, starts):
    """Return after how many histories the fault shows; None when it does not."""
    machine.lived.clear()
    machine.names = starts
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        try:
            fault(patch)
            run(machine, 300, 8)
        except Exception:  # noqa: BLE001 whatever falls over is a notice
            return machine.lived["histories"]
        finally:
            transaction.set_rollback(True)
    return None
