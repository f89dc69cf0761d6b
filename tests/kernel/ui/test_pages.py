"""Whole pages: no variable a template does not know, nothing inline, one heading, the language named."""

import re

import pytest
from django.template import engines
from django.urls import reverse

from hoidong.kernel import law
from hoidong.kernel.base import dates
from hoidong.kernel.units import queries as units

pytestmark = pytest.mark.django_db


class Unknown(str):
    """Stands for what a template asks for and nobody gave: it fails instead of leaving a hole in the page."""

    def __contains__(self, piece):
        return piece == "%s"

    def __mod__(self, variable):
        if str(variable) in LEFT_OUT:
            return ""
        raise LookupError(f"the template asks for “{variable}”")


# Asked for on purpose where they may be absent: names of links (`shell.links`), attributes of Django's own widgets.
LEFT_OUT = {
    "shell.links.home",
    "shell.links.live",
    "shell.links.public",
    "shell.links.help",
    "widget.attrs.id",
    "number",
    "fields",
}


@pytest.fixture
def strict():
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, Unknown("%s")
    yield
    engine.string_if_invalid = before


def pages():
    rule = law.rule("KNCT.ANSWER_COUNCIL", dates.today())
    commune = units.communes_of(units.at("01"))[0]
    return {
        "hethong": [
            reverse("law:rules"), reverse("law:rules") + "?q=khong-co", reverse("law:rule", args=[rule.pk]),
            reverse("law:change", args=[rule.pk]), reverse("law:verify", args=[rule.pk]),
            reverse("deadlines:calendar_year", args=[2026]), reverse("deadlines:calendar_year", args=[2031]),
            *(reverse(f"deadlines:{name}", args=[2026]) for name in ("day", "swap", "confirm", "setting", "open_year")),
            reverse("units:add", args=[commune.pk]), reverse("ui:look"),
        ],
        "quantri": [
            reverse("numbering:sequences"), reverse("numbering:continue"), reverse("units:list"), reverse("units:list") + "?q=ha",
            reverse("units:unit", args=[commune.pk]), reverse("deadlines:calculator"),
            reverse("deadlines:calculator") + "?start=28/08/2026&days=7&unit=wd", reverse("deadlines:calculator") + "?start=x",
        ],
    }  # fmt: skip


@pytest.mark.parametrize("username", ["hethong", "quantri"])
def test_no_page_asks_for_what_nobody_gave(strict, signed_in, username):
    client = signed_in(username)
    for address in pages()[username]:
        assert client.get(address).status_code in (200, 422), address


def test_a_variable_nobody_gave_fails_a_page(strict):
    with pytest.raises(LookupError, match="no_such"):
        engines["django"].from_string("{{ no_such }}").render({})


@pytest.mark.parametrize("username", ["hethong", "quantri"])
def test_a_page_names_its_language_has_one_heading_and_nothing_inline(signed_in, username):
    client = signed_in(username)
    for address in pages()[username]:
        answer = client.get(address)
        html = answer.content.decode()
        assert html.count("<h1") == 1, address
        assert '<html lang="vi"' in html
        assert 'href="#noi-dung"' in html
        assert re.search(r'<main[^>]*id="noi-dung"', html)
        assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>|<style|<[^>]*\s(style|on[a-z]+)=\"|javascript:", html), address
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), address
        for label in re.findall(r'<label[^>]*\sfor="([^"]+)"', html):
            assert label in ids, (address, label)
        for named in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html):
            assert set(named.split()) <= set(ids), (address, named)


def test_the_policy_lets_no_inline_script_or_style_run(signed_in):
    policy = signed_in("xa").get(reverse("deadlines:calculator")).headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    script, style = (rules.get(name, rules["default-src"]) for name in ("script-src", "style-src"))
    for allowed in (script, style):
        assert "unsafe" not in allowed
        assert "*" not in allowed
    assert "'none'" in rules["frame-ancestors"] or "'self'" in rules["frame-ancestors"]


@pytest.mark.parametrize("back", ["https://xau.example/", "//xau.example", "javascript:alert(1)", "/\\xau.example"])
def test_the_choice_of_look_leads_to_no_other_site(client, back):
    answer = client.post(reverse("ui:look"), {"size": "larger", "light": "dark", "density": "<x>", "next": back})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"
    assert answer.cookies["hd-look"].value == "larger.dark"
    assert 'class="hd-larger hd-dark"' in client.get(reverse("ui:look")).content.decode()
