"""Who may see mails and jobs: the one they are for, and the worker that handles them."""

from django.db.models import Q

from portal.delivery.models import Job, Mail
from portal.privacy import wall

# Any act may cause mail or work for anybody, so everyone may add; only the worker reads and changes it.
wall.protect(
    Mail,
    read={"recipient": lambda v: Q(recipient_id=v)},
    insert={"everyone": wall.everyone},
    insert_only=True,
    jobs={"delivery": wall.everyone},
)
wall.protect(
    Job,
    read={"viewer": lambda v: Q(viewer_id=v)},
    insert={"everyone": wall.everyone},
    insert_only=True,
    jobs={"worker": wall.everyone},
)
