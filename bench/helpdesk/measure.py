"""Loads tickets once and times list, search and record. Runs in django-helpdesk's own environment; prints JSON."""

import argparse
import json
import os
import random
import statistics
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.helpdesk.settings"

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402
from helpdesk.query import query_to_base64  # noqa: E402

QUEUES, STAFF, PAGE = 20, 25, 25
_WORDS = [
    "đề",
    "nghị",
    "nạo",
    "vét",
    "kênh",
    "thủy",
    "lợi",
    "sửa",
    "đường",
    "liên",
    "thôn",
    "cấp",
    "nước",
    "sạch",
    "chiếu",
    "sáng",
    "trường",
    "học",
    "trạm",
    "y",
    "tế",
    "cầu",
    "chợ",
    "rác",
    "thải",
    "đất",
    "ruộng",
    "bồi",
    "thường",
    "hỗ",
    "trợ",
]


def main():
    """Print {list, search, record}: server and database milliseconds, statements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    _load(given.tickets)
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="staff0"))
    last = Ticket.objects.order_by("-pk").first().pk
    pages = {
        "list": lambda turn: _listed(browser, ""),
        "search": lambda turn: _listed(browser, "nạo vét kênh"),
        "record": lambda turn: browser.get(f"/tickets/{last - turn}/"),
    }
    print(json.dumps({name: _timed(page, given.rounds) for name, page in pages.items()}))


def _load(tickets):
    """Queues, staff, tickets with two replies each."""
    if Ticket.objects.count() == tickets:
        return
    Ticket.objects.all().delete()
    people, chance, now = get_user_model(), random.Random(1), timezone.now()
    staff = [
        people.objects.get_or_create(username=f"staff{place}", defaults={"is_staff": True, "is_superuser": True})[0]
        for place in range(STAFF)
    ]
    queues = [Queue.objects.get_or_create(title=f"Hàng {place}", slug=f"hang-{place}")[0] for place in range(QUEUES)]
    for first in range(0, tickets, 5000):
        made = Ticket.objects.bulk_create(
            Ticket(
                title=_said(chance, 10), description=_said(chance, 60), queue=chance.choice(queues), assigned_to=chance.choice(staff),
                status=chance.choice((1, 1, 3, 4)), priority=chance.randint(1, 5), submitter_email=f"n{first + place}@example.invalid",
                created=now, modified=now,
            )
            for place in range(min(5000, tickets - first))
        )  # fmt: skip
        FollowUp.objects.bulk_create(
            FollowUp(
                ticket=ticket, date=now, title="Trả lời", comment=_said(chance, 40), public=True, user=chance.choice(staff)
            )
            for ticket in made
            for _reply in range(2)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _said(chance, count):
    return " ".join(chance.choice(_WORDS) for _word in range(count))


def _listed(browser, words):
    """The page and the rows it then asks for, the newest open ones first."""
    asked = query_to_base64(
        {"filtering": {"status__in": [1, 2, 3, 4]}, "sorting": "created", "sortreverse": True, "search_string": words}
    )
    page = browser.get("/tickets/", {"q": words} if words else {})
    rows = browser.get(
        f"/datatables_ticket_list/{asked}",
        {"draw": 1, "start": 0, "length": PAGE, "order[0][column]": 5, "order[0][dir]": "desc", "search[value]": ""},
    )
    if not rows.json()["data"]:
        raise RuntimeError("the list is empty")
    return page if page.status_code != 200 else rows


def _timed(page, rounds):
    whole, database, statements = [], [], 0
    for turn in range(rounds + 1):
        spent = []

        def timed(execute, sql, params, many, context, spent=spent):
            began = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent.append(time.perf_counter() - began)

        began = time.perf_counter()
        with connection.execute_wrapper(timed):
            answer = page(turn)
        if answer.status_code != 200:
            raise RuntimeError(f"django-helpdesk answered {answer.status_code}")
        if turn:
            whole.append(time.perf_counter() - began)
            database.append(sum(spent))
            statements = len(spent)
    return {
        "server_ms": round(statistics.median(whole) * 1000, 1),
        "database_ms": round(statistics.median(database) * 1000, 1),
        "statements": statements,
    }


if __name__ == "__main__":
    main()
