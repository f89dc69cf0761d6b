"""Addresses of the queue, under /quan-tri/hang-doi/."""

from django.urls import path

from . import pages

app_name = "outbox"
urlpatterns = [
    path("", pages.queue, name="queue"),
    path("giao/<int:pk>/thu-lai/", pages.retry_delivery, name="retry_delivery"),
    path("viec/<int:pk>/thu-lai/", pages.retry_job, name="retry_job"),
]
