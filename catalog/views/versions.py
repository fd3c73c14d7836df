"""The versions of a card: compare any two, put one back."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.errors import Incomplete, Refused
from catalog.models import OfferingVersion
from catalog.queries.editing import versions_of
from catalog.queries.versions import chosen, compare
from catalog.services import cards
from catalog.views.editing import found
from portal.interface.http import conflict, tell
from portal.people.enums import Role
from portal.people.permissions import SignedInRequest, role_required

PER_PAGE = 30


@role_required(Role.EDITOR)
@require_safe
def index(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the versions and compare two of them: the last two unless others are chosen."""
    offering = found(request.user, slug)
    rows = versions_of(offering)
    pair = chosen(rows, request.GET.get("before", ""), request.GET.get("after", ""))
    changes = compare(pair[0].card, pair[1].card) if len(pair) == 2 else []
    page = Paginator(rows.defer("card"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"offering": offering, "page": page, "pair": pair, "changes": changes}
    return render(request, "catalog/versions.html", context)


@role_required(Role.EDITOR)
@require_POST
def restore(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Put an earlier version back, as a new one."""
    offering, seen = found(request.user, slug), request.POST.get("seen", "")
    try:
        cards.restore(
            offering=offering, number=number, seen=int(seen) if seen.isdecimal() else 0, actor=request.user
        )
    except OfferingVersion.DoesNotExist:
        raise Http404 from None
    except Incomplete as refusal:
        return conflict(request, " ".join(str(gap.sentence) for gap in refusal.gaps))
    except Refused as refusal:
        return conflict(request, str(refusal))
    tell(request, _("Version %(number)d is back, as the newest version.") % {"number": number})
    return redirect("catalog:edit", slug=slug)
