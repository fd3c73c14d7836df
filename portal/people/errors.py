"""Why a role can't be given or ended; the message is for the administrator who tries."""

from django.utils.translation import gettext_lazy as _


class RoleError(Exception):
    """The act on a role is refused."""

    sentence = _("This role can't be changed like this.")

    def __init__(self) -> None:
        super().__init__(self.sentence)


class NotAdministratorError(RoleError):
    """Only administrators deal with roles."""

    sentence = _("Only an administrator gives and ends roles.")


class OwnRoleError(RoleError):
    """Nobody grants, confirms or prolongs a role of their own."""

    sentence = _("Nobody gives a role to themselves. Ask another administrator.")


class SecondPersonError(RoleError):
    """The person who proposed a role can't confirm it."""

    sentence = _("Another administrator than the one who proposed this role confirms it.")


class AlreadyHeldError(RoleError):
    """The person holds this role already, or it waits for confirmation."""

    sentence = _("This person has this role already, or it waits for confirmation.")


class ScopeError(RoleError):
    """The role can't be limited to a faculty."""

    sentence = _("This role counts for the whole university; leave the faculty empty.")


class TermError(RoleError):
    """The end of the role lies in the past."""

    sentence = _("Choose an end date that is not in the past.")


class LastAdministratorError(RoleError):
    """Without this role nobody could administer the portal."""

    sentence = _("This is the last administrator. Give somebody else the role first.")


class NotOpenError(RoleError):
    """The proposal or the role is over, perhaps because somebody else was first."""

    sentence = _("This role has been dealt with already.")
