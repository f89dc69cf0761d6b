"""The address of the stream, /live/."""

from django.urls import path

from . import streams

app_name = "live"
urlpatterns = [path("", streams.stream, name="stream")]
