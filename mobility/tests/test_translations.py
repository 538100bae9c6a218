"""Everything people read is said in three languages, and the catalogues say exactly what the source does."""

import re
from collections import Counter

import polib
import pytest

from . import catalogues
from .catalogues import LANGUAGES, Message, message_of

REFRESH = "run `python -m mobility.tests.catalogues` and translate what it names"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")

# Calques, politeness that says nothing, participles and the spelling that schools do not teach.
NEVER = {
    "ru": r"номинаци|оффер|верифи|претензи|пожалуйста|успешно",
    "be": (
        r"намінац|офер\b|верыфі|прэтэнзі|калі ласка|паспяхова|"
        r"сь[нвлц]|(?<!д)зь[нмвлц]|дзьв|ньне\b|[аяую]ючы[мх]?\b"
    ),
}
BOTH = [(place, language) for place in ("ours", "of_packages") for language in LANGUAGES]


def needed(place: str, language: str) -> set[Message]:
    if place == "ours":
        return set(catalogues.messages_of_ours())
    return set(catalogues.needed_of_packages(language, catalogues.messages_of_packages()))


@pytest.fixture(params=BOTH, ids="-".join)
def catalogue(request):
    place, language = request.param
    return getattr(catalogues, place)(language)


@pytest.mark.parametrize(("place", "language"), BOTH)
def test_the_catalogue_holds_what_the_source_says(place, language):
    held = {message_of(entry) for entry in getattr(catalogues, place)(language).read()}
    now = needed(place, language)
    assert (sorted(map(str, now - held)), sorted(map(str, held - now))) == ([], []), REFRESH


def test_nothing_awaits_translation(catalogue):
    po = catalogue.read()
    assert [entry.msgid for entry in po.untranslated_entries() + po.fuzzy_entries()] == [], REFRESH


def test_the_compiled_catalogue_is_the_same(catalogue):
    assert catalogue.mo_path.read_bytes() == catalogue.read().to_binary(), REFRESH


def test_plurals_have_four_forms(catalogue):
    po = catalogue.read()
    assert po.metadata["Plural-Forms"] == catalogues.PLURALS
    assert [entry.msgid for entry in po if entry.msgid_plural and not four_forms(entry)] == []


def four_forms(entry: polib.POEntry) -> bool:
    return sorted(entry.msgstr_plural) == [0, 1, 2, 3] and all(entry.msgstr_plural.values())


def test_placeholders_and_markup_are_kept(catalogue):
    assert [
        f"{entry.msgid!r} → {text!r}"
        for entry in catalogue.read()
        for text in translations(entry)
        if text and placeholders(text) not in (placeholders(entry.msgid), placeholders(entry.msgid_plural))
    ] == []


def test_no_word_mixes_two_alphabets(catalogue):
    mixed = re.compile(r"[а-яёіў][a-z]|[a-z][а-яёіў]", re.IGNORECASE)
    assert [
        text for entry in catalogue.read() for text in translations(entry) if mixed.search(PLACEHOLDER.sub(" ", text))
    ] == []


def test_spaces_at_the_edges_are_kept(catalogue):
    assert [
        entry.msgid
        for entry in catalogue.read()
        if not entry.msgid_plural and edges(entry.msgid) != edges(entry.msgstr) and entry.msgid.strip()
    ] == []


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> Counter:
    return Counter(PLACEHOLDER.findall(text))


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_officers_do_not_say(language):
    never = NEVER[language]
    assert [
        text
        for catalogue in (catalogues.ours(language), catalogues.of_packages(language))
        for entry in catalogue.read()
        for text in translations(entry)
        if re.search(never, text, re.IGNORECASE)
    ] == []


def test_what_is_marked_in_python_is_found():
    source = '_("a")\ngettext_lazy("b")\nngettext("one", "many", 2)\npgettext_lazy("of a person", "c")\n_(name)\n'
    assert list(catalogues.in_python(source)) == [
        Message(None, "a", None),
        Message(None, "b", None),
        Message(None, "one", "many"),
        Message("of a person", "c", None),
    ]


def test_what_is_marked_by_a_name_of_the_module_s_own_is_found():
    source = 'from django.utils.translation import gettext as _now, pgettext as of\n_now("a")\nof("a person", "b")\n'
    assert list(catalogues.in_python(source)) == [Message(None, "a", None), Message("a person", "b", None)]


def test_what_is_marked_in_templates_is_found():
    source = (
        '{% translate "a" %}{% translate "b" context "of a person" %}{{ x|default:_("c") }}'
        '{% include "x.html" with title=_("d") only %}'
        "{% blocktranslate count n=n trimmed %}\n one {{ n }}\n{% plural %} many {{ n }} {% endblocktranslate %}"
        "{% blocktranslate %}e “f” it's{% endblocktranslate %}"
    )
    assert list(catalogues.in_template(source)) == [
        Message(None, "a", None),
        Message("of a person", "b", None),
        Message(None, "c", None),
        Message(None, "d", None),
        Message(None, "one %(n)s", "many %(n)s"),
        Message(None, "e “f” it's", None),
    ]
