"""What import-linter cannot hold: sizes, foreign keys, templates, public addresses, words."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
OURS = ("hoidong", "config", "demo", "bench")
FLOORS = {"kernel": 0, "meetings": 2, "voters": 3, "desk": 7, "portal": 7}
PUBLIC = {
    "front", "health", "portal:home", "portal:find", "portal:case", "portal:place", "portal:rate", "portal:help", "ui:look", "ui:language",
    "people:first_run", "people:first_factor", "live:stream", "files:show", "schedule:public", "schedule:feed", "schedule:own",
}  # fmt: skip
BAD_NAMES = {"utils", "helpers", "services", "common", "managers", "misc"}


def sources():
    """Every Python file of ours but migrations."""
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def test_no_file_is_longer_than_400_lines():
    long = {str(path.relative_to(ROOT)): lines for path in sources() if (lines := len(path.read_text().splitlines())) > 400}
    assert not long


def test_no_function_is_longer_than_50_lines():
    long = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 50:
                long.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not long


def test_no_module_has_a_name_that_says_nothing():
    assert not [str(path) for path in sources() if path.stem in BAD_NAMES or BAD_NAMES & set(path.parts)]


def test_foreign_keys_point_down_the_house_and_leave_no_trace_above():
    wrong = []
    for model in apps.get_models():
        own = FLOORS.get(model._meta.app_label)
        if own is None:
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            other = FLOORS.get(field.related_model._meta.app_label)
            if other is None:
                continue
            crosses = model._meta.app_label != field.related_model._meta.app_label
            if other > own or (crosses and not field.remote_field.hidden):
                wrong.append(f"{model.__name__}.{field.name}")
    assert not wrong


def test_every_module_says_what_it_is_for():
    silent = []
    for path in (ROOT / "hoidong").rglob("__init__.py"):
        is_module = path.parent.parent.name in ("kernel", "council", "citizens") or path.parent.parent.name == "hoidong"
        wings = ("migrations", "templatetags", "management", "templates", "static", "council", "citizens", "kernel")
        if is_module and path.parent.name not in wings and not ast.get_docstring(ast.parse(path.read_text())):
            silent.append(str(path.relative_to(ROOT)))
    assert not silent


def test_models_are_looked_up_by_name_only_where_names_are_data():
    allowed = {"hoidong/kernel/base/subjects.py"}
    found = [str(path.relative_to(ROOT)) for path in sources() if "apps.get_model(" in path.read_text()]
    assert set(found) <= allowed


def test_templates_hold_no_inline_script_style_or_handler():
    wrong = []
    for path in (ROOT / "hoidong").rglob("*.html"):
        if "mail" in path.parts:
            continue
        text = path.read_text()
        if re.search(r"<script(?![^>]*(src=|type=\"application/json\"))[^>]*>", text) or re.search(
            r"\s(style|onclick|onchange)=\"", text
        ):
            wrong.append(str(path.relative_to(ROOT)))
    assert not wrong


def test_only_the_listed_pages_are_open_to_strangers():
    open_ones = set()
    for name, pattern in _named(get_resolver()):
        view = pattern.callback
        if getattr(view, "login_required", True) is False and view.__module__.startswith("hoidong"):
            open_ones.add(name)
    assert open_ones <= PUBLIC, open_ones - PUBLIC


def _named(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _named(pattern, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", pattern


FORBIDDEN = re.compile(r"(?i)\b(claude|chatgpt|copilot|anthropic|openai)\b|/work/|file://|pypi\.org|registry\.npmjs")


@pytest.mark.parametrize("suffix", ["py", "md", "html", "js", "css", "toml", "yaml", "txt", "in", "json"])
def test_the_repository_speaks_of_the_project_alone(suffix):
    found = []
    for path in ROOT.rglob(f"*.{suffix}"):
        parts = path.relative_to(ROOT).parts
        if parts[0] in (".venv", "node_modules", "var", ".git") or path.name == "test_house.py":
            continue
        if FORBIDDEN.search(path.read_text(errors="replace")):
            found.append("/".join(parts))
    assert not found
