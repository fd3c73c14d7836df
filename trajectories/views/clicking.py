"""The answer to whether it clicks."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trajectories import services
from trajectories.enums import ActorKind, Click
from trajectories.views.base import DossierRequest, by, dossier_page, to_page, try_step


@require_POST
@dossier_page(ActorKind.PARTICIPANT)
def click(request: DossierRequest) -> HttpResponse:
    """Keep the answer."""
    answer = request.POST.get("answer", "")
    done = _("Kept. Only you see this answer.")
    if answer == Click.NO:
        done = _("The career service looks for another advisor for you.")
    try_step(request, lambda: services.say_whether_it_clicks(**by(request), answer=answer), done)
    return to_page(request)
