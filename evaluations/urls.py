"""Addresses of evaluations."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from evaluations.views import figures, releases, reports, survey

app_name = "evaluations"
urlpatterns = [
    path(_("survey/<str:token>/"), survey.survey, name="survey"),
    path(_("figures/"), figures.overview, name="figures"),
    path(_("figures/releases/"), releases.overview, name="releases"),
    path(_("figures/releases/<str:period>/"), releases.preview, name="release"),
    path(_("figures/report/"), reports.ask, name="ask"),
    path(_("figures/report/<uuid:key>/"), reports.report, name="report"),
]
