"""Small forms of the editors' desk: what one looks for, and what one begins with."""

from collections.abc import Container
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.enums import Status
from catalog.models import Kind
from catalog.queries import lists
from catalog.queries.editing import OVERDUE, SORTS, UNTRANSLATED, Sought
from catalog.workflow import FACTS
from portal.people.enums import Role
from portal.people.models import User
from portal.people.queries import faculties_of, is_central

LONGEST = 200
STATES = {
    "": _("Everything but the archive"),
    Status.DRAFT.value: _("Drafts"),
    Status.SCHEDULED.value: _("Scheduled"),
    Status.PUBLISHED.value: _("Published"),
    OVERDUE: _("To be read again"),
    UNTRANSLATED: _("One language missing"),
    Status.ARCHIVED.value: _("Archive"),
}
ORDERS = {
    "review": _("To be read again soonest"),
    "title": _("Title"),
    "state": _("State"),
    "owner": _("Owner"),
    "new": _("Newest first"),
}


class SearchForm(forms.Form):
    """The fields of the editors' search; `sought` reads the address."""

    is_all_optional = True
    q = forms.CharField(label=_("Words in title, search words or owner"), required=False)
    kind = forms.ChoiceField(label=FACTS["kind"], required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=list(ORDERS.items()), required=False)
    mine = forms.BooleanField(label=_("Only what I own"), required=False)

    def __init__(self, asked: Sought) -> None:
        shown = {"q": asked.text, "kind": asked.kind, "sort": asked.order, "mine": asked.mine}
        super().__init__(initial=shown)
        self.fields["kind"].choices = [("", _("All kinds")), *lists.labels_of(Kind)]  # type: ignore[attr-defined]


def sought(query: QueryDict) -> Sought:
    """Read from the address what an editor looks for."""
    return Sought(
        text=query.get("q", "")[:LONGEST].strip(),
        state=_one_of(STATES, query.get("state", "")),
        kind=query.get("kind", ""),
        mine=bool(query.get("mine")),
        sort=_one_of(SORTS, query.get("sort", "")),
        page=query.get("page", "1"),
    )


def _one_of(known: Container[str], value: str) -> str:
    return value if value in known else ""


class NewForm(forms.Form):
    """What one says before a draft is made."""

    kind = forms.ChoiceField(label=FACTS["kind"])
    title_nl = forms.CharField(
        label=_("Title (Dutch)"), max_length=160, required=False, widget=forms.TextInput({"lang": "nl"})
    )
    title_en = forms.CharField(
        label=_("Title (English)"), max_length=160, required=False, widget=forms.TextInput({"lang": "en"})
    )
    faculty = forms.ChoiceField(label=FACTS["faculty"])

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = lists.kinds()
        kinds = [(key, str(row.label)) for key, row in self.kinds.items()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        own = [(row.code, row.name) for row in faculties_of(actor, Role.EDITOR).order_by("code")]
        if is_central(actor, Role.EDITOR):
            del self.fields["faculty"]
        else:
            self.fields["faculty"].choices = own  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a title in one language at least."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("title_nl") and not found.get("title_en"):
            self.add_error("title_nl", _("Give it a title, in one language at least."))
        return found

    def values(self) -> dict[str, Any]:
        """Return what the draft begins with."""
        data = self.cleaned_data
        titles = {name: data.get(name, "") for name in ("title_nl", "title_en")}
        return {"kind": self.kinds[data["kind"]], "faculty": data.get("faculty", ""), **titles}
