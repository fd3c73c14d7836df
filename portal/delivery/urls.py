"""The demo's mailbox."""

from django.urls import path

from portal.delivery import views

app_name = "delivery"
urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<uuid:pk>/", views.mail, name="mail"),
    path("<uuid:pk>/<int:number>/", views.attachment, name="attachment"),
]
