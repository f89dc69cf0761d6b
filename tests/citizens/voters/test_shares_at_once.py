"""Two people, two connections, one petition with parts: each part is asked once and answered once, and the second one is told."""

import pytest

from tests.citizens.voters.test_at_once import office_at_work  # noqa: F401

PARTS = """
from hoidong.citizens.voters.models import Field, Share
from hoidong.citizens.voters.shares import actions as deeds
one, two, farmers = people.actor("chuyenvien"), people.actor("chuyenvien2"), people.actor("sonongnghiep")

def ready(words):
    made = write(words)
    actions.classify(these(made), by=one, field=Field.objects.first(), level="province", body=people.actor("soxaydung").unit)
    return these(made)

def ask(petitions, by):
    return len(deeds.ask(petitions, bodies=[farmers.unit], asked_for="Cho ý kiến về kênh tiêu.", by=by))
"""


@pytest.mark.django_db
class TestTwoAtOnce:
    """Each thread has its own connection; what one commits the other sees."""

    def test_two_officers_who_ask_the_same_body_ask_it_once(self, office_at_work):  # noqa: F811
        rounds = office_at_work(
            PARTS
            + """
told = []
for turn in range(4):
    petitions = ready("Đề nghị làm lại cống đầu xóm.")
    said = at_once(lambda: ask(petitions.all(), one), lambda: ask(petitions.all(), two))
    told.append([said, Share.objects.filter(petition__in=petitions).count()])
print(json.dumps(told))
"""
        )
        for said, count in rounds:
            assert sorted(outcome for _place, outcome, _words in said) == ["done", "refused"], said
            assert "đang được hỏi" in next(words for _place, outcome, words in said if outcome == "refused")
            assert count == 1

    def test_an_opinion_and_the_taking_back_of_the_asking_do_not_both_count(self, office_at_work):  # noqa: F811
        rounds = office_at_work(
            PARTS
            + """
told = []
for turn in range(4):
    petitions = ready("Đề nghị nạo vét kênh tiêu cuối xóm.")
    ask(petitions, one)
    share = Share.objects.get(petition__in=petitions)
    again = Share.objects.get(pk=share.pk)
    said = at_once(lambda: str(deeds.give(share, "Đồng ý nạo vét.", by=farmers)), lambda: str(deeds.withdraw(again, "Đã rõ.", by=one)))
    share = Share.objects.get(pk=share.pk)
    told.append([said, share.state, share.words])
print(json.dumps(told))
"""
        )
        for said, state, words in rounds:
            done = [place for place, outcome, _words in said if outcome == "done"]
            assert len(done) == 1, said
            assert {outcome for _place, outcome, _words in said} == {"done", "refused"}, said
            assert (state, words) == [("given", "Đồng ý nạo vét."), ("withdrawn", "Đã rõ.")][done[0]]
