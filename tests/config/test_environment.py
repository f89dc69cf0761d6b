"""What an office's keeper needs to know: every setting of the environment is documented, errors reach the journal."""

import ast
import re
import subprocess
import sys

from .servers import ROOT, environment

READERS = {"get", "getenv", "_flag", "_list", "kept_key"}


def names_read(path):
    """The names this file asks the environment for."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            asks = name in READERS and (name != "get" or ast.unparse(called) == "os.environ.get")
            key = node.args[0] if asks and node.args else None
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            key = node.slice if ast.unparse(node.value) == "os.environ" else None
        else:
            continue
        if isinstance(key, ast.Constant):
            yield key.value


def test_every_name_the_code_reads_from_the_environment_is_documented_and_no_other():
    read = {
        name for folder in ("config", "hoidong", "demo", "tests/config") for path in (ROOT / folder).rglob("*.py") for name in names_read(path)
    } - {"PATH"}  # fmt: skip
    table = (ROOT / "docs" / "operating" / "environment.md").read_text()
    told = {
        name for line in table.splitlines() if line.startswith("| `") for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])
    }
    assert {"DATABASE_URL", "OIDC_ISSUER", "BEHIND_HTTPS", "HD_VAR"} <= read
    assert told == read


def test_an_error_of_a_page_stands_in_the_log_and_a_missing_page_does_not():
    code = """
import django; django.setup()
from django.test import Client, override_settings
from django.urls import path
class urls:
    urlpatterns = [path("hong/", lambda request: 1 / 0)]
with override_settings(ROOT_URLCONF=urls, MIDDLEWARE=[]):
    client = Client(raise_request_exception=False)
    try:
        client.get("/ma-bi-mat/")
    finally:
        client.get("/hong/")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "ERROR django.request: Internal Server Error: /hong/" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "ma-bi-mat" not in done.stderr
