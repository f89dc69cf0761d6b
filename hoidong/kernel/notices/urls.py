"""Addresses of notices, under /thong-bao/."""

from django.urls import path

from . import pages

app_name = "notices"
urlpatterns = [
    path("", pages.notices, name="list"),
    path("<int:pk>/", pages.open_notice, name="open"),
    path("da-doc/", pages.mark_read, name="mark_read"),
    path("chuong/", pages.bell, name="bell"),
    path("tuy-chon/", pages.choices, name="choices"),
]
