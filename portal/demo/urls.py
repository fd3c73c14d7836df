"""Addresses of portal.demo."""

from django.urls import path

from portal.demo import views

app_name = "demo"
urlpatterns = [path("dev/sign-in/", views.sign_in, name="sign_in")]
