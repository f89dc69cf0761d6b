"""Learning from decisions: what the office does goes before what is written, and nothing of a text is kept."""

import io
import zipfile

import numpy as np
import pytest

from hoidong.citizens.voters.models import Field, Learned, Petition
from hoidong.citizens.voters.proposals import learning, places
from hoidong.citizens.voters.proposals import queries as proposals
from hoidong.kernel import proposing
from hoidong.kernel.proposing import weighing

STRAY = [
    f"Con đò ngang ở bến {name} chở quá người, áo phao thiếu, {more}."
    for name in ("Thượng", "Trung", "Hạ", "Sen", "Gạo", "Đá", "Mía", "Chùa")
    for more in ("mùa nước rất sợ", "trẻ đi học phải qua đò", "chủ đò không ai nhắc", "đò cũ lắm rồi", "tối vẫn chở khách")
]


@pytest.fixture
def decided(record, petition_in):
    """Forty petitions on a ferry that this office always gives to the police of the city."""
    from hoidong.kernel import workflow  # noqa: F401
    from hoidong.kernel.units import queries as units

    city = petition_in("classified").province
    police = next(body for body in units.bodies_of(city) if body.code.endswith(".CA"))
    field = Field.objects.get(code="road_safety")
    made = record("chuyenvien", *STRAY, field=field, body=police, level="province")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        Petition.objects.filter(pk__in=[one.pk for one in made]).update(state="classified")
        cursor.execute("SELECT set_config('hoidong.move', '', true)")
    return police


def test_what_the_office_decided_is_proposed_for_the_next_one(decided, actor):
    officer, words = actor("chuyenvien"), "Đò ngang bến Lội chở quá người, không có áo phao cho trẻ đi học."
    before = proposals.propose(officer, words, area=officer.unit.area)
    assert before.body is None or before.body.value != str(decided.pk)
    assert learning.learn_and_keep().decisions >= len(STRAY)
    after = proposals.propose(officer, words, area=officer.unit.area)
    assert after.body.value == str(decided.pk)
    assert after.body.why
    assert after.decisions >= len(STRAY)


def test_a_kept_model_reads_back_as_it_was(decided):
    learned = learning.learn(learning.decisions())
    again = proposing.Model.from_bytes(learned.bodies.to_bytes())
    evidence = np.zeros((len(again.labels), len(again.signals)))
    assert np.allclose(again.weigh(STRAY[3], evidence), learned.bodies.weigh(STRAY[3], evidence), atol=2e-3)


def test_no_word_of_a_text_stands_in_what_is_kept(decided):
    learning.learn_and_keep()
    kept = Learned.objects.latest()
    for held in (bytes(kept.bodies), bytes(kept.fields)):
        with zipfile.ZipFile(io.BytesIO(held)) as parts:
            inside = b"".join(parts.read(name) for name in parts.namelist()).lower()
        for word in ("đò ngang", "do ngang", "áo phao", "ao phao", "bến sen", "ben sen"):
            assert word.encode() not in inside


def test_only_the_newest_models_are_kept(decided):
    for _time in range(learning.KEPT + 2):
        learning.learn_and_keep()
    assert Learned.objects.count() == learning.KEPT


def test_a_model_of_another_release_is_laid_aside(decided, actor):
    learning.learn_and_keep()
    Learned.objects.update(bodies=proposing.of_evidence(["X"], ["rule"], np.ones(1)).to_bytes())
    officer = actor("chuyenvien")
    assert proposals.propose(officer, "Trường mầm non thiếu giáo viên trầm trọng.", area=officer.unit.area).body is not None


def test_what_a_body_gave_back_teaches_nothing(decided):
    from django.db import connection

    count = len(learning.decisions())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hoidong.move', 'yes', true)")
        Petition.objects.filter(text__startswith="Con đò").update(state="returned")
        cursor.execute("SELECT set_config('hoidong.move', '', true)")
    assert len(learning.decisions()) == count - len(STRAY)


def test_the_nightly_job_learns_and_marks(decided):
    from hoidong.citizens.voters.jobs.daily import learn
    from hoidong.citizens.voters.models import Alike
    from hoidong.kernel.base import dates

    Alike.objects.all().delete()
    learn.run(dates.now())
    assert Alike.objects.count() == Petition.objects.count()
    assert Learned.objects.count() == 1


def test_a_label_means_the_same_in_every_commune(db):
    from hoidong.kernel.units.models import Unit

    offices = Unit.objects.filter(kind="commune_division", name__startswith="Phòng Kinh tế")
    assert offices.count() > 1
    assert {places.label_of(unit) for unit in offices} == {"C:KT"}


def test_weights_go_to_the_signal_that_is_right():
    draw = np.random.default_rng(3)
    signals, labels = draw.normal(size=(400, 4, 2)), draw.integers(0, 4, 400)
    signals[np.arange(400), labels, 0] += 3
    weights, _bias = weighing.fit(signals, labels, np.zeros(2))
    assert weights[0] > 1
    assert abs(weights[1]) < 0.3
