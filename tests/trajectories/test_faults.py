"""Who guards the guards: each rule is switched off, and random histories must notice."""

import sys

import pytest

from tests.trajectories.histories.faults import FAULTS
from tests.trajectories.histories.starts import STARTS
from tests.trajectories.test_history import begin, run
from trajectories.workflow import GUARDS

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def test_every_guard_has_its_fault():
    assert set(GUARDS) <= set(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_noticed(name, monkeypatch, capsys):
    """300 histories of eight acts, begun near it, find it; a fault that nobody notices is a hole in the histories."""
    fault, starts = FAULTS[name]
    machine = begin(*dict.fromkeys(STARTS[start].walk for start in starts))
    machine.names = starts
    fault(monkeypatch)
    with pytest.raises(Exception) as noticed:  # whatever falls over is a notice
        run(machine, 300, 8)
    with capsys.disabled():
        what = f"{type(noticed.value).__name__} {noticed.value}".splitlines()[0]
        sys.stdout.write(f"\n{name}: noticed in history {machine.lived['histories']}, by {what[:90]}\n")
