"""Lists: the worklist as each role sees it, the record, the desk. Beside each page the SQL that gives the same rows and counts."""

from dataclasses import dataclass

from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from hoidong.citizens.voters import counting, queries
from hoidong.citizens.voters.models import Field, Petition
from hoidong.citizens.voters.pages import filters
from hoidong.kernel.base import dates, paging

from . import city
from .timing import measure

COUNT_CAP, LOOKED_THROUGH = counting.COUNT_CAP, counting.LOOKED_THROUGH
SIZE = 25
DEEP = 0.4  # how far down a list a deep page lies
# The rows of a page with the names it shows and the places that raised each petition.
_LIST = """
SELECT p.*, c.name, c.short_name, b.name, b.short_name, f.name, m.number, m.year, places.names
FROM (SELECT * FROM voters_petition WHERE id IN (SELECT p.id FROM voters_petition p WHERE {where} ORDER BY {order} LIMIT 26)) p
JOIN kernel_unit c ON c.id = p.commune_id LEFT JOIN kernel_unit b ON b.id = p.body_id LEFT JOIN voters_field f ON f.id = p.field_id
LEFT JOIN voters_petition m ON m.id = p.merged_into_id
LEFT JOIN LATERAL (SELECT array_agg(DISTINCT u.short_name) AS names FROM voters_origin o JOIN kernel_unit u ON u.id = o.commune_id
                   WHERE o.petition_id = p.id) places ON true
ORDER BY {order}
"""
_COUNT = "(SELECT count(*) FROM (SELECT 1 FROM voters_petition p WHERE {where} LIMIT {cap}) counted)"
# What fits of rows that were cut at `cap`; where none does and the cut was reached, nothing is known.
_CUT = "NULLIF(count(*) FILTER (WHERE {fits}), CASE WHEN count(*) = {cap} THEN 0 END)"
_LOOKED = (
    "(SELECT "
    + _CUT.format(fits="fits", cap="{cap}")
    + " FROM (SELECT {fits} AS fits FROM voters_petition p WHERE {where} LIMIT {cap}) looked)"
)
# The tabs of each side, as conditions and orders of plain SQL.
_WITH_BODY = "p.state IN ('sent', 'taken')"
_TODAY = f"DATE '{dates.today().isoformat()}'"  # Viet Nam's day; the server's may still be yesterday
_LATE = f"{_WITH_BODY} AND p.due_key < {_TODAY}"
_SOON = f"{_WITH_BODY} AND p.due_key BETWEEN {_TODAY} AND {_TODAY} + 7"
_COUNTED = "('new', 'handed_up', 'classified', 'sent', 'taken', 'returned', 'answered', 'carried', 'closed')"
_OFFICE = {
    "handed_up": "p.state = 'handed_up'", "classified": "p.state = 'classified'", "returned": "p.state = 'returned'",
    "sent": _WITH_BODY, "late": _LATE, "soon": _SOON, "answered": "p.state = 'answered'", "carried": "p.state = 'carried'",
    "closed": "p.state = 'closed'", "all": f"p.state IN {_COUNTED}",
}  # fmt: skip
_COMMUNE = {"new": "p.state = 'new'", **_OFFICE}
_BODY = {
    "taken": "p.state = 'taken'", "sent": "p.state = 'sent'", "late": _LATE, "soon": _SOON,
    "answered": "p.state IN ('answered', 'closed')", "carried": "p.state = 'carried'", "all": "true",
}  # fmt: skip
_READ = "p.state IN ('sent', 'taken', 'returned', 'answered', 'carried', 'closed')"
_BY_DUE = {"office": ("sent", "late", "soon"), "commune": ("sent", "late", "soon"), "body": ("taken", "sent", "late", "soon")}


@dataclass(frozen=True)
class Side:
    """One role: who signs in, what the role may see, its tabs."""

    username: str
    kind: str
    scope: str
    tabs: dict


def sides():
    """The roles that are measured, by name."""
    area = city.actor("do.chuyenvien").unit.area_id
    commune, body = city.actor("do.xa").unit.area_id, city.actor("do.so").unit.pk
    province = f"p.province_id = {area} AND p.handed_up_on IS NOT NULL"
    return {
        "officer": Side("do.chuyenvien", "office", province, _OFFICE),
        "committee": Side("do.thuongtruc", "office", province, _OFFICE),
        "clerk": Side("do.xa", "commune", f"p.commune_id = {commune}", _COMMUNE),
        "body": Side("do.so", "body", f"p.body_id = {body} AND {_READ}", _BODY),
    }


@dataclass(frozen=True)
class Case:
    """One page: whose, which tab, which filters (address, SQL), how deep."""

    side: str
    tab: str
    address: str = ""
    condition: str = "true"
    deep: bool = False

    @property
    def few(self):
        """Whether what it is narrowed by stands in another table; then one walk counts for all tabs."""
        return self.condition.startswith("p.id IN")

    @property
    def by_index(self):
        """Whether an index begins with what it is narrowed by; then every tab is counted by it."""
        return self.condition.startswith("p.session_id")

    @property
    def name(self):
        """How the row is called."""
        parts = [f"worklist of {self.side}: {self.tab}", self.address and f"filter {self.address}", self.deep and "deep page"]
        return ", ".join(part for part in parts if part)


def cases():
    """The pages that are measured."""
    field = Field.objects.get(code="transport")
    session = city.read().sessions[-3]
    commune = city.read().communes[1]
    places = f"p.id IN (SELECT petition_id FROM voters_origin WHERE commune_id = {commune.pk})"
    words = "p.id IN (SELECT subject_id FROM kernel_searchentry WHERE kind = 'voters.petition' AND words @@ to_tsquery('simple', '{}'))"
    return [
        Case("officer", "handed_up"),
        Case("officer", "handed_up", deep=True),
        Case("officer", "late"),
        Case("officer", "sent", deep=True),
        Case("officer", "closed", deep=True),
        Case("officer", "all"),
        Case("officer", "all", deep=True),
        Case("officer", "all", f"linh-vuc={field.pk}", f"p.field_id = {field.pk}"),
        Case("officer", "closed", f"ky-hop={session.pk}", f"p.session_id = {session.pk}"),
        Case("officer", "all", f"noi-neu={commune.pk}", places),
        Case("officer", "all", "ket-qua=solved", "p.result LIKE 'solved%%'"),
        Case("officer", "answered", "ket-qua=none", "p.result = ''"),
        Case("officer", "all", "tu-khoa=nạo vét", words.format("nao & vet:*")),
        Case("officer", "all", "tu-khoa=thạnh xuyên", words.format("thanh & xuyen:*")),
        Case("committee", "late", f"linh-vuc={field.pk}", f"p.field_id = {field.pk}"),
        Case("clerk", "new"),
        Case("clerk", "all", deep=True),
        Case("clerk", "all", f"linh-vuc={field.pk}", f"p.field_id = {field.pk}"),
        Case("body", "taken"),
        Case("body", "answered", deep=True),
        Case("body", "all", f"ky-hop={session.pk}", f"p.session_id = {session.pk}"),
    ]


def all_rows(rounds):
    """Every list measured."""
    return [*(_page(case, sides()[case.side], rounds) for case in cases()), _record(rounds), *_desks(rounds)]


def client(username):
    """A signed-in client that calls the pages in this process."""
    made = Client()
    made.force_login(city.actor(username).account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def _page(case, side, rounds):
    """A page of the worklist: the request, beside its rows and its counts in plain SQL."""
    browser, where = client(side.username), f"{side.scope} AND {case.condition}"
    by_due = case.tab in _BY_DUE[side.kind]
    order = "p.due_key, p.id" if by_due else "p.id DESC"
    token, bound = _deep(side, case, by_due) if case.deep else ("", "true")
    address = f"{reverse('voters:petitions')}?xem={case.tab}&{case.address}&trang={token}"
    page = _LIST.format(where=f"{where} AND {side.tabs[case.tab]} AND {bound}", order=order)
    counts = _counts(case, side, where)

    def ours():
        answer = browser.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    def bare():
        return [row[0] for row in run(page)][:SIZE], list(run(counts)[0])

    if _shown(case, side, token) != bare():
        raise RuntimeError(f"{case.name}: the page and the bare SQL say different things")
    return measure(case.name, ours, bare, rounds, target=2.5, server=80, most=12)


def _counts(case, side, where):
    """The counts of all tabs as one bare statement, looked for as far as the page looks."""
    if case.few:
        each = ", ".join(_CUT.format(fits=tab, cap=counting.FEW_CAP) for tab in side.tabs.values())
        return (
            f"SELECT {each} FROM (SELECT * FROM voters_petition p WHERE {where} ORDER BY p.id DESC LIMIT {counting.FEW_CAP}) p"
        )
    return "SELECT " + ", ".join(
        _COUNT.format(where=f"{where} AND {tab}", cap=COUNT_CAP)
        if code == case.tab or case.condition == "true" or case.by_index
        else _LOOKED.format(where=f"{side.scope} AND {tab}", fits=case.condition, cap=LOOKED_THROUGH)
        for code, tab in side.tabs.items()
    )


def _shown(case, side, token):
    """The keys and the counts of the page."""
    actor = city.actor(side.username)
    views = queries.views_for(actor, dates.today())
    condition, chips = filters.read(QueryDict(case.address), actor)
    view = queries.view_named(views, case.tab)
    page = queries.worklist(actor, view=view, filters=condition, after=token, size=SIZE)
    tallies = filters.tallies_of(queries.petitions_for(actor), views, condition, chips, view)
    return [petition.pk for petition in page], [tallies[tab].number for tab in side.tabs]


def _deep(side, case, by_due):
    """A token far down the list, as walking there would give, and the same bound as SQL."""
    where = f"{side.scope} AND {case.condition} AND {side.tabs[case.tab]}"
    total = run(f"SELECT count(*) FROM voters_petition p WHERE {where}")[0][0]  # nosec B608
    order = "due_key, id" if by_due else "id DESC"
    pk = run(f"SELECT p.id FROM voters_petition p WHERE {where} ORDER BY {order} LIMIT 1 OFFSET {int(total * DEEP)}")[0][0]
    last = Petition.objects.get(pk=pk)
    if by_due:
        return paging._encode("n", last, ["due_key", "id"]), f"(p.due_key, p.id) > ('{last.due_key}', {pk})"
    return paging._encode("n", last, ["id"]), f"p.id < {pk}"


def run(statement, values=None):
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


_RECORD = """
SELECT p.*, c.name, b.name, f.name,
  (SELECT json_agg(o) FROM voters_origin o WHERE o.petition_id = p.id),
  (SELECT json_agg(a) FROM voters_answer a WHERE a.petition_id = p.id),
  (SELECT json_agg(t) FROM voters_transferitem t JOIN voters_transferletter l ON l.id = t.letter_id WHERE t.petition_id = p.id),
  (SELECT json_agg(m) FROM voters_petition m WHERE m.merged_into_id = p.id),
  (SELECT json_agg(d) FROM kernel_deadline d WHERE d.subject_kind = 'voters.petition' AND d.subject_id = p.id),
  (SELECT json_agg(e ORDER BY e.id) FROM kernel_auditentry e WHERE e.subject_kind = 'voters.petition' AND e.subject_id = p.id)
FROM voters_petition p JOIN kernel_unit c ON c.id = p.commune_id LEFT JOIN kernel_unit b ON b.id = p.body_id
LEFT JOIN voters_field f ON f.id = p.field_id WHERE p.id = %s
"""


def _record(rounds):
    """The page of a petition with letter, reply, judgement and a whole story in the log."""
    found = Petition.objects.filter(state="closed", pk__in=run_ids("voters.close")).order_by("-pk")
    keys, browser = list(found.values_list("pk", flat=True)[: rounds + 1]), client("do.chuyenvien")
    mine, theirs = iter(keys), iter(keys)

    def ours():
        answer = browser.get(reverse("voters:petition", args=[next(mine)]))
        if answer.status_code != 200:
            raise RuntimeError("the record does not answer")

    return measure("record of a closed petition", ours, lambda: run(_RECORD, [next(theirs)]), rounds, server=60, most=10)


def run_ids(action):
    """Keys of petitions that have this action in the log, the newest first."""
    return [
        pk for (pk,) in run("SELECT subject_id FROM kernel_auditentry WHERE action = %s ORDER BY id DESC LIMIT 200", [action])
    ]


def _desks(rounds):
    """The desk of each role: its counts, its five late and five due, the bar of the session."""
    for name, side in sides().items():
        browser = client(side.username)
        tabs = [tab for code, tab in side.tabs.items() if code not in ("all", "closed" if side.kind != "body" else "answered")]
        counts = "SELECT " + ", ".join(_COUNT.format(where=f"{side.scope} AND {tab}", cap=COUNT_CAP) for tab in tabs)
        rows = [
            f"SELECT * FROM voters_petition p WHERE {side.scope} AND {tab} ORDER BY p.due_key, p.id LIMIT 5"
            for tab in (_LATE, _SOON)
        ]  # nosec B608
        split = (
            f"SELECT count(*), count(*) FILTER (WHERE result LIKE 'solved%%'), count(*) FILTER (WHERE result LIKE 'working%%' OR result = 'will'), "
            f"count(*) FILTER (WHERE result = 'explained'), count(*) FILTER (WHERE result = '') FROM voters_petition p "
            f"WHERE {side.scope} AND p.session_id = {city.read().sessions[-1].pk} AND p.state IN {_COUNTED}"
        )  # nosec B608

        def ours(browser=browser):
            if browser.get(reverse("desk:home")).status_code != 200:
                raise RuntimeError("the desk does not answer")

        def bare(statements=(counts, *rows, split)):
            for statement in statements:
                run(statement)

        yield measure(f"desk of {name}", ours, bare, rounds, server=150)
