"""The project package: the ground floor, and the roof above everything.

The Celery app is named here so that every process, and every thread of it, finds the same one.
"""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
