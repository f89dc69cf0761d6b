"""Addresses of files, under /tep/."""

from django.urls import path

from . import pages

app_name = "files"
urlpatterns = [path("<int:pk>/<str:name>", pages.show, name="show")]
