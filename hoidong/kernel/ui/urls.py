"""Addresses of ui: the choice of print size and light,."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("giao-dien/", views.look, name="look"),
]
