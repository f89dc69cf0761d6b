"""Addresses of the lots, under /du-lieu/."""

from django.urls import path

from . import pages, row_pages

app_name = "sheets"
urlpatterns = [
    path("", pages.lots, name="list"),
    path("lo/<int:pk>/", pages.lot, name="lot"),
    path("lo/<int:pk>/trang-tinh/", pages.choose, name="choose"),
    path("lo/<int:pk>/nhan/", pages.take, name="take"),
    path("lo/<int:pk>/lam-tiep/", pages.resume, name="resume"),
    path("lo/<int:pk>/huy/", pages.cancel, name="cancel"),
    path("lo/<int:pk>/dong-loi.xlsx", row_pages.bad_rows, name="bad"),
    path("lo/<int:pk>/bo-qua/", row_pages.leave_out, name="leave_out"),
    path("lo/<int:pk>/dong/<int:number>/", row_pages.row, name="row"),
    path("<str:code>/", pages.start, name="start"),
    path("<str:code>/mau.xlsx", pages.template, name="template"),
]
