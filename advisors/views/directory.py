"""The directory of advisors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advisors.forms import DirectoryFilter
from advisors.queries import candidates, with_next_free
from portal import clock
from portal.people.permissions import SignedInRequest, signed_in


@signed_in
@require_safe
def directory(request: SignedInRequest) -> HttpResponse:
    """Show who the advisors are and which of them fit this person now."""
    form = DirectoryFilter(request.GET or None)
    question_types, language = form.wish()
    found = candidates(
        participant=request.user, question_types=question_types, language=language, on=clock.today()
    )
    context = {
        "form": form,
        "available": with_next_free(each for each in found if each.can_take_case),
        "unavailable": [each for each in found if not each.can_take_case],
        "filtered": bool(question_types or language),
    }
    return render(request, "advisors/directory.html", context)
