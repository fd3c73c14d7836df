"""Narrowing the list of roles; the choice stands in the address."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from portal.organisation.models import Faculty
from portal.people.enums import Role
from portal.people.models import RoleGrant


class RoleGrantFilter(FilterSet):  # type: ignore[misc]
    """Who, which role, for which faculty. A choice that does not exist is told and narrows nothing."""

    q = CharFilter(label=_("Name or e-mail address"), method="by_words", max_length=100)
    role = ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=_("Every role"))
    faculty = ModelChoiceFilter(
        label=_("Only for"),
        queryset=Faculty.objects.all(),
        to_field_name="code",
        empty_label=_("Everywhere"),
    )

    class Meta:
        model = RoleGrant
        fields = ("q", "role", "faculty")

    def by_words(self, rows: QuerySet[RoleGrant], name: str, value: str) -> QuerySet[RoleGrant]:
        """Keep the rows whose person has every word in the name or the e-mail address."""
        for word in value.split():
            own = Q(user__given_name__icontains=word) | Q(user__surname__icontains=word)
            rows = rows.filter(own | Q(user__surname_prefix__iexact=word) | Q(user__email__icontains=word))
        return rows
