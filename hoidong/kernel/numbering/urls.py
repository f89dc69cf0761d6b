"""Addresses of the books, under /quan-tri/so-van-ban/."""

from django.urls import path

from . import pages

app_name = "numbering"
urlpatterns = [
    path("", pages.sequences, name="sequences"),
    path("dat-so/", pages.continue_book, name="continue"),
    path("lay-so/", pages.choose, name="choose"),
    path("<int:pk>/", pages.book, name="book"),
    path("<int:pk>/in.<str:kind>", pages.printed, name="print"),
]
