"""A sheet of 20,000 petitions from the file to the taken lot, in rows a second."""

import io
import random
import time

import xlsxwriter
from django.db import transaction

from demo import words
from hoidong.citizens.voters.models import Petition
from hoidong.council.meetings.models import CouncilSession
from hoidong.kernel import workflow
from hoidong.kernel.base import dates
from hoidong.kernel.sheets import importers, moves, working
from hoidong.kernel.sheets.models import SheetLot, SheetSource

from . import city

ROWS, AIM = 20_000, 1000
_HEADER = ("Nội dung kiến nghị", "Nơi nêu", "Người nêu", "Số cử tri cùng nêu", "Lĩnh vực", "Cơ quan thẩm quyền", "Đợt tiếp xúc")


def row():
    """Reading, checking and comparing every row, then taking them all, as the queue does it. Rolled back."""
    importer, by, made = importers.named("voters.petitions"), city.actor("do.chuyenvien"), {}
    content = _sheet()
    with transaction.atomic():
        lot = _lot(importer, content, by)
        made["checked"] = _rate(lambda: working.run(lot.pk, by))
        lot.refresh_from_db()
        workflow.make(moves.TAKE, lot, by=by, take_repeats=True, total=lot.ok, done=0, trouble="")
        made["taken"] = _rate(lambda: working.run(lot.pk, by))
        if Petition.objects.filter(lot_id=lot.pk).count() != ROWS:
            raise RuntimeError("not every row was taken")
        transaction.set_rollback(True)
    both = round(1 / (1 / made["checked"] + 1 / made["taken"]))
    return {
        "row": f"import of {ROWS} rows, checked and taken", "per_second": both, "checked_per_second": made["checked"],
        "taken_per_second": made["taken"], "targets": {"per_second": AIM}, "met": both >= AIM,
    }  # fmt: skip


def _rate(work):
    began = time.perf_counter()
    work()
    return round(ROWS / (time.perf_counter() - began))


def _lot(importer, content, by):
    """A lot whose sheet is known and which waits for the worker."""
    from hoidong.kernel.sheets import reading
    from hoidong.kernel.sheets.actions import _settle

    at, session = dates.now(), CouncilSession.objects.order_by("-number").first()
    lot = SheetLot.objects.create(
        importer=importer.code, unit=by.unit, by=by.person, file_name="do.xlsx", told=[], choices=[], made_at=at, changed_at=at,
        options={"session": session.pk, "phase": "before", "received_on": dates.today().isoformat()},
    )  # fmt: skip
    SheetSource.objects.create(lot=lot, content=content)
    _settle(lot, reading.best(reading.tables(content, importer)))
    return lot


def _sheet():
    """An Excel file as an office would send it."""
    there, chance, file = city.read(), random.Random(12), io.BytesIO()
    fields, bodies = [one.name for one in there.fields.values()], [one.name for one in there.bodies.values()]
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, _HEADER)
    for place in range(1, ROWS + 1):
        told = words.petition(chance).text
        sheet.write_row(place, 0, (f"{told} ({place})", chance.choice(there.communes).name, f"Cử tri {place}", chance.randint(1, 40),
                                   chance.choice(fields), chance.choice(bodies), "Trước kỳ họp"))  # fmt: skip
    book.close()
    return file.getvalue()
