"""Addresses of budgets."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.entitlements.views import budget

app_name = "entitlements"
urlpatterns = [
    path(_("budget/"), budget.own, name="own"),
    path(_("budget/departments/"), budget.departments, name="departments"),
    path(_("budget/departments/<ref:reference>/"), budget.department, name="department"),
]
