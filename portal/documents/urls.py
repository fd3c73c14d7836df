"""Addresses of portal.documents."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.documents import views

app_name = "documents"
urlpatterns = [path(_("documents/<ref:reference>/"), views.download, name="download")]
