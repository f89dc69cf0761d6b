"""Addresses of the register of units, under /quan-tri/don-vi/."""

from django.urls import path

from . import pages

app_name = "units"
urlpatterns = [
    path("", pages.units, name="list"),
    path("goi-y/", pages.suggest, name="suggest"),
    path("<int:pk>/", pages.unit, name="unit"),
    path("<int:pk>/them/", pages.add, name="add"),
]
