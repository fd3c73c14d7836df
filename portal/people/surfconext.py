"""SURFconext's OpenID Connect: a nonce, the right claims, and who they are about.

`preferred_username` carries the display name and is never trusted; `sub` is the key of an account,
the employee number finds it the first time, the e-mail address only when there is no number.
"""

import re
import secrets
from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.people.models import User

EMPLOYEE_NUMBER = re.compile(
    r"^urn:schac:personalUniqueCode:nl:local:([^:]+):employeeid:(.+)$", re.IGNORECASE
)
STAFF = frozenset({"employee", "faculty", "staff"})


class ClaimsError(Exception):
    """The identity provider's answer can't be trusted or is not for this portal."""


class SurfconextProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """OpenID Connect with a nonce, which allauth neither sends nor checks."""

    package = "allauth.socialaccount.providers.openid_connect"

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Send a fresh nonce along and keep it with the state."""
        nonce = secrets.token_urlsafe(24)
        params = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs
        )
        return answer


def checked_claims(login: SocialLogin) -> dict[str, Any]:
    """Return the claims after the checks of OpenID Connect Core 3.1.3.7 and 5.3.2; raise ClaimsError."""
    data = login.account.extra_data
    token: dict[str, Any] = data.get("id_token") or {}
    about: dict[str, Any] = data.get("userinfo") or {}
    sent = (login.state or {}).get("nonce", "")
    if not sent or not secrets.compare_digest(str(token.get("nonce", "")), str(sent)):
        raise ClaimsError("The nonce is missing or not ours.")
    if about and about.get("sub") != token.get("sub"):
        raise ClaimsError("The answers are about two different people.")
    claims = {**token, **about}
    _check_home(claims)
    return claims


def _check_home(claims: dict[str, Any]) -> None:
    home = str(claims.get("schac_home_organization", "")).lower()
    allowed = [name.lower() for name in settings.SURFCONEXT_HOME_ORGANISATIONS]
    if allowed and home not in allowed:
        raise ClaimsError("The account is of another institution.")
    affiliations = {value.lower() for value in values(claims, "eduperson_affiliation")}
    if affiliations and not affiliations & STAFF:
        raise ClaimsError("The account is not of an employee.")


def values(claims: dict[str, Any], name: str) -> list[str]:
    """Return a claim's values; SURFconext spells some with an s, and one value may come bare."""
    found = claims.get(name) or claims.get(f"{name}s") or []
    return [found] if isinstance(found, str) else [str(value) for value in found]


def employee_number(claims: dict[str, Any]) -> str:
    """Return the employee number that the home organisation itself gave."""
    home = str(claims.get("schac_home_organization", "")).lower()
    for code in values(claims, "schac_personal_unique_code"):
        match = EMPLOYEE_NUMBER.match(code)
        if match and home in ("", match.group(1).lower()):
            return match.group(2)
    return ""


def person_for(claims: dict[str, Any]) -> User | None:
    """Return the person whom the claims are about, or None when the portal does not know them."""
    number = employee_number(claims)
    people = User.objects.filter(is_active=True)
    if number:
        return people.filter(employee_number=number).first()
    email = str(claims.get("email", "")).lower()
    return people.filter(email=email).first() if email else None
