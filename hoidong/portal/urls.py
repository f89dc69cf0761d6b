"""Addresses of the citizens' portal."""

from django.urls import path

from . import pages

app_name = "portal"
urlpatterns = [
    path("cong/", pages.home, name="home"),
    path("cong/tra-cuu/", pages.find, name="find"),
    path("cong/tra-cuu/<str:code>/", pages.case, name="case"),
    path("cong/tra-cuu/<str:code>/danh-gia/", pages.rate, name="rate"),
    path("cong/noi/<str:code>/", pages.place, name="place"),
    path("cong/tro-giup/", pages.help_page, name="help"),
]
