"""What can be wrong with an act on an advisor's record."""

from django.utils.translation import gettext_lazy as _


class AdvisorError(Exception):
    """The record can't be changed like this; the message is for the person who tries."""


class NotAllowedError(AdvisorError):
    """The actor may not keep the records of advisors."""

    def __init__(self) -> None:
        super().__init__(_("Only the coordinator of the career service keeps the records of advisors."))


class NumberTakenError(AdvisorError):
    """The number of the certificate is somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("This certificate number belongs to somebody else."))
