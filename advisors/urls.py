"""Addresses of advisors."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from advisors import views

app_name = "advisors"
urlpatterns = [
    path(_("advisors/"), views.directory, name="directory"),
]
