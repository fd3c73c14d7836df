"""The administrator's page on mail and jobs, below `/beheer/`."""

from django.urls import path, re_path

from portal.delivery import views

app_name = "delivery_admin"
urlpatterns = [
    path("bezorging/", views.failures, name="failures"),
    re_path(
        "^bezorging/(?P<kind>mail|job)/(?P<pk>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/$",
        views.retry,
        name="retry",
    ),
]
