"""Numbers without gaps: drawn under a lock, alive and dead with the paper they are drawn for."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, connections, transaction

from hoidong.kernel import audit, numbering
from hoidong.kernel.base.errors import Invalid, NotAllowed
from hoidong.kernel.base.subjects import Ref
from hoidong.kernel.numbering import books
from hoidong.kernel.numbering.models import DrawnNumber, Register, Sequence
from hoidong.kernel.people import Actor
from hoidong.kernel.units import queries as units

SYSTEM = Actor.system()
BOOK = "tests.outgoing"


@pytest.fixture
def office(db):
    return units.at("01.VPHDND")


def draw(unit, year=2026, count=1, book=BOOK):
    with transaction.atomic():
        return numbering.draw(book, unit=unit, year=year, count=count)


def numbers(unit, year=2026, book=BOOK):
    lines = DrawnNumber.objects.filter(sequence__register=book, sequence__unit=unit, sequence__year=year)
    return sorted(lines.values_list("number", flat=True))


def test_numbers_begin_with_one_and_follow_each_other(office):
    assert [draw(office) for _time in range(3)] == [1, 2, 3]
    assert draw(office, count=5) == 4
    assert draw(office) == 9
    assert numbers(office) == list(range(1, 10))


def test_each_register_unit_and_year_counts_for_itself(office):
    other = units.at("01.TTHDND")
    draw(office, count=7)

    assert draw(office, year=2027) == 1
    assert draw(other) == 1
    assert draw(office, book="tests.resolutions") == 1
    assert draw(office) == 8
    assert numbers(office, year=2027) == numbers(other) == [1]


def test_a_paper_that_is_rolled_back_gives_its_number_back(office):
    draw(office)
    before = transaction.savepoint()
    assert draw(office, count=3) == 2
    transaction.savepoint_rollback(before)

    assert draw(office) == 2
    assert numbers(office) == [1, 2]


def test_a_number_is_drawn_inside_a_transaction_only():
    with pytest.raises(RuntimeError, match="transaction.atomic"):
        numbering.draw(BOOK, unit=Ref("kernel.unit", 1), year=2026)


def test_no_number_at_all_is_an_error(office):
    for count in (0, -1):
        with pytest.raises(ValueError), transaction.atomic():
            numbering.draw(BOOK, unit=office, year=2026, count=count)


def test_a_number_is_given_once_whoever_writes_it(office):
    draw(office)
    line = DrawnNumber.objects.get(sequence__register=BOOK)
    with pytest.raises(IntegrityError), transaction.atomic():
        DrawnNumber.objects.create(sequence=line.sequence, number=1)


@pytest.mark.parametrize(
    ("number", "suffix", "written"),
    [(1, "TTHĐND-DN", "01/TTHĐND-DN"), (9, "2026/NQ-HĐND", "09/2026/NQ-HĐND"), (10, "BC-HĐND", "10/BC-HĐND"),
     (231, "TTHĐND-DN", "231/TTHĐND-DN"), (1284, "UBND-VP", "1284/UBND-VP")],
)  # fmt: skip
def test_a_symbol_is_the_number_with_a_zero_before_one_to_nine_and_the_suffix(number, suffix, written):
    assert numbering.symbol(number, suffix) == written


def test_the_book_tells_what_each_number_was_given_to(office):
    for place in (1, 2):
        number = draw(office)
        numbering.enter(
            BOOK,
            unit=office,
            year=2026,
            number=number,
            subject=Ref("tests.letter", place),
            symbol=f"0{number}/X",
            title="v" * 600,
        )

    page = numbering.book(BOOK, unit=office, year=2026)

    assert [(line.number, line.symbol, line.subject_id) for line in page] == [(2, "02/X", 2), (1, "01/X", 1)]
    assert len(page.rows[0].title) == 500
    with pytest.raises(Invalid, match="Số 07 chưa được lấy"):
        numbering.enter(BOOK, unit=office, year=2026, number=7, subject=Ref("tests.letter", 3), symbol="07/X")


def test_the_book_is_paged_newest_first(office):
    draw(office, count=60)
    first = numbering.book(BOOK, unit=office, year=2026, size=25)
    second = numbering.book(BOOK, unit=office, year=2026, size=25, after=first.next_token)

    assert [line.number for line in first] == list(range(60, 35, -1))
    assert [line.number for line in second] == list(range(35, 10, -1))


def test_an_office_that_begins_in_mid_year_goes_on_from_its_paper_book(office):
    sequence = numbering.continue_from(BOOK, unit=office, year=2026, number=231, by=SYSTEM, reason="Sổ giấy đến số 230")

    assert draw(office) == 231
    assert (sequence.first, Sequence.objects.get(pk=sequence.pk).next) == (231, 232)
    entry = audit.entries_about(sequence).get()
    assert (entry.action, entry.reason) == ("numbering.continued", "Sổ giấy đến số 230")
    assert (entry.data["before"], entry.data["after"]) == (1, 231)


def test_a_mistaken_beginning_can_be_set_right_until_a_number_was_drawn(office):
    for number in (2310, 231):
        numbering.continue_from(BOOK, unit=office, year=2026, number=number, by=SYSTEM, reason="Sổ giấy")
    assert draw(office) == 231

    for wrong in (231, 100, 0, -5):
        with pytest.raises(Invalid, match="đã lấy đến số 231"):
            numbering.continue_from(BOOK, unit=office, year=2026, number=wrong, by=SYSTEM, reason="Sổ giấy")
    with pytest.raises(Invalid, match="Ghi lý do"):
        numbering.continue_from(BOOK, unit=office, year=2026, number=300, by=SYSTEM, reason=" ")
    assert draw(office) == 232


def test_a_book_has_the_title_it_was_declared_with_until_the_office_gives_it_another(office):
    draw(office)
    register = Register.objects.get(pk=BOOK)
    assert books.title_of(register) == BOOK
    register.title = "Sổ công văn đi"
    assert books.title_of(register) == "Sổ công văn đi"
    assert str(books.title_of(Register(code="voters.minutes", title="voters.minutes"))) == "Biên bản hội nghị tiếp xúc cử tri"


def test_only_the_administrator_of_the_area_lets_a_book_go_on_whoever_calls_the_action(actor):
    office, council = actor("quantri").unit, units.body_of(units.at("01"), "council")
    for username, unit in (("chuyenvien", office), ("quantrixa", office), ("hethong", office), ("quantri", units.at("01.SXD"))):
        with pytest.raises(NotAllowed):
            numbering.continue_from(BOOK, unit=unit, year=2026, number=9, by=actor(username), reason="Sổ giấy")
    assert numbering.continue_from(BOOK, unit=council, year=2026, number=9, by=actor("quantri"), reason="Sổ giấy").next == 9


def test_an_area_does_without_numbers_only_where_the_book_is_optional(actor):
    city = actor("quantri").unit.area
    numbering.set_numbered("voters.minutes", area=city, numbered=False, by=actor("quantri"))
    assert not numbering.is_numbered("voters.minutes", city)
    assert numbering.is_numbered("voters.minutes", actor("xa").unit.area)
    assert audit.entries_about(city).last().action == "numbering.unnumbered"
    numbering.set_numbered("voters.minutes", area=city, numbered=True, by=actor("quantri"))
    assert numbering.is_numbered("voters.minutes", city)
    for by, code in (("chuyenvien", "voters.minutes"), ("quantrixa", "voters.minutes"), ("quantri", "voters.transfer_letter")):
        with pytest.raises(NotAllowed):
            numbering.set_numbered(code, area=city, numbered=False, by=actor(by))


class AtOnce:
    """What threads with connections of their own write, in a sequence of its own that is cleared away behind them."""

    def __init__(self, unit_pk):
        self.unit = type("Unit", (), {"pk": unit_pk})()
        self.year = 2099

    def draw(self, *, keep=True, count=1, drawn=None, gate=None):
        try:
            with transaction.atomic():
                number = numbering.draw(BOOK, unit=self.unit, year=self.year, count=count)
                if gate:
                    drawn.set()
                    gate.wait(timeout=20)
                if not keep:
                    transaction.set_rollback(True)
            return number if keep else None
        finally:
            connections["default"].close()

    def drawn(self):
        lines = DrawnNumber.objects.filter(sequence__register=BOOK, sequence__year=self.year)
        return sorted(lines.values_list("number", flat=True))

    def clear(self):
        DrawnNumber.objects.filter(sequence__register=BOOK).delete()
        Sequence.objects.filter(register=BOOK).delete()
        Register.objects.filter(pk=BOOK).delete()


@pytest.fixture
def at_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        found = AtOnce(units.at("01.VPHDND").pk)
        found.clear()
        yield found
        found.clear()
        connection.close()


def test_forty_papers_at_once_of_which_every_third_fails_leave_no_gap(at_once):
    with ThreadPoolExecutor(max_workers=8) as pool:
        jobs = [pool.submit(at_once.draw, keep=place % 3 != 0, count=1 + place % 2) for place in range(40)]
        firsts = [number for job in jobs if (number := job.result(timeout=60)) is not None]

    assert len(firsts) == len(set(firsts)) == 26
    drawn = at_once.drawn()
    assert drawn == list(range(1, len(drawn) + 1))
    assert len(drawn) == sum(1 + place % 2 for place in range(40) if place % 3)
    assert Sequence.objects.get(register=BOOK).next == len(drawn) + 1


def test_who_draws_second_waits_for_the_first_and_takes_its_number_when_that_one_gives_up(at_once):
    drawn, gate, got = threading.Event(), threading.Event(), []
    first = threading.Thread(target=lambda: got.append(("first", at_once.draw(keep=False, drawn=drawn, gate=gate))))
    first.start()
    assert drawn.wait(timeout=20)
    second = threading.Thread(target=lambda: got.append(("second", at_once.draw())))
    second.start()
    second.join(timeout=0.7)
    waited = second.is_alive()
    gate.set()
    first.join(timeout=20)
    second.join(timeout=20)

    assert waited
    assert dict(got) == {"first": None, "second": 1}
