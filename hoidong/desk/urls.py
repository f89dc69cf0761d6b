"""Addresses of the desk, under /ban-lam-viec/."""

from django.urls import path

from . import pages

app_name = "desk"
urlpatterns = [
    path("", pages.home, name="home"),
    path("chuc-vu/", pages.switch_post, name="switch_post"),
]
