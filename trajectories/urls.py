"""Addresses of trajectories."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

app_name = "trajectories"
def v(request, **kw): return HttpResponse("")
urlpatterns = [path(_("trajectories/<ref:reference>/"), v, name="page"), path(_("requests/"), v, name="board")]
