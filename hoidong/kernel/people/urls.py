"""Addresses of sign-in, of one's own account and of the people of a unit."""

from django.urls import include, path

from . import own_pages, pages

app_name = "people"
urlpatterns = [
    path("toi/", own_pages.account, name="account"),
    path("toi/uy-quyen/", own_pages.delegate, name="delegate"),
    path("toi/uy-quyen/<int:pk>/thoi/", own_pages.revoke, name="revoke"),
    path("toi/phien/<int:pk>/ket-thuc/", own_pages.end_session, name="end_session"),
    path("quan-tri/nguoi-dung/", pages.people, name="list"),
    path("quan-tri/nguoi-dung/moi/", pages.add, name="add"),
    path("quan-tri/nguoi-dung/<int:pk>/", pages.person, name="person"),
    path("quan-tri/nguoi-dung/<int:pk>/chuc-vu/", pages.give_post, name="give_post"),
    path("quan-tri/nguoi-dung/<int:pk>/mat-khau/", pages.reset_password, name="reset_password"),
    path("quan-tri/nguoi-dung/<int:pk>/khoa/", pages.switch, name="switch"),
    path("quan-tri/nguoi-dung/chuc-vu/<int:pk>/thoi/", pages.end_post, name="end_post"),
]
