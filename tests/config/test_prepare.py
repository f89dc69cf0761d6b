"""What a start does again and what it does not: basics are loaded where their sources changed, and not otherwise."""

from django.db import connection

from config import prepare


def _loaded():
    asked = []
    prepare.load_basics(lambda name, **_options: asked.append(name))
    return asked


def test_law_places_and_fields_are_loaded_once_and_again_when_their_sources_changed(db):
    assert _loaded() == ["load_law", "load_units", "load_fields"]
    assert _loaded() == []
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE kernel_unit IS 'what an older release left'")
    assert _loaded() == ["load_law", "load_units", "load_fields"]


def test_one_changed_letter_is_another_fingerprint():
    assert prepare.fingerprint(b"a", b"b") == prepare.fingerprint(b"a", b"b")
    assert len({prepare.fingerprint(*parts) for parts in ((b"a", b"b"), (b"a", b"c"), (b"ab", b""), (b"b", b"a"))}) == 4
