"""Addresses of ui: the choice of print size, light and language."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("giao-dien/", views.look, name="look"),
    path("giao-dien/ngon-ngu/", views.choose_language, name="language"),
]
