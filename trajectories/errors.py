"""What can go wrong, with a sentence for the person who meets it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class TrajectoryError(Exception):
    """A refusal in plain words."""

    def __init__(self, *sentences: object) -> None:
        self.sentences: Sequence[str] = [str(sentence) for sentence in sentences]
        super().__init__(" ".join(self.sentences))


class Blocked(TrajectoryError):
    """The move exists, but something is missing."""


class NoSuchMove(TrajectoryError):
    """The move does not exist from here, or not for this person."""

    def __init__(self) -> None:
        super().__init__(_("This step is not possible now. Somebody may have taken a step just before you."))


class Lapsed(NoSuchMove):
    """An invitation that was taken back, or whose sender has nothing to say about this employee any more."""

    def __init__(self) -> None:
        TrajectoryError.__init__(
            self,
            _("This invitation does not count any more."),
            _("You can ask for career advice by yourself. Nobody is told of that."),
        )


class Stale(TrajectoryError):
    """Somebody changed the same thing after the page was opened."""

    def __init__(self) -> None:
        super().__init__(_("This page was changed after you opened it. Look at the latest version first."))


class Taken(TrajectoryError):
    """One of the two has another appointment at that time, perhaps since a moment ago."""

    def __init__(self) -> None:
        super().__init__(_("This time has just been taken. Choose another; what you typed is still here."))


class NotYours(TrajectoryError):
    """The actor has no such relation with this trajectory."""

    def __init__(self) -> None:
        super().__init__(_("This step belongs to somebody else."))


class OtherDevice(TrajectoryError):
    """The same person typed in the same place on another device."""

    def __init__(self, at: str) -> None:
        super().__init__(
            _("Another device of yours typed here at %(time)s, and that text is kept.") % {"time": at},
            _("What you type here is not kept until you use the button."),
        )
