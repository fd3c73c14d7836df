"""Addresses of the account. allauth's names stay: its own pages ask for them."""

from django.urls import include, path

from portal.people.views import account

urlpatterns = [
    path("", account.home, name="account_home"),
    # HR keeps addresses: this takes the place of allauth's page to change them.
    path("email/", account.email, name="account_email"),
    path("", include("allauth.urls")),
]
