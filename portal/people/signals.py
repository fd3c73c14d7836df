"""What people's acts make known to the rooms above."""

from django.dispatch import Signal

# A mail about somebody's account must leave. Sent with `user` (User), `template` (as in `templates/emails/`)
# and `context`; `portal.delivery` puts it in the outbox.
account_mail = Signal()
