"""Addresses under /cu-tri/."""

from django.urls import path

from . import meetings, moving, records, reports, worklist

app_name = "voters"
urlpatterns = [
    path("kien-nghi/", worklist.petitions, name="petitions"),
    path("kien-nghi/xuat/", worklist.export, name="export"),
    path("kien-nghi/moi/", records.new, name="new"),
    path("kien-nghi/<int:pk>/", records.petition, name="petition"),
    path("kien-nghi/<int:pk>/sua/", records.reword, name="reword"),
    path("kien-nghi/<int:pk>/nguoi-neu/", records.speakers, name="speakers"),
    path("kien-nghi/<int:pk>/giay-hen/", records.slip, name="slip"),
    path("kien-nghi/viec/<slug:code>/", moving.move, name="move"),
    path("hoi-nghi/", meetings.meetings, name="meetings"),
    path("hoi-nghi/moi/", meetings.new, name="meeting_new"),
    path("hoi-nghi/<int:pk>/", meetings.meeting, name="meeting"),
    path("hoi-nghi/<int:pk>/sua/", meetings.edit, name="meeting_edit"),
    path("hoi-nghi/<int:pk>/dong/", meetings.save_rows, name="meeting_rows"),
    path("hoi-nghi/<int:pk>/dan/", meetings.paste, name="meeting_paste"),
    path("hoi-nghi/<int:pk>/bien-ban/", meetings.minutes, name="meeting_minutes"),
    path("van-ban-chuyen/", worklist.letters, name="letters"),
    path("van-ban-chuyen/<int:pk>/", worklist.letter, name="letter"),
    path("bao-cao/", reports.report, name="report"),
    path("bao-cao/1a/<str:kind>/", reports.report_1a, name="report_1a"),
]
