"""Hypothesis without a stopwatch: the machine may be busy with other tests."""

from hypothesis import settings

settings.register_profile("portal", deadline=None)
settings.load_profile("portal")
