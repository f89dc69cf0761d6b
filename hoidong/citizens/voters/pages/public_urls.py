"""Addresses of the announced schedule, open to everybody, and of calendars under a secret one."""

from django.urls import path

from . import schedule

app_name = "schedule"
urlpatterns = [
    path("cong/lich-tiep-xuc/", schedule.public, name="public"),
    path("cong/lich-tiep-xuc/<str:code>.ics", schedule.feed, name="feed"),
    path("lich/<str:secret>.ics", schedule.own_feed, name="own"),
]
