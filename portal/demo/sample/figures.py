"""The released figures of the sample: counted, protected and given out by HR, quarter by quarter."""

from datetime import timedelta

from evaluations.models import Release
from evaluations.services import content, figures
from portal.demo.sample.history import quarters
from portal.demo.sample.story import acting, at
from portal.demo.sample.world import World


def questionnaires() -> None:
    """Load the questionnaires and the definitions of the figures."""
    content.load()


def make(world: World) -> None:
    """Release every quarter of the history, ten days after it ended."""
    hr = world.account("hr")
    for period in quarters(world):
        day = min(period.last_day + timedelta(days=10), world.today)
        with acting(hr, at(day, 9)):
            figures.prepare(actor=hr, period=period)
        with acting(hr, at(day, 10)):
            figures.count(period=str(period))
        with acting(hr, at(day, 11)):
            figures.release(actor=hr, release=Release.objects.get(period=str(period)))
