"""Every address, by part. Public ones are listed in tests/architecture/test_public_urls.py."""

from importlib.util import find_spec

from django.urls import include, path

from hoidong.desk import pages as desk

PARTS = (
    ("", "hoidong.portal.urls"),
    ("", "hoidong.kernel.ui.urls"),
    ("", "hoidong.kernel.people.urls"),
    ("tai-khoan/", "hoidong.kernel.people.signing_urls"),
    ("tim/", "hoidong.kernel.search.urls"),
    ("thong-bao/", "hoidong.kernel.notices.urls"),
    ("live/", "hoidong.kernel.live.urls"),
    ("tep/", "hoidong.kernel.files.urls"),
    ("", "hoidong.kernel.papers.urls"),
    ("du-lieu/", "hoidong.kernel.sheets.urls"),
    ("cu-tri/", "hoidong.citizens.voters.pages.urls"),
    ("", "hoidong.citizens.voters.pages.public_urls"),
    ("hoi-dong/", "hoidong.council.meetings.urls"),
    ("quan-tri/quy-dinh/", "hoidong.kernel.law.urls"),
    ("quan-tri/lich-nghi/", "hoidong.kernel.deadlines.urls"),
    ("quan-tri/so-van-ban/", "hoidong.kernel.numbering.urls"),
    ("quan-tri/don-vi/", "hoidong.kernel.units.urls"),
    ("quan-tri/hang-doi/", "hoidong.kernel.outbox.urls"),
)

urlpatterns = [
    path("", desk.front, name="front"),
    path("khoe/", desk.health, name="health"),
    path("ban-lam-viec/", include("hoidong.desk.urls")),
    *(path(prefix, include(module)) for prefix, module in PARTS if find_spec(module)),
]
