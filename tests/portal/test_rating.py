"""A voter rates the reply and says whether the promise was kept, with the code and nothing else."""

import datetime

import pytest
from django.core.cache import cache

from hoidong.citizens.voters import actions, receivers
from hoidong.citizens.voters.models import Answer, Petition, VoterRating
from hoidong.citizens.voters.states import S
from hoidong.kernel.base import dates
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.notices.models import Notice
from hoidong.kernel.outbox.models import Event
from hoidong.kernel.people import Actor

pytestmark = pytest.mark.django_db
CASE = "/cong/tra-cuu/{}/"
RATE = CASE + "danh-gia/"


@pytest.fixture(autouse=True)
def forgotten():
    """Nobody tried anything yet."""
    cache.clear()


@pytest.fixture
def answered(petition_in, actor):
    """A petition whose reply promised something that was due ten days ago. The citizen's page knows."""
    petition = petition_in(S.ANSWERED)
    day = dates.today() - datetime.timedelta(days=10)
    Petition.objects.filter(pk=petition.pk).update(promised_on=day)
    Answer.objects.filter(petition=petition).update(promised_on=day)
    from hoidong.citizens.voters import mirrors

    mirrors.refresh([petition.pk], by=actor("chuyenvien"))
    return petition


def rate(petition, about="reply", voice="good", words=""):
    return actions.rate(petition.code, about=about, voice=voice, words=words, by=Actor.system())


def test_a_voter_rates_from_the_page_of_the_code_and_finds_it_again(client, answered):
    assert "có đúng điều Ông/Bà hỏi" in client.get(CASE.format(answered.code)).content.decode()
    sent = client.post(RATE.format(answered.code), {"about": "reply", "voice": "partly", "words": "Mới nói <b>một nửa</b>."})
    assert sent.status_code == 302
    page = client.get(CASE.format(answered.code)).content.decode()
    assert "Mới nói &lt;b&gt;một nửa&lt;/b&gt;." in page
    assert "Sửa đánh giá" in page


def test_the_last_word_counts(answered):
    rate(answered, voice="good")
    rate(answered, voice="bad")
    assert [rating.voice for rating in VoterRating.objects.all()] == ["bad"]


def test_reply_and_promise_are_judged_apart(answered):
    rate(answered, voice="good")
    rate(answered, about="promise", voice="bad")
    assert VoterRating.objects.count() == 2


def test_a_promise_is_judged_from_its_day_on(answered):
    Answer.objects.filter(petition=answered).update(promised_on=dates.today() + datetime.timedelta(days=1))
    with pytest.raises(NotAllowed, match="Chưa tới ngày hứa"):
        rate(answered, about="promise")


def test_where_nothing_was_answered_there_is_nothing_to_rate(client, petition_in):
    petition = petition_in(S.SENT)
    assert "danh-gia" not in client.get(CASE.format(petition.code)).content.decode()
    assert client.post(RATE.format(petition.code), {"about": "reply", "voice": "good"}).status_code == 422
    assert not VoterRating.objects.exists()


def test_a_merged_petition_rates_the_reply_to_the_one_it_went_into(answered, petition_in):
    merged = petition_in(S.MERGED)
    Petition.objects.filter(pk=merged.pk).update(merged_into=answered)
    assert rate(merged).answer.petition_id == answered.pk
    rate(answered)
    assert VoterRating.objects.count() == 2


def test_no_choice_and_too_many_words_are_told_and_what_was_typed_stays(client, answered):
    page = client.post(RATE.format(answered.code), {"about": "reply", "words": "Tôi chưa chọn"})
    assert page.status_code == 422
    assert "Chọn một trong các câu trả lời" in page.content.decode()
    assert "Tôi chưa chọn" in page.content.decode()
    with pytest.raises(Invalid, match="Rút ngắn"):
        rate(answered, words="dài " * 400)


def test_a_wrong_code_rates_nothing_and_counts_as_a_miss(client, answered):
    for _try in range(40):
        assert client.post(RATE.format("CCCC-CCCC"), {"about": "reply", "voice": "good"}).status_code == 302
    assert client.get(CASE.format(answered.code)).status_code == 429
    assert not VoterRating.objects.exists()


def test_one_machine_rates_so_many_times_an_hour_and_no_more(client, answered):
    answers = {client.post(RATE.format(answered.code), {"about": "reply", "voice": "good"}).status_code for _ in range(31)}
    assert answers == {302, 429}


def test_a_bad_judgement_is_told_to_the_office_and_stands_on_its_record_only(answered, signed_in, actor):
    rate(answered, voice="bad", words="Đường vẫn chưa sửa.")
    receivers.tell_office(Event.objects.filter(name="voters.rated_bad").latest("id"))
    assert Notice.objects.filter(kind="voters.rated_bad", account=actor("chuyenvien").account).exists()
    assert "Đường vẫn chưa sửa." in signed_in("chuyenvien").get(answered.get_absolute_url()).content.decode()
    for body in ("soxaydung", "sonongnghiep"):
        assert "Đường vẫn chưa sửa." not in signed_in(body).get(answered.get_absolute_url()).content.decode()


def test_the_form_needs_the_token_of_the_page(answered):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(RATE.format(answered.code), {"about": "reply", "voice": "good"}).status_code == 403
