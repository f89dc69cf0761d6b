"""What the log, the books and the notices speak about has a word for people and leads to its page."""

import pytest
from django.apps import apps

from hoidong.kernel.audit.models import AuditEntry
from hoidong.kernel.base import sql, subjects
from hoidong.kernel.numbering.models import DrawnNumber

pytestmark = pytest.mark.django_db
MODELS = [model for label in ("voters", "meetings", "kernel") for model in apps.get_app_config(label).get_models()]


def test_every_record_with_a_page_of_its_own_is_a_known_subject_that_leads_there():
    """A model that knows its own address is one that letters, books and the log lead to."""
    with_page = [model for model in MODELS if hasattr(model, "get_absolute_url")]
    assert {model._meta.label for model in with_page} >= {
        "voters.Petition",
        "voters.TransferLetter",
        "voters.UrgingLetter",
        "voters.ReplyLetter",
        "voters.SupervisionTeam",
    }
    for model in with_page:
        assert subjects.url_of(model._meta.label_lower, 7) == model(pk=7).get_absolute_url(), model


def test_every_record_whose_state_is_guarded_is_a_known_subject():
    tables = {name.removeprefix("guard_") for name, _forward, _reverse in sql.pieces() if name.startswith("guard_")}
    guarded = [model for model in MODELS if model._meta.db_table in tables]
    assert len(guarded) == len(tables)
    assert [model._meta.label for model in guarded if subjects.known(model._meta.label_lower) is None] == []


def test_whatever_the_log_and_the_books_of_an_office_speak_about_is_known():
    kinds = set(AuditEntry.objects.values_list("subject_kind", flat=True).distinct())
    kinds |= set(DrawnNumber.objects.exclude(subject_id=None).values_list("subject_kind", flat=True).distinct())
    assert kinds >= {"voters.petition", "voters.transferletter", "voters.meeting", "kernel.person"}
    assert sorted(kind for kind in kinds if subjects.known(kind) is None) == []


@pytest.mark.parametrize("kind", ["voters.transferletter", "voters.meeting"])
def test_a_line_of_the_book_leads_to_the_letter_or_the_meeting_it_was_given_to(signed_in, kind):
    line = DrawnNumber.objects.filter(subject_kind=kind).select_related("sequence__unit__area").first()
    reader = "chuyenvien" if kind == "voters.transferletter" else "xa"
    page = signed_in(reader).get(f"/quan-tri/so-van-ban/{line.sequence_id}/").content.decode()
    assert f'href="{subjects.url_of(kind, line.subject_id)}"' in page
