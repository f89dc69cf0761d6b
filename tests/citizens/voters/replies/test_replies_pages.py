"""The pages of a reply letter: what one sees, decides and is told; the same cost for one row and for many."""

import re

import pytest

from hoidong.citizens.voters.actions import passages
from hoidong.citizens.voters.actions import replies as actions
from hoidong.citizens.voters.models import Passage, Petition, ReplyLetter, ReplyPair
from hoidong.citizens.voters.replies import working
from hoidong.citizens.voters.replies.states import LetterState, Seen
from hoidong.citizens.voters.states import S
from hoidong.kernel import files

from .letters import ANSWERS, TEXTS, docx, numbered, pdf, upload

HOME = "/cu-tri/thu-tra-loi/"


def hidden(page, name):
    """The value of a hidden field of a page."""
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def shown(client, letter, **query):
    answer = client.get(f"{HOME}{letter.pk}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def decide(client, letter, page, doing, **typed):
    """Press a button of the page that is shown."""
    address = re.search(rf'action="({HOME}{letter.pk}/doan/\d+/)"', page).group(1)
    data = {"viec": doing, "luc": hidden(page, "luc"), **({"kn": hidden(page, "kn")} if 'name="kn"' in page else {}), **typed}
    return client.post(address, data)


def test_a_letter_comes_in_and_every_pair_is_confirmed_one_after_the_other_until_all_is_written(signed_in, waiting):
    client = signed_in("soxaydung")
    answer = client.post(f"{HOME}moi/", {"file": upload(docx(*numbered()))})
    assert answer.status_code == 303
    letter = ReplyLetter.objects.get()
    for result in ("working.road_map", "solved.done", "explained", "working.no_resources"):
        page = shown(client, letter)
        assert f'value="{result}" selected' in page
        promised = re.search(r'name="promised_on"[^>]*value="([^"]*)"', page)
        answer = decide(client, letter, page, "dung", result=result, promised_on=promised.group(1) if promised else "")
        assert answer.status_code == 302, answer.content.decode()
    done = client.post(f"{HOME}{letter.pk}/ghi/", {"number": "4127/SXD-VP", "letter_date": "", "signer": ""})
    assert done.status_code == 303
    assert list(Petition.objects.filter(pk__in=[one.pk for one in waiting]).order_by("pk").values_list("state", "result")) == [
        (S.ANSWERED, "working.road_map"), (S.ANSWERED, "solved.done"), (S.ANSWERED, "explained"), (S.ANSWERED, "working.no_resources"),
    ]  # fmt: skip
    assert "Đã ghi trả lời" in client.get(f"{HOME}{letter.pk}/").content.decode()


def test_a_refused_pair_makes_room_for_another_one_found_by_words(signed_in, brought, waiting):
    client = signed_in("soxaydung")
    decide(client, brought, shown(client, brought), "khong")
    page = shown(client, brought)
    assert "Máy không đủ chắc" in page
    passage = Passage.objects.get(letter=brought, place=2)
    address = f"{HOME}{brought.pk}/doan/{passage.pk}/chon/"
    found = client.get(address, {"tim": "den chieu sang"}).content.decode()
    assert str(waiting[1]) in found
    assert str(waiting[0]) not in found
    answer = client.post(address, {"chon": waiting[1].pk, "luc": hidden(found, "luc")})
    assert answer.url.endswith(f"kn={waiting[1].pk}")
    assert ReplyPair.objects.get(passage=passage, petition=waiting[1]).proposed is False


def test_what_was_typed_stays_when_the_class_is_refused(signed_in, brought, waiting):
    client = signed_in("soxaydung")
    answer = decide(
        client, brought, shown(client, brought), "dung", result="working.road_map", promised_on="", road_map="Hai bước, đã gõ."
    )
    assert answer.status_code == 422
    assert "kèm ngày hứa xong" in answer.content.decode()
    assert "Hai bước, đã gõ." in answer.content.decode()
    assert ReplyPair.objects.filter(verdict="yes").count() == 0


def test_the_second_of_two_officers_is_told_and_what_was_typed_stays(signed_in, brought, waiting, actor):
    client = signed_in("soxaydung")
    page = shown(client, brought)
    passage = Passage.objects.get(letter=brought, place=2)
    passages.confirm(passage, waiting[0], by=actor("soxaydung"), seen=passage.version, result="explained")
    answer = decide(client, brought, page, "dung", result="will", road_map="Lời đã gõ.")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa được" in words
    assert "Lời đã gõ." in words
    assert Passage.objects.get(pk=passage.pk).result == "explained"
    again = decide(client, brought, words, "dung", result="will", road_map="Lời đã gõ.")
    assert again.status_code == 302, "after a look it can be decided anew"


def test_a_passage_that_was_joined_away_leads_back_to_the_letter(signed_in, brought, actor):
    client = signed_in("soxaydung")
    first, second = Passage.objects.filter(letter=brought, frame=False).order_by("place")[:2]
    page = shown(client, brought, doan=second.pk)
    passages.join(first, by=actor("soxaydung"), seen=first.version)
    answer = decide(client, brought, page, "dung", result="explained")
    assert answer.url == f"{HOME}{brought.pk}/"
    assert "vừa được nối" in client.get(answer.url).content.decode()


def test_bounds_and_roles_are_changed_on_the_page(signed_in, brought):
    client = signed_in("soxaydung")
    page = shown(client, brought, sua="")
    assert decide(client, brought, page, "tach-2").url.endswith("&sua")
    assert Passage.objects.filter(letter=brought, frame=False).count() == 5
    page = shown(client, brought, sua="")
    decide(client, brought, page, "vai-0-say")
    assert Passage.objects.get(letter=brought, place=2).pieces[0]["role"] == "say"
    page = shown(client, brought, sua="")
    decide(client, brought, page, "noi")
    assert Passage.objects.filter(letter=brought, frame=False).count() == 4


def test_a_proposal_is_put_aside_with_a_click(signed_in, brought):
    client = signed_in("soxaydung")
    assert 'value="working.road_map" selected' in shown(client, brought)
    assert 'value="working.road_map" selected' not in shown(client, brought, trong="")


def test_the_same_file_leads_to_the_letter_it_became(signed_in, brought):
    client = signed_in("soxaydung")
    answer = client.post(f"{HOME}moi/", {"file": upload(files.by_id(brought.file_id).read(), "khac.docx")})
    assert answer.status_code == 422
    assert f'href="{HOME}{brought.pk}/"' in answer.content.decode()


def test_what_matches_nothing_is_listed(signed_in, brought, waiting, actor):
    first, *rest = Passage.objects.filter(letter=brought, frame=False).order_by("place")
    passages.confirm(first, waiting[0], by=actor("soxaydung"), seen=first.version, result="explained")
    for passage in rest:
        passages.nobody(passage, by=actor("soxaydung"), seen=passage.version)
    page = signed_in("soxaydung").get(f"{HOME}{brought.pk}/ghi/").content.decode()
    assert "Đoạn không gắn kiến nghị nào" in page
    owed = page.split('id="con-lai"')[1]
    assert all(str(petition) in owed for petition in waiting[1:])
    assert str(waiting[0]) not in owed


@pytest.mark.parametrize("username", ["xa", "xa2", "chuyenvien", "sonongnghiep", "phongxa", "daibieu", "quantri", "hethong"])
def test_no_page_of_anothers_letter_is_there_for_a_stranger(signed_in, brought, username):
    client, passage = signed_in(username), Passage.objects.filter(letter=brought, frame=False).first()
    for rest in ("", "ghi/", "co-quan/", f"doan/{passage.pk}/chon/"):
        assert client.get(f"{HOME}{brought.pk}/{rest}").status_code == 404, rest
    for rest in (f"doan/{passage.pk}/", "viec/bo/", "so-ngay/", "ghi/"):
        assert client.post(f"{HOME}{brought.pk}/{rest}", {"viec": "khong-co", "luc": passage.version}).status_code == 404, rest
    page = client.get(HOME)
    assert page.status_code == 404 or brought.number not in page.content.decode()
    assert client.get(f"/tep/{brought.file_id}/{brought.file_name}").status_code == 404
    assert Passage.objects.get(pk=passage.pk).seen == Seen.OPEN


def test_words_of_petitions_of_others_are_not_in_the_list_one_chooses_from(signed_in, brought, write, hand_up, send):
    others = write("Đề nghị hỗ trợ giống lúa Khoặcvựng cho vùng trũng của xã.")
    hand_up(others, body="sonongnghiep")
    send(others, with_paper=False)
    client, passage = signed_in("soxaydung"), Passage.objects.filter(letter=brought, frame=False).first()
    page = client.get(f"{HOME}{brought.pk}/doan/{passage.pk}/chon/", {"tim": "giong lua"}).content.decode()
    assert "Khoặcvựng" not in page
    answer = client.post(f"{HOME}{brought.pk}/doan/{passage.pk}/chon/", {"chon": others[0].pk, "luc": passage.version})
    assert answer.status_code == 404


def test_the_page_of_a_letter_costs_the_same_with_one_passage_and_with_four(signed_in, actor, waiting, cost):
    client, body = signed_in("soxaydung"), actor("soxaydung")
    one = actions.bring(upload(docx(*numbered(TEXTS[:1], ANSWERS[:1]))), by=body)
    four = actions.bring(upload(docx(*numbered())), by=body)
    costs = [cost(client, f"{HOME}{letter.pk}/{rest}") for rest in ("", "ghi/") for letter in (one, four)]
    assert costs[0] == costs[1] <= 26
    assert costs[2] == costs[3] <= 24


def test_the_list_of_letters_costs_the_same_for_one_and_for_three(signed_in, actor, waiting, cost):
    client, body, costs = signed_in("soxaydung"), actor("soxaydung"), []
    for count in (1, 2):
        for place in range(count):
            actions.bring(upload(docx(*numbered(), cited=f"{count}{place}/HĐND-VP")), by=body)
        costs.append(cost(client, HOME))
    assert ReplyLetter.objects.count() == 3
    assert costs[0] == costs[1] <= 14


def test_choosing_costs_the_same_for_one_petition_and_for_four(signed_in, brought, waiting, these, cost):
    client, passage, costs = signed_in("soxaydung"), Passage.objects.filter(letter=brought, frame=False).first(), []
    address = f"{HOME}{brought.pk}/doan/{passage.pk}/chon/"
    costs = [cost(client, f"{address}?tim={words}") for words in ("thanh+phu", "")]
    assert costs[0] == costs[1] <= 20


def test_a_letter_being_read_shows_how_far_it_is_and_can_be_left(signed_in, actor, waiting, monkeypatch):
    monkeypatch.setattr(working, "AT_ONCE_PAGES", 0)
    letter = actions.bring(upload(pdf(*numbered()), "dai.pdf"), by=actor("soxaydung"))
    ReplyLetter.objects.filter(pk=letter.pk).update(done=12, pages=300)
    client = signed_in("soxaydung")
    page = client.get(f"{HOME}{letter.pk}/").content.decode()
    assert 'max="300"' in page
    assert 'value="12"' in page
    assert "Rời trang này được" in page
    working.run(letter.pk, actor("soxaydung"))
    part = client.get(f"{HOME}{letter.pk}/", headers={"HX-Request": "true", "HX-Target": "tien-do"})
    assert part.headers["HX-Redirect"] == f"{HOME}{letter.pk}/"


def test_a_written_letter_takes_its_number_later(signed_in, brought, waiting, actor):
    body = actor("soxaydung")
    for passage, petition in zip(Passage.objects.filter(letter=brought, frame=False).order_by("place"), waiting, strict=True):
        passages.confirm(passage, petition, by=body, seen=passage.version, result="explained")
    actions.write(brought, by=body)
    client = signed_in("soxaydung")
    answer = client.post(f"{HOME}{brought.pk}/so-ngay/", {"number": "9999/SXD", "letter_date": "", "signer": ""})
    assert answer.status_code == 302
    assert {reply.letter_number for petition in waiting for reply in petition.answers.all()} == {"9999/SXD"}
    assert ReplyLetter.objects.get().state == LetterState.WRITTEN
