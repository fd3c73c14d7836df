"""Pages of the ground floor, in both languages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from portal.interface import views

urlpatterns = [
    path("", views.home, name="home"),
    path(_("mine/"), views.mine, name="mine"),
    path(_("who-sees-what/"), views.who_sees_what, name="who_sees_what"),
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path(_("privacy/"), views.privacy, name="privacy"),
    path(_("building-stones/"), views.components, name="components"),
]
