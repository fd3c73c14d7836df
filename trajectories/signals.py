"""What upper floors may want to act on at once, inside the same transaction.

Each is sent with `trajectory` and `actor`; `stopped_early` also with `held` (number of conversations held).
"""

from django.dispatch import Signal

closed = Signal()
reopened = Signal()
stopped_early = Signal()
completed = Signal()
started = Signal()
