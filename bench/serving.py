"""The web processes as `make start` runs them, over HTTP: how many saves a second ten clerks make, and how much memory one takes."""

import http.client
import os
import random
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.start import web_words
from demo import words
from hoidong.citizens.voters.models import Petition
from hoidong.council.meetings.models import CouncilSession
from hoidong.kernel.base import dates

from . import city

CLIENTS, SAVES, AIM, MEMORY = 10, 60, 60, 300
_ROOT = Path(__file__).resolve().parents[1]
_KEY = re.compile(r'name="once" value="([^"]+)"')


def rows():
    """Ten clerks who each save one petition after the other; then what a web process holds in memory."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = subprocess.Popen(
        [sys.executable, *web_words("127.0.0.1", port)], cwd=_ROOT, env={**os.environ, "SECOND_FACTOR": "no"}
    )
    try:
        _wait(port)
        before = Petition.objects.order_by("-pk").values_list("pk", flat=True).first()
        cookies = [_signed_in() for _client in range(CLIENTS)]
        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            taken = sorted(one for times in pool.map(lambda at: _clerk(port, cookies[at], at), range(CLIENTS)) for one in times)
        rate = round(CLIENTS * SAVES / (time.perf_counter() - began), 1)
        made = Petition.objects.filter(pk__gt=before).count()
        if made != CLIENTS * SAVES:
            raise RuntimeError(f"{CLIENTS * SAVES} saves were answered, {made} petitions stand")
        pids = _processes(web.pid)
        memory = max(_memory(pid) for pid in pids)
    finally:
        web.terminate()
        web.wait()
    yield {
        "row": f"saves over HTTP from {CLIENTS} clerks at once", "web_processes": len(pids), "per_second": rate, "p95_ms": round(taken[int(len(taken) * 0.95)] * 1000),
        "targets": {"per_second": AIM}, "met": rate >= AIM,
    }  # fmt: skip
    yield {
        "row": "memory of a web process afterwards",
        "megabytes": memory,
        "targets": {"megabytes": MEMORY},
        "met": memory < MEMORY,
    }


def _signed_in():
    browser = Client()
    browser.force_login(city.actor("do.xa").account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def _clerk(port, session, number):
    """Seconds of each save. The form is fetched once; a save is the POST and its answer, as a clerk waits for it."""
    line, chance, times = http.client.HTTPConnection("127.0.0.1", port), random.Random(number), []
    kept = CouncilSession.objects.order_by("-number").values_list("pk", flat=True).first()
    address, cookie = reverse("voters:new"), f"{settings.SESSION_COOKIE_NAME}={session}"
    line.request("GET", address, headers={"Cookie": cookie})
    answer = line.getresponse()
    page = answer.read().decode()
    if answer.status != 200:
        raise RuntimeError(f"the form was answered with {answer.status} {answer.headers}")
    token = re.search(rf"{settings.CSRF_COOKIE_NAME}=([^;]+)", answer.headers["Set-Cookie"]).group(1)
    headers = {
        "Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={token}", "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"http://127.0.0.1:{port}{address}", "Origin": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    if not _KEY.search(page):
        raise RuntimeError("the form has no key")
    for place in range(SAVES):
        form = {
            "csrfmiddlewaretoken": token, "once": f"do-{number}-{place}-{time.time_ns()}", "text": words.petition(chance).text, "voters": 3,
            "session": kept, "phase": "before", "source": "meeting", "raised_on": dates.today().isoformat(), "next": "1",
        }  # fmt: skip
        began = time.perf_counter()
        line.request("POST", address, urlencode(form), headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"a save was answered with {answer.status}")
        times.append(time.perf_counter() - began)
    return times


def _wait(port):
    for _try in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/khoe/")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web process does not answer")


def _processes(parent):
    """The processes that answer pages: those the first one watches over, or itself where it is alone."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    serving = [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return serving or [parent]


def _memory(pid):
    """Megabytes of the process that are its own or shared by their part."""
    kilobytes = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE).group(1)
    return round(int(kilobytes) / 1024)
