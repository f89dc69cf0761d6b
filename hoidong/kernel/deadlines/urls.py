"""Addresses of the calendar, under /quan-tri/lich-nghi/."""

from django.urls import path

from . import pages

app_name = "deadlines"
urlpatterns = [
    path("", pages.calendar, name="calendar"),
    path("thu-tinh/", pages.calculator, name="calculator"),
    path("<int:year>/", pages.calendar, name="calendar_year"),
    path("<int:year>/ngay/", pages.day, name="day"),
    path("<int:year>/hoan-doi/", pages.swap, name="swap"),
    path("<int:year>/xac-nhan/", pages.confirm, name="confirm"),
    path("<int:year>/mo/", pages.open_year, name="open_year"),
    path("<int:year>/cach-tinh/", pages.setting, name="setting"),
    path("<int:year>/cau-hoi/<str:date>/", pages.answer, name="answer"),
]
