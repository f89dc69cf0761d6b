"""The words of other languages: all are there, none is stale, and what stands between them is whole."""

import re

import pytest

from config import messages

# What a sentence leaves open: %(name)s and %s of Python, {name} of str.format.
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HOW = "Run `make messages`, then fill what is empty in locale/en/LC_MESSAGES/django.po."


@pytest.fixture(scope="module", params=[path.parent.parent.name for path in messages.catalogues()])
def catalogue(request):
    """(path, what the file holds) of one language."""
    path = messages.LOCALE / request.param / "LC_MESSAGES" / "django.po"
    return path, messages.read(path)


def both(message):
    """(source, translation) pairs of an entry, one for each form of number."""
    if message.pluralizable:
        return list(zip(message.id, message.string, strict=True))
    return [(message.id, message.string)]


def test_english_is_there():
    assert [path.parent.parent.name for path in messages.catalogues()] == ["en"]


def test_no_string_of_another_file_and_no_fuzzy_one_is_kept(catalogue):
    _path, known = catalogue
    assert not known.obsolete
    assert [message.id for message in known if message.fuzzy and message.id] == []


def test_a_translation_leaves_the_same_places_open_as_its_source(catalogue):
    _path, known = catalogue
    wrong = [
        (source, said)
        for message in known if message.id
        for source, said in both(message)
        if said and set(PLACES.findall(source)) != set(PLACES.findall(said))
    ]  # fmt: skip
    assert wrong == []


def test_a_translation_keeps_the_spaces_at_its_ends_and_the_tags_inside(catalogue):
    _path, known = catalogue
    pairs = [pair for message in known if message.id for pair in both(message) if pair[1]]
    ends = [pair for pair in pairs if [text[:1].isspace() for text in pair] != [pair[0][:1].isspace()] * 2]
    assert ends == []
    assert [pair for pair in pairs if pair[0].count("<") != pair[1].count("<")] == []


def test_the_file_is_what_the_command_writes_so_that_changes_are_small(catalogue):
    path, known = catalogue
    assert messages.text_of(known) == path.read_bytes(), HOW
    assert "\n#:" not in path.read_text()


def test_a_catalogue_forgets_what_nobody_says_and_keeps_what_is_translated(tmp_path):
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Lưu"\nmsgstr "Save"\n\nmsgid "Cũ"\nmsgstr "Old"\n'
    )
    source = tmp_path / "code"
    source.mkdir()
    (source / "words.py").write_text('_("Lưu")\n_("Mới")\n')
    fresh = messages.renewed(path, [source])
    assert {message.id: message.string for message in fresh if message.id} == {"Lưu": "Save", "Mới": ""}
    assert messages.untranslated(fresh) == ["Mới"]


def test_strings_are_found_in_python_and_in_every_form_a_template_has(tmp_path):
    code = tmp_path / "words.py"
    code.write_text(
        "from django.utils.translation import gettext as _, ngettext, pgettext_lazy\n"
        'a = _("Một " "câu")\nb = ngettext("%(n)s việc", "%(n)s việc khác", 2)\nc = pgettext_lazy("khóa họp", "Khóa")\n_(a)\n'
    )
    assert list(messages.strings_of(code)) == [
        (None, "Một câu"), (None, ("%(n)s việc", "%(n)s việc khác")), ("khóa họp", "Khóa"),
    ]  # fmt: skip
    page = tmp_path / "page.html"
    page.write_text(
        """<p title='{% translate "Đóng" %}'>{{ name|default:_("chưa ghi") }} {% translate "Khóa" context "khóa họp" %}
        {% blocktranslate count n=rows trimmed %}
          {{ n }} dòng
          cần sửa{% plural %}{{ n }} dòng cần sửa cả{% endblocktranslate %}{% fact _("Hạn") %}{% endfact %}
        {% blocktranslate %}50 % là đủ{% endblocktranslate %}"""
    )
    assert set(messages.strings_of(page)) == {
        (None, "Đóng"), (None, "chưa ghi"), ("khóa họp", "Khóa"), (None, "Hạn"), (None, "50 %% là đủ"),
        (None, ("%(n)s dòng cần sửa", "%(n)s dòng cần sửa cả")),
    }  # fmt: skip


def test_only_a_file_that_changed_is_compiled(tmp_path):
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Lưu"\nmsgstr "Save"\n'
    )
    messages.compile_changed(tmp_path)
    compiled = path.with_suffix(".mo")
    first = compiled.stat().st_mtime_ns
    assert b"Save" in compiled.read_bytes()
    messages.compile_changed(tmp_path)
    assert compiled.stat().st_mtime_ns == first
    assert [found.suffix for found in sorted(path.parent.iterdir())] == [".mo", ".po"]


def test_every_string_of_the_code_has_its_translation_and_no_other_string_is_kept(catalogue):
    path, known = catalogue
    fresh = messages.renewed(path)
    waiting = messages.untranslated(fresh)
    assert waiting == [], HOW
    assert {(message.context, message.id) for message in known} == {(message.context, message.id) for message in fresh}, HOW
