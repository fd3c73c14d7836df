"""Who guards the guards: each rule is switched off, and random histories must notice."""

import sys

import pytest

from tests.trajectories.histories.faults import ALSO_HELD_BY, FAULTS, without
from tests.trajectories.histories.machine import History
from tests.trajectories.histories.starts import STARTS
from tests.trajectories.test_history import begin, run
from trajectories.workflow import GUARDS

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def test_every_guard_has_its_fault():
    assert set(GUARDS) <= set(FAULTS)


def live(monkeypatch, fault, starts, histories=300):
    """Let that many histories of eight acts begin near a fault; return the machine."""
    machine = begin(*dict.fromkeys(STARTS[start].walk for start in starts))
    machine.names = starts
    fault(monkeypatch)
    run(machine, histories, 8)
    return machine


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_noticed(name, monkeypatch, capsys):
    """300 histories of eight acts, begun near it, find it; a fault that nobody notices is a hole in the histories."""
    with pytest.raises(Exception) as noticed:  # whatever falls over is a notice
        live(monkeypatch, *FAULTS[name])
    what = f"{type(noticed.value).__name__} {noticed.value}".splitlines()[0][:90]
    with capsys.disabled():
        sys.stdout.write(f"\n{name}: in history {History.lived['histories']}, by {what}\n")


@pytest.mark.parametrize("key", ALSO_HELD_BY)
def test_guard_that_others_hold_up_as_well_holds_alone(key, monkeypatch):
    """With the others gone and only this one left, nobody gets past it: the fault above is about this guard."""
    machine = live(monkeypatch, without(*ALSO_HELD_BY[key]), FAULTS[key][1], histories=60)
    assert machine.lived["histories"] >= 60
