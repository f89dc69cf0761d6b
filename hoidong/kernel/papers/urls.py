"""Addresses of papers and of their templates."""

from django.urls import path

from . import pages

app_name = "papers"
urlpatterns = [
    path("van-ban/<int:pk>/<str:form>/", pages.download, name="download"),
    path("quan-tri/mau-van-ban/", pages.templates, name="templates"),
    path("quan-tri/mau-van-ban/<str:kind>/mac-dinh/", pages.default, name="default"),
    path("quan-tri/mau-van-ban/<str:kind>/xem-thu/", pages.preview, name="preview"),
    path("quan-tri/mau-van-ban/<str:kind>/thay/", pages.replace, name="replace"),
    path("quan-tri/mau-van-ban/rieng/<int:pk>/", pages.own, name="own"),
    path("quan-tri/mau-van-ban/rieng/<int:pk>/tro-lai/", pages.restore, name="restore"),
]
