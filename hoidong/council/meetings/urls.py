"""Addresses under /hoi-dong/."""

from django.urls import path

from . import pages

app_name = "meetings"
urlpatterns = [
    path("ky-hop/", pages.sessions, name="sessions"),
    path("ky-hop/nhiem-ky/", pages.new_term, name="new_term"),
    path("ky-hop/moi/", pages.new_session, name="new_session"),
    path("ky-hop/<int:pk>/", pages.session, name="session"),
]
