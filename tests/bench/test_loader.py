"""The loader of the measurements writes rows as the actions would: when a model or a mirror changes, this fails and not the bench."""

import pytest
from django.core.management import call_command
from django.db import connection

from bench import city, loader
from demo import copying, recipe
from hoidong.citizens.voters import actions, mirrors, queries
from hoidong.citizens.voters.models import Answer, Origin, Petition, TransferItem, TransferLetter
from hoidong.citizens.voters.states import WITH_BODY, S
from hoidong.kernel.audit import chain
from hoidong.kernel.audit.models import AuditChain
from hoidong.kernel.deadlines.models import Deadline
from hoidong.kernel.people import Actor
from hoidong.kernel.publication.models import Publication
from hoidong.kernel.search.models import SearchEntry

COUNT = 400
AFTER = 1_000_000  # keys beyond those of the demo


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The measured city with a few petitions of its last session and of one before, in a transaction that is rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        with open("/dev/null", "w") as quiet:
            call_command("load_units", province=city.CODE, stdout=quiet)
        city.found(COUNT)
        there = city.read()
        _settle()
        stripped = copying.strip(recipe.tables())
        for first in range(1, COUNT + 1, COUNT // 10):
            recipe.write(there, loader.order(first, COUNT // 10, of=COUNT, part=first % 2, after=AFTER))
        _settle()
        for _table, statement in sorted(stripped, key=lambda one: "FOREIGN KEY" in one[1]):
            with connection.cursor() as cursor:
                cursor.execute(statement)
        copying.set_sequences(recipe.tables())
        _settle()
        yield there
        transaction.set_rollback(True)


def _settle():
    """Check what waits for the end of a transaction now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def petitions(loaded, db):
    return Petition.objects.filter(province=loaded.area)


def test_the_entries_of_the_index_and_the_citizens_pages_are_those_the_platform_writes(petitions):
    keys = list(petitions.values_list("pk", flat=True))
    loaded = _mirrors(keys)

    mirrors.refresh(keys, by=Actor.system())

    assert _mirrors(keys) == loaded
    assert len(loaded[0]) == petitions.exclude(state=S.CANCELLED).count()


def _mirrors(keys):
    """What is kept of both mirrors, without the moment at which it was written."""
    left_out = {"id", "indexed_at", "changed_at", "published_at"}
    return [
        [
            {name: value for name, value in row.items() if name not in left_out}
            for row in model.objects.filter(kind=mirrors.KIND, subject_id__in=keys).order_by("subject_id").values()
        ]
        for model in (SearchEntry, Publication)
    ]


def test_no_index_and_no_key_is_missing_after_a_load(loaded, db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    with connection.cursor() as cursor:
        for model in (Petition, Origin, Answer, TransferItem, SearchEntry, Publication):
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            for index in model._meta.indexes:
                assert index.name in there
            for constraint in model._meta.constraints:
                assert constraint.name in there
            keys = {tuple(one["columns"]) for one in there.values() if one["foreign_key"]}
            assert {(field.column,) for field in model._meta.concrete_fields if field.is_relation} <= keys


def test_the_log_of_a_load_is_a_whole_chain(loaded, db):
    assert chain.broken_places() == []
    assert AuditChain.objects.filter(unit_id=loaded.office.pk, length__gt=1).exists()


def test_states_letters_replies_and_clocks_fit_each_other(petitions):
    sent = petitions.filter(state__in=recipe.SENT)
    assert sent.filter(sent_on=None).count() == 0
    assert TransferItem.objects.filter(petition__in=sent).count() == sent.count()
    assert Answer.objects.filter(petition__in=petitions).count() == petitions.filter(state__in=recipe.REPLIED).count()
    running = Deadline.objects.filter(subject_kind=mirrors.KIND, closed_on=None, subject_id__in=petitions.values("pk"))
    assert running.count() == petitions.filter(state__in=WITH_BODY).count()
    for letter in TransferLetter.objects.filter(items__petition__in=petitions).distinct():
        assert letter.count == letter.items.count()
    merged = petitions.filter(state=S.MERGED)
    assert merged.exists()
    for repeat in merged:
        assert Origin.objects.get(petition_first=repeat).petition_id == repeat.merged_into_id


def test_people_of_the_city_work_with_what_was_loaded(petitions, loaded):
    officer = city.actor("do.chuyenvien")
    views = queries.views_for(officer, recipe.dates.today())
    page = queries.worklist(officer, view=queries.view_named(views, "handed_up"))
    assert page.rows
    record = queries.record(officer, page.rows[0].pk)
    assert record.origins.all()

    made = actions.record_petitions(
        [actions.Draft(text="Đề nghị sửa đường qua ấp sau mùa mưa này.")],
        office=loaded.communes[0], session=loaded.sessions[-1], phase="before", by=city.actor("do.xa"),
    )  # fmt: skip
    assert made[0].number > COUNT


def test_texts_have_as_many_words_as_life(petitions):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ts_stat($$SELECT words FROM kernel_searchentry WHERE kind = 'voters.petition'$$) WHERE word !~ '^ma[0-9]'"
        )
        assert cursor.fetchone()[0] > 1000
    assert petitions.values("text").distinct().count() > COUNT * 0.98
