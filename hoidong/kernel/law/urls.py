"""Addresses of the rules, under /quan-tri/quy-dinh/."""

from django.urls import path

from . import pages

app_name = "law"
urlpatterns = [
    path("", pages.rules, name="rules"),
    path("<int:pk>/", pages.rule, name="rule"),
    path("<int:pk>/thay-doi/", pages.change, name="change"),
    path("<int:pk>/doi-chieu/", pages.verify, name="verify"),
]
