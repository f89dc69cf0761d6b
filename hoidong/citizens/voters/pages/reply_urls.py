"""Addresses of reply letters, under /cu-tri/thu-tra-loi/."""

from django.urls import path

from . import passages, replies

urlpatterns = [
    path("thu-tra-loi/", replies.letters, name="replies"),
    path("thu-tra-loi/moi/", replies.new, name="reply_new"),
    path("thu-tra-loi/<int:pk>/", replies.letter, name="reply"),
    path("thu-tra-loi/<int:pk>/ghi/", replies.write, name="reply_write"),
    path("thu-tra-loi/<int:pk>/so-ngay/", replies.set_facts, name="reply_facts"),
    path("thu-tra-loi/<int:pk>/co-quan/", replies.body, name="reply_body"),
    path("thu-tra-loi/<int:pk>/viec/<slug:doing>/", replies.do, name="reply_do"),
    path("thu-tra-loi/<int:pk>/doan/<int:passage>/", passages.decide, name="reply_decide"),
    path("thu-tra-loi/<int:pk>/doan/<int:passage>/chon/", passages.choose, name="reply_choose"),
]
