"""Forms about signing in and roles. allauth's forms get our words; their rules stay."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.organisation.models import Faculty
from portal.people.enums import DOSSIER_ROLES, Language, Role
from portal.people.models import User
from portal.people.queries import by_address


def _describe(form: forms.Form, name: str, label: Any, help_text: Any = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class SignInForm(account.LoginForm):  # type: ignore[misc]
    """Sign in with an e-mail address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "login", _("E-mail address"), _("Also when you no longer work with us"))
        _describe(self, "password", _("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "email", _("E-mail address"))


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a new password after following the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "password1", _("New password"), _("At least ten characters"))
        _describe(self, "password2", _("New password, once more"))


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    """Change the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "oldpassword", _("Present password"))
        _describe(self, "password1", _("New password"), _("At least ten characters"))
        _describe(self, "password2", _("New password, once more"))


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    """Choose a first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "password1", _("New password"), _("At least ten characters"))
        _describe(self, "password2", _("New password, once more"))


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """Confirm with the password that it is still you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "password", _("Password"))


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "code", _("Code"), _("From your authenticator app, or a recovery code"))


class CodeAgainForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    """Confirm with a code that it is still you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "code", _("Code"), _("From your authenticator app, or a recovery code"))


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    """Switch the second step on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _describe(self, "code", _("Code from the app"), _("Six digits"))


class LanguageForm(forms.Form):
    """The language of pages without an address of their own, and of mail."""

    language = forms.ChoiceField(
        label=_("Language of your mail and of the portal after signing in"),
        choices=Language.choices,
        widget=forms.RadioSelect,
    )


class GrantForm(forms.Form):
    """Who gets which role, for which part of the university, until when."""

    email = forms.EmailField(label=_("E-mail address of the person"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "A role that opens dossiers (advisor, coordinator) counts once a second administrator confirms it."
        ),
    )
    faculty: "forms.ModelChoiceField[Faculty]" = forms.ModelChoiceField(
        Faculty.objects.all(),
        label=_("Only for"),
        required=False,
        empty_label=_("The whole university"),
        help_text=_("HR and editors can work for one faculty."),
    )
    ends_on = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty when the end is not known."),
    )

    def clean_email(self) -> User:
        """Turn the address into the person."""
        person = by_address(self.cleaned_data["email"])
        if person is None:
            raise forms.ValidationError(_("Nobody here has this e-mail address."))
        return person

    def clean_role(self) -> Role:
        """Turn the word into the role."""
        return Role(self.cleaned_data["role"])

    @property
    def needs_second_person(self) -> bool:
        """Whether the chosen role opens dossiers."""
        return self.cleaned_data.get("role") in DOSSIER_ROLES
