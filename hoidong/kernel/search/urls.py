"""Addresses of search, under /tim/."""

from django.urls import path

from . import pages

app_name = "search"
urlpatterns = [path("", pages.search, name="find")]
