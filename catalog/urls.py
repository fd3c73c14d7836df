"""Addresses of the catalogue, in both languages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from catalog.views import enrolments, interventions, offerings

app_name = "catalog"
urlpatterns = [
    path(_("offerings/"), offerings.index, name="offerings"),
    path(_("offerings/<slug:slug>/"), offerings.page, name="offering"),
    path(_("offerings/<slug:slug>/enrol/"), enrolments.enrol, name="enrol"),
    path(_("enrolments/<ref:reference>/cancel/"), enrolments.cancel, name="cancel"),
    path(_("interventions/"), interventions.index, name="guide"),
    path(_("interventions/<slug:slug>/"), interventions.page, name="intervention"),
]
