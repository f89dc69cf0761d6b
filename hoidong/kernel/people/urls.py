"""Addresses of one's own account, of the people of a unit, and of the first run."""

from django.urls import path

from .pages import directory, first_run, management, own

app_name = "people"
urlpatterns = [
    path("bat-dau/", first_run.first_run, name="first_run"),
    path("toi/", own.account, name="account"),
    path("toi/phien/ket-thuc/", own.end_other_sessions, name="end_other_sessions"),
    path("toi/phien/<int:pk>/ket-thuc/", own.end_session, name="end_session"),
    path("toi/uy-quyen/", own.delegate, name="delegate"),
    path("toi/uy-quyen/<int:pk>/rut/", own.revoke, name="revoke"),
    path("quan-tri/nguoi-dung/", directory.people, name="list"),
    path("quan-tri/nguoi-dung/moi/", management.add, name="add"),
    path("quan-tri/nguoi-dung/phieu/", management.slips, name="slips"),
    path("quan-tri/nguoi-dung/<int:pk>/", directory.person, name="person"),
    path("quan-tri/nguoi-dung/<int:pk>/lien-lac/", management.contacts, name="contacts"),
    path("quan-tri/nguoi-dung/<int:pk>/xem-lien-lac/", directory.reveal, name="reveal"),
    path("quan-tri/nguoi-dung/<int:pk>/chuc-vu/", management.give_post, name="give_post"),
    path("quan-tri/nguoi-dung/<int:pk>/mat-khau/", management.reset_password, name="reset_password"),
    path("quan-tri/nguoi-dung/<int:pk>/khoa/", management.lock, name="lock"),
    path("quan-tri/nguoi-dung/<int:pk>/mo/", management.unlock, name="unlock"),
    path("quan-tri/nguoi-dung/<int:pk>/hai-lop/", management.forget_factors, name="forget_factors"),
    path("quan-tri/nguoi-dung/chuc-vu/<int:pk>/thoi/", management.end_post, name="end_post"),
]
