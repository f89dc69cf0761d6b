"""Addresses of the books, under /quan-tri/so-van-ban/."""

from django.urls import path

from . import pages

app_name = "numbering"
urlpatterns = [
    path("", pages.sequences, name="sequences"),
    path("dat-so/", pages.continue_book, name="continue"),
    path("<int:pk>/", pages.book, name="book"),
]
