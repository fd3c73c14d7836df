"""Addresses without a language."""

from django.urls import path

from portal.interface import views

urlpatterns = [
    path("", views.root, name="root"),
    path("language/<slug:code>/", views.language, name="language"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
