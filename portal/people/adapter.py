"""How allauth behaves here: no sign-up, neutral words, mail through the outbox, SURFconext as the trusted home."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.people import surfconext
from portal.people.models import User
from portal.people.signals import account_mail

# allauth's name of a mail, and ours. What is not named here is not sent.
MAILS = {
    "account/email/password_reset_key": "people/password_reset",
    "account/email/password_changed": "people/password_changed",
    "account/email/password_reset": "people/password_changed",
    "account/email/password_set": "people/password_changed",
    "mfa/email/totp_activated": "people/second_step_on",
    "mfa/email/totp_deactivated": "people/second_step_off",
    "mfa/email/recovery_codes_generated": "people/recovery_codes",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from HR or an administrator; people only sign in."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password don't belong together."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "incorrect_password": _("This password is not right."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the overview in the person's own language; `next` goes before this."""
        language = getattr(request.user, "language", None)
        with translation.override(language or translation.get_language()):
            return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account page."""
        return reverse("account_home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the mail to the outbox; mail to an address without an account is not sent."""
        template = MAILS.get(template_prefix)
        user = User.objects.filter(email=email.lower(), is_active=True).first()
        if template is None or user is None:
            return
        link = context.get("password_reset_url", "")
        account_mail.send(sender=type(self), user=user, template=template, context={"link": link})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their way of signing in changed."""
        self.send_mail(template_prefix, user.email, context or {})


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in through SURFconext: only for people whom the portal knows."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Show the page that says whom to ask, instead of making an account."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Take no name or user name from the claims: HR's data holds."""
        user: User = sociallogin.user
        user.email = (data.get("email") or "").lower()
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Check the answer of the identity provider and find the person it is about."""
        try:
            claims = surfconext.checked_claims(sociallogin)
        except surfconext.ClaimsError as error:
            raise PermissionDenied(str(error)) from error
        if not sociallogin.is_existing:
            user = surfconext.person_for(claims)
            if user:
                sociallogin.connect(request, user)
