"""All addresses. The roof: this file may name every app."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("portal.interface.urls_plain")),
    path("", include("portal.demo.urls")),
    path("beheer/", include("portal.people.urls_admin")),
    path("beheer/", include("portal.delivery.urls_admin")),
    *i18n_patterns(
        path("", include("portal.interface.urls")),
        path("account/", include("portal.people.urls")),
        path("", include("portal.privacy.urls")),
        path("", include("portal.documents.urls")),
        path("", include("portal.entitlements.urls")),
        path("", include("catalog.urls")),
        path("", include("advisors.urls")),
        path("", include("trajectories.urls")),
        path("", include("evaluations.urls")),
    ),
]
if not settings.PRODUCTION:
    urlpatterns.append(path("dev/mail/", include("portal.delivery.urls")))
handler400 = "portal.interface.errors.bad_request"
handler403 = "portal.interface.errors.forbidden"
handler404 = "portal.interface.errors.not_found"
handler500 = "portal.interface.errors.server_error"
