"""Addresses of advisors."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from advisors.views import availability, directory

app_name = "advisors"
urlpatterns = [
    path(_("advisors/"), directory.directory, name="directory"),
    path(_("advisors/availability/"), availability.own, name="availability"),
]
