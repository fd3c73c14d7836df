"""Addresses of administration, without a language: `/beheer/`."""

from django.urls import path

from portal.people.views import administration

app_name = "administration"
urlpatterns = [
    path("", administration.overview, name="overview"),
    path("rollen/", administration.roles, name="roles"),
    path("rollen/nieuw/", administration.grant, name="grant"),
    path("rollen/<slug:reference>/bevestigen/", administration.confirm, name="confirm"),
    path("rollen/<slug:reference>/beeindigen/", administration.end, name="end"),
]
