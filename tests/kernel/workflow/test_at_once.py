"""Two people press the same button at the same time, on two real processes: one makes the move, the other is told."""

import subprocess
import sys

import pytest

from tests.kernel.outbox.real import ROOT

pytestmark = pytest.mark.django_db
PRESS = """
import sys, time
import django; django.setup()
from demo import people
from hoidong.citizens.voters.models import Petition
from hoidong.citizens.voters.states import S
from hoidong.kernel import workflow
from hoidong.kernel.base.errors import NotAllowed
from hoidong.kernel.workflow import Move

def slowly(actor, record):
    time.sleep(0.7)

move = Move("tests_race", {S.NEW}, S.HANDED_UP, slowly, "Tiếp nhận", event="tests.race")
petition, by = Petition.objects.get(pk=int(sys.argv[1])), people.actor("xa")
print("ready", flush=True)
sys.stdin.readline()
try:
    workflow.make(move, petition, by=by)
    print("made")
except NotAllowed as refusal:
    print("refused")
"""


def test_of_two_who_press_at_once_one_makes_the_move(office_place):
    pk = office_place.rows("SELECT id FROM voters_petition WHERE state = 'new' ORDER BY id LIMIT 1")[0][0]
    environment = {**office_place.environment, "DJANGO_SETTINGS_MODULE": "config.settings"}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PRESS, str(pk)], env=environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _person in range(2)
    ]  # fmt: skip
    for process in both:
        assert process.stdout.readline().strip() == "ready"
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()

    assert sorted(process.communicate(timeout=30)[0].strip() for process in both) == ["made", "refused"]
    assert office_place.rows("SELECT count(*) FROM kernel_auditentry WHERE action = 'voters.tests_race'") == [(1,)]
    assert office_place.rows("SELECT count(*) FROM kernel_event WHERE name = 'tests.race'") == [(1,)]
