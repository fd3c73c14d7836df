"""Addresses of the catalogue, in both languages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from catalog.views import (
    approvals,
    bookmarks,
    dates,
    desk,
    editing,
    enrolments,
    events,
    interventions,
    moves,
    offerings,
    replacements,
    sessions,
    versions,
)

app_name = "catalog"
urlpatterns = [
    path(_("offerings/"), offerings.index, name="offerings"),
    path(_("offerings/suggestions/"), offerings.suggest, name="suggest"),
    path(_("offerings/<slug:slug>/"), offerings.page, name="offering"),
    path(_("offerings/<slug:slug>/enrol/"), enrolments.enrol, name="enrol"),
    path(_("offerings/<slug:slug>/keep/"), bookmarks.keep, name="keep"),
    path(_("enrolments/<ref:reference>/cancel/"), enrolments.cancel, name="cancel"),
    path(_("enrolments/<ref:reference>/accept/"), enrolments.accept, name="accept"),
    path(_("enrolments/<ref:reference>/move/"), enrolments.move, name="move"),
    path(_("enrolments/<ref:reference>/colleague/"), replacements.colleague, name="colleague"),
    path(_("in-place-of/<ref:reference>/"), replacements.page, name="replacement"),
    path(_("approvals/"), approvals.index, name="approvals"),
    path(_("approvals/<ref:reference>/"), approvals.answer, name="answer"),
    path(_("approvals/deputy/"), approvals.deputy, name="deputy"),
    path(_("approvals/deputy/<int:number>/end/"), approvals.end_deputy, name="end_deputy"),
    path(_("calendar/"), events.index, name="calendar"),
    path(_("calendar/<int:year>/<int:number>/"), events.month, name="month"),
    path(_("calendar/feed.ics"), events.subscribe, name="feed"),
    path(_("manage-offerings/"), desk.index, name="desk"),
    path(_("manage-offerings/searched/"), desk.missed, name="missed"),
    path(_("manage-offerings/new/"), desk.new, name="new"),
    path(_("manage-offerings/items/<slug:slug>/"), editing.edit, name="edit"),
    path(_("manage-offerings/items/<slug:slug>/duplicate/"), moves.duplicate, name="duplicate"),
    path(_("manage-offerings/items/<slug:slug>/archive/"), moves.archive, name="archive"),
    path(_("manage-offerings/items/<slug:slug>/draft/"), moves.withdraw, name="withdraw"),
    path(_("manage-offerings/items/<slug:slug>/versions/"), versions.index, name="versions"),
    path(_("manage-offerings/items/<slug:slug>/versions/<int:number>/"), versions.restore, name="restore"),
    path(_("manage-offerings/items/<slug:slug>/new-date/"), dates.new, name="new_date"),
    path(_("manage-offerings/dates/<ref:reference>/change/"), dates.change, name="change_date"),
    path(_("manage-offerings/dates/"), sessions.index, name="dates"),
    path(_("manage-offerings/dates/<ref:reference>/"), sessions.page, name="date"),
    path(_("manage-offerings/dates/<ref:reference>/call-off/"), sessions.call_off, name="call_off"),
    path(_("interventions/"), interventions.index, name="guide"),
    path(_("interventions/<slug:slug>/"), interventions.page, name="intervention"),
]
