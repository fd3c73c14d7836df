"""Addresses of the catalogue, in both languages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from catalog.views import desk, enrolments, events, interventions, offerings

app_name = "catalog"
urlpatterns = [
    path(_("offerings/"), offerings.index, name="offerings"),
    path(_("offerings/suggestions/"), offerings.suggest, name="suggest"),
    path(_("offerings/<slug:slug>/"), offerings.page, name="offering"),
    path(_("offerings/<slug:slug>/enrol/"), enrolments.enrol, name="enrol"),
    path(_("enrolments/<ref:reference>/cancel/"), enrolments.cancel, name="cancel"),
    path(_("calendar/"), events.index, name="calendar"),
    path(_("calendar/<int:year>/<int:number>/"), events.month, name="month"),
    path(_("calendar/feed.ics"), events.subscribe, name="feed"),
    path(_("manage-offerings/"), desk.index, name="desk"),
    path(_("interventions/"), interventions.index, name="guide"),
    path(_("interventions/<slug:slug>/"), interventions.page, name="intervention"),
]
