"""The page on which advisors say when they have time."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from advisors.forms import AbsenceForm, HoursForm, TakeBackForm
from advisors.models import Advisor
from advisors.queries import advisor_of
from advisors.queries import availability as questions
from advisors.services import availability, records
from portal import clock
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required

PAGE = "advisors:availability"


@role_required(Role.ADVISOR)
@require_http_methods(["GET", "POST"])
def own(request: SignedInRequest) -> HttpResponse:
    """Show and keep one's own hours, pauses and absences."""
    advisor = _own(request)
    if "back" in request.POST:
        return _take_back(request, advisor)
    is_absence = "starts_on" in request.POST
    hours = HoursForm(
        None if is_absence else request.POST or None,
        instance=advisor,
        hours=questions.planning_of(advisor).hours,
    )
    absence = AbsenceForm(request.POST if is_absence else None)
    if request.method == "POST" and is_absence and absence.is_valid():
        return _report(request, advisor, absence)
    if request.method == "POST" and not is_absence and hours.is_valid():
        availability.set_hours(actor=request.user, advisor=advisor, hours=hours.stretches, **hours.rules)
        messages.success(request, _("Your hours are kept. New appointments follow them."))
        return redirect(PAGE)
    context = {
        "form": hours,
        "absence_form": absence,
        "absences": questions.coming_absences(advisor),
        "is_default": not advisor.hours.all(),
        "next_free": questions.first_free([advisor], count=3)[advisor.pk],
    }
    status = 422 if hours.errors or absence.errors else 200
    return render(request, "advisors/availability.html", context, status=status)


def _own(request: SignedInRequest) -> Advisor:
    request.working_as, request.menu_key = Role.ADVISOR, "desk"  # type: ignore[attr-defined]
    advisor = advisor_of(request.user)
    if advisor is None:
        raise Http404
    return advisor


def _report(request: SignedInRequest, advisor: Advisor, form: AbsenceForm) -> HttpResponse:
    row = records.report_absence(actor=request.user, advisor=advisor, **form.cleaned_data)
    since, until = clock.local(row.starts_on), clock.local(row.ends_on, 23, 59)
    planned = len(questions.taken([advisor.user_id], since, until).get(advisor.user_id, ()))
    if planned:
        messages.warning(
            request,
            ngettext(
                "The absence is kept. %(planned)d conversation is planned in it: move or cancel it.",
                "The absence is kept. %(planned)d conversations are planned in it: move or cancel them.",
                planned,
            )
            % {"planned": planned},
        )
    else:
        messages.success(request, _("The absence is kept. No appointments are offered in it."))
    return redirect(PAGE)


def _take_back(request: SignedInRequest, advisor: Advisor) -> HttpResponse:
    form = TakeBackForm(request.POST)
    if form.is_valid():
        for row in questions.coming_absences(advisor).filter(starts_on=form.cleaned_data["back"]):
            availability.remove_absence(actor=request.user, absence=row)
    messages.success(request, _("The absence has been taken back."))
    return redirect(PAGE)
