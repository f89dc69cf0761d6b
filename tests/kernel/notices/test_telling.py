"""Who is told, in how many statements, and what each chose."""

import pytest
from django.db import connection

from hoidong.kernel import notices
from hoidong.kernel.notices import choosing
from hoidong.kernel.notices.models import QUIET_FROM, QUIET_TO, Mail, Notice
from hoidong.kernel.people.models import Account

pytestmark = pytest.mark.django_db
TOLD = {"text": "Kiến nghị số 12 được chuyển đến", "url": "/cu-tri/12/"}


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notices.mail_now' AND status = 'todo'")
        return cursor.fetchone()[0]


def test_each_person_is_told_once_however_often_named(actor):
    clerk = actor("xa")

    made = notices.tell([clerk, clerk.account, clerk.account.pk, None], kind="tests.app", **TOLD)

    assert [notice.account_id for notice in made] == [clerk.account.pk]
    assert notices.unread_count(clerk) == 1
    assert notices.unread_count(actor("xa2")) == 0
    assert notices.unread_count(None) == 0


@pytest.mark.parametrize("count", [1, 40])
def test_telling_many_takes_as_many_statements_as_telling_one(count, django_assert_num_queries, db):
    accounts = Account.objects.bulk_create(
        [Account(username=f"nguoi{number}", email=f"n{number}@example.vn") for number in range(count)]
    )

    # The savepoint and its end, what they chose, the notices, their mails in the queue, the live sign.
    with django_assert_num_queries(6):
        notices.tell([account.pk for account in accounts], kind="tests.mail", **TOLD)


def test_a_person_who_chose_off_is_not_told_and_others_get_the_mail_they_chose(actor):
    off, mail, digest, app = actor("xa"), actor("xa2"), actor("chuyenvien"), actor("lanhdao")
    for one, way in ((off, "off"), (mail, "mail"), (digest, "digest")):
        choosing.choose(one, {"tests.app": way}, begins=QUIET_FROM, ends=QUIET_TO)
    before = jobs()

    notices.tell([off, mail, digest, app], kind="tests.app", **TOLD)

    found = dict(Notice.objects.filter(kind="tests.app").values_list("account__username", "mail"))
    assert found == {"xa2": Mail.NOW, "chuyenvien": Mail.DIGEST, "lanhdao": Mail.NONE}
    assert jobs() == before + 1


def test_a_kind_nobody_registered_is_refused(actor):
    with pytest.raises(ValueError, match=r"tests\.unknown"):
        notices.tell([actor("xa")], kind="tests.unknown", **TOLD)


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_notice_never_leads_out_of_the_platform(actor, url):
    with pytest.raises(ValueError, match="address of this platform"):
        notices.tell([actor("xa")], kind="tests.app", text="Việc", url=url)


def test_the_count_stops_at_a_hundred_and_takes_one_statement(actor, django_assert_num_queries):
    clerk = actor("xa")
    Notice.objects.bulk_create(
        [Notice(account=clerk.account, kind="tests.app", text="Việc", url="/", at="2026-11-23T00:00Z")] * 130
    )

    with django_assert_num_queries(1):
        assert notices.unread_count(clerk) == 100


def test_marking_as_read_touches_only_own_notices(actor):
    mine, other = actor("xa"), actor("xa2")
    [theirs] = notices.tell([other], kind="tests.app", **TOLD)
    [own] = notices.tell([mine], kind="tests.app", **TOLD)

    assert notices.mark_read(mine, [own.pk, theirs.pk]) == 1
    assert notices.unread_count(other) == 1
    assert notices.mark_read(mine) == 0
