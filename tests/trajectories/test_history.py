"""Random histories of a trajectory: no phase without its guard, no lost note, nobody told twice, no access after the end.

Who looks for the guards of the guards: `tests/trajectories/test_faults.py` switches them off one by one.
"""

import sys

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.trajectories.histories.machine import History
from tests.trajectories.histories.starts import STARTS
from tests.trajectories.histories.walks import walk_all

pytestmark = pytest.mark.django_db
PARTS, OF_EACH = 10, 200
# For the short run: where most can go wrong.
LATE = ("agreement_proposed", "ready", "closing", "closed")


def begin(*walks):
    """Tell these stories (default all), from which histories go on; return the machine."""
    History.begun = walk_all(*walks)
    History.names = tuple(name for name, start in STARTS.items() if start.walk in History.begun)
    History.lived.clear()
    return History


def run(machine, examples, steps, phases=(Phase.generate,)):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_random_histories():
    """12 histories from the later phases, each of up to five acts; the thousands are in the long run."""
    machine = begin(*LATE)
    run(machine, 12, 5)
    assert machine.lived["steps"] > 20


@pytest.mark.long
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_thousands_of_histories(part, capsys):
    """Two thousand histories from every start, each of up to twelve acts, in parts that can be played alone."""
    machine = begin()
    run(machine, OF_EACH, 12, (Phase.generate, Phase.shrink))
    assert machine.lived["histories"] >= OF_EACH
    with capsys.disabled():
        sys.stdout.write(f"\npart {part}: {dict(machine.lived.most_common())}\n")
