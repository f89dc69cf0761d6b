"""Signing in: by name or e-mail, the lock-out, first passwords, sessions."""

import datetime
import logging
import smtplib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from demo import people as demo
from hoidong.kernel.outbox import draining
from hoidong.kernel.people import actions, forgotten

from .conftest import SIGN_IN, sign_in

HOME = "/ban-lam-viec/"


def test_a_person_signs_in_by_user_name_and_comes_to_the_desk(client, db):
    assert sign_in(client, "xa").url == HOME


def test_capital_letters_in_the_user_name_do_not_matter(client, db):
    assert sign_in(client, "XA").url == HOME


def test_a_person_signs_in_by_mail_address(client, person_of, actor):
    actions.set_contacts(person_of("xa"), email="Hang@Example.vn", by=actor("hethong"))
    assert sign_in(client, "hang@example.vn").url == HOME


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, db):
    asked = client.get("/toi/")
    assert asked.url == f"{SIGN_IN}?next=/toi/"
    assert client.post(SIGN_IN, {"login": "xa", "password": demo.PASSWORD, "next": "/toi/"}).url == "/toi/"


def test_sign_in_leads_nowhere_outside(client, db):
    assert client.post(SIGN_IN, {"login": "xa", "password": demo.PASSWORD, "next": "https://la.example/"}).url == HOME


def test_a_wrong_password_is_answered_in_vietnamese_and_does_not_tell_who_has_an_account(client, db):
    known, unknown = sign_in(client, "xa", "sai").content.decode(), sign_in(client, "khong-co", "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in known
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in unknown


def test_nobody_signs_up_by_himself(client, db):
    assert client.get("/tai-khoan/signup/").status_code == 404


def test_after_five_wrong_passwords_the_page_says_when_to_try_again(client, db):
    answers = [sign_in(client, "xa", "sai") for _try in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    until = timezone.localtime(timezone.now() + datetime.timedelta(minutes=15, seconds=59))
    assert f"{until:%H:%M}" in answers[-1].content.decode()


def test_while_locked_out_the_right_password_does_not_help(client, db):
    for _try in range(5):
        sign_in(client, "xa", "sai")
    assert sign_in(client, "xa").status_code == 429
    assert client.get("/toi/").status_code == 302


def test_user_name_and_mail_address_are_counted_as_one_account(client, person_of, actor):
    actions.set_contacts(person_of("xa"), email="hang@example.vn", by=actor("hethong"))
    for name in ("xa", "XA", "hang@example.vn", "xa"):
        assert sign_in(client, name, "sai").status_code == 200
    assert sign_in(client, "Hang@example.vn", "sai").status_code == 429


def test_a_lock_out_holds_for_one_address_only_so_that_nobody_locks_others_out(client, machine, db):
    for _try in range(5):
        sign_in(client, "xa", "sai")
    assert sign_in(machine(), "xa", REMOTE_ADDR="10.1.2.3").url == HOME


def test_a_lock_out_ends_after_fifteen_minutes(client, db):
    from axes.models import AccessAttempt

    for _try in range(5):
        sign_in(client, "xa", "sai")
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=14))
    assert sign_in(client, "xa").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))
    assert sign_in(client, "xa").url == HOME


def test_tries_during_a_lock_out_do_not_make_it_longer(client, db):
    from axes.models import AccessAttempt

    for _try in range(5):
        sign_in(client, "xa", "sai")
    began = AccessAttempt.objects.get().attempt_time
    sign_in(client, "xa", "sai")
    assert AccessAttempt.objects.get().attempt_time == began


def test_a_new_password_from_the_administrator_ends_the_lock_out(client, actor, person_of):
    for _try in range(5):
        sign_in(client, "xa", "sai")
    password = actions.reset_password(person_of("xa"), by=actor("quantrixa"))
    assert sign_in(client, "xa", password).status_code == 302


def test_no_password_is_left_in_logs_and_in_the_record_of_tries(client, db, caplog):
    from axes.models import AccessAttempt

    with caplog.at_level(logging.DEBUG):
        sign_in(client, "xa", "bi-mat-khong-ghi-lai")
        sign_in(client, "xa")
    assert "bi-mat-khong-ghi-lai" not in caplog.text
    assert demo.PASSWORD not in caplog.text
    tried = "".join(str(vars(attempt)) for attempt in AccessAttempt.objects.all())
    assert "bi-mat-khong-ghi-lai" not in tried


def test_a_first_password_must_be_changed_before_anything_else(client, actor, person_of):
    password = actions.reset_password(person_of("xa"), by=actor("quantrixa"))
    sign_in(client, "xa", password)
    change = client.get(HOME).url
    assert change.startswith("/tai-khoan/mat-khau/doi/?next=")
    same = client.post(change, {"oldpassword": password, "password1": password, "password2": password})
    assert "Chọn mật khẩu khác mật khẩu hiện nay." in same.content.decode()
    new = {"oldpassword": password, "password1": "mua-rao-thang-sau", "password2": "mua-rao-thang-sau"}
    assert client.post(change, new).status_code == 302
    assert client.get("/toi/").status_code == 200


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngan", "quá ngắn"),
        ("1234567890", "chỉ có chữ số"),
        ("nguyenthibichhang", "gần giống tên"),
        ("qwertyuiop", "nhiều người dùng"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_change(client, db, password, said):
    sign_in(client, "xa")
    answer = client.post(
        "/tai-khoan/mat-khau/doi/", {"oldpassword": demo.PASSWORD, "password1": password, "password2": password}
    )
    assert said in answer.content.decode()


FORGOTTEN = "/tai-khoan/mat-khau/quen/"


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, actor, person_of, postman):
    actions.set_contacts(person_of("xa"), email="hang@example.vn", by=actor("hethong"))
    client.post(FORGOTTEN, {"email": "Hang@example.vn"}, headers={"host": "testserver"})
    assert postman.mails == []

    draining.drain()

    [(address, subject, body)] = postman.texts()
    assert (address, subject) == ("hang@example.vn", "Hội đồng số: đặt lại mật khẩu")
    link = next(word for word in body.split() if "/mat-khau/moi/" in word)
    assert link.startswith("https://hoidong.example/")
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "mua-rao-thang-sau", "password2": "mua-rao-thang-sau"})
    assert sign_in(client, "xa", "mua-rao-thang-sau").url == HOME
    client.post("/tai-khoan/dang-xuat/")
    assert "Liên kết không dùng được" in client.get(link, follow=True).content.decode()


def test_asking_for_a_link_tells_neither_by_words_nor_by_work_who_has_an_account(client, actor, person_of, postman):
    actions.set_contacts(person_of("xa"), email="hang@example.vn", by=actor("hethong"))
    client.post(FORGOTTEN, {"email": "lan-dau@example.vn"})
    answers, statements = [], []
    for address in ("khong-co@example.vn", "hang@example.vn"):
        with CaptureQueriesContext(connection) as captured:
            answers.append(client.post(FORGOTTEN, {"email": address}))
        statements.append([query["sql"] for query in captured])

    assert answers[0].url == answers[1].url == FORGOTTEN + "da-gui/"
    assert [sql.split()[0] for sql in statements[0]] == [sql.split()[0] for sql in statements[1]]
    assert not any("kernel_account" in sql for sql in statements[1])
    draining.drain()
    assert [address for address, _subject, _body in postman.texts()] == ["hang@example.vn"]


def test_neither_the_queue_nor_a_log_shows_who_forgot_a_password(client, postman, caplog, db):
    with caplog.at_level(logging.DEBUG):
        client.post(FORGOTTEN, {"email": "hang@example.vn"})
        [job] = ProcrastinateJob.objects.filter(task_name="people.mail_link")
        draining.drain()
    assert "hang@example.vn" not in str(job.args) + caplog.text


def test_a_link_waits_for_a_mail_server_in_trouble_and_not_for_an_address_it_refuses(client, actor, person_of, postman):
    actions.set_contacts(person_of("xa"), email="hang@example.vn", by=actor("hethong"))
    postman.broken = True
    client.post(FORGOTTEN, {"email": "hang@example.vn"})
    [job] = ProcrastinateJob.objects.filter(task_name="people.mail_link")
    with pytest.raises(smtplib.SMTPException):
        forgotten.send(**job.args)
    postman.broken, postman.refused = False, {"hang@example.vn"}
    forgotten.send(**job.args)
    assert postman.mails == []


def test_a_locked_account_gets_no_link(client, actor, person_of, postman):
    actions.set_contacts(person_of("xa"), email="hang@example.vn", by=actor("hethong"))
    actions.lock(person_of("xa"), reason="Nghỉ việc", by=actor("quantrixa"))
    client.post(FORGOTTEN, {"email": "hang@example.vn"})
    draining.drain()
    assert postman.mails == []


def test_a_locked_account_is_told_so_and_does_not_get_in(client, actor, person_of):
    actions.lock(person_of("xa"), reason="Nghỉ việc", by=actor("quantrixa"))
    page = client.post(SIGN_IN, {"login": "xa", "password": demo.PASSWORD}, follow=True)
    assert "Tài khoản bị khóa" in page.content.decode()
    assert client.get("/toi/").status_code == 302


def test_a_session_ended_elsewhere_is_signed_out_at_the_next_click(client, machine, db):
    from allauth.usersessions.models import UserSession

    other = machine()
    sign_in(other, "xa")
    sign_in(client, "xa")
    assert other.get("/toi/").status_code == 200
    there = UserSession.objects.get(session_key=other.session.session_key)
    client.post(f"/toi/phien/{there.pk}/ket-thuc/")
    assert other.get("/toi/").status_code == 302
    assert client.get("/toi/").status_code == 200


def test_a_person_cannot_end_the_session_of_another(client, machine, db):
    from allauth.usersessions.models import UserSession

    other = machine()
    sign_in(other, "xa2")
    sign_in(client, "xa")
    there = UserSession.objects.get(session_key=other.session.session_key)
    assert client.post(f"/toi/phien/{there.pk}/ket-thuc/").status_code == 404
    assert other.get("/toi/").status_code == 200


def test_changing_the_password_ends_all_other_sessions(client, machine, db):
    other = machine()
    sign_in(other, "xa")
    sign_in(client, "xa")
    new = {"oldpassword": demo.PASSWORD, "password1": "mua-rao-thang-sau", "password2": "mua-rao-thang-sau"}
    client.post("/tai-khoan/mat-khau/doi/", new)
    assert other.get("/toi/").status_code == 302
    assert client.get("/toi/").status_code == 200


def test_signing_in_is_written_down(client, person_of):
    from hoidong.kernel.audit import entries_about

    sign_in(client, "xa")
    assert [entry.action for entry in entries_about(person_of("xa"))][-1] == "people.sign_in"
