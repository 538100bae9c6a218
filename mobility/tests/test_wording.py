"""No sentence reaches people unmarked; test_translations.py then sees that the marked ones are translated."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field, GeneratedField
from django.utils.functional import Promise
from django_countries.fields import CountryField

from .catalogues import OUR_FOLDERS, ROOT, files_in
from .wording import bare_in_python, bare_in_template, read_aloud

# Words that are the same in every language, and why.
SAME_EVERYWHERE = {
    **dict.fromkeys(("A1", "A2", "B1", "B2", "C1", "C2"), "a level of a language"),
    "BY": "a country's code",
    "ROR": "an identifier's own name",
    "SCHAC": "an identifier's own name",
    "XLSX": "a format",
    "CSV": "a format",
    "PDF": "a format",
    "DOCX": "a format",
    "JPEG": "a format",
    "PNG": "a format",
}


def our_files(*suffixes: str) -> list[Path]:
    return [file for file in files_in(ROOT / folder for folder in OUR_FOLDERS) if file.suffix in suffixes]


def test_no_template_has_words_that_are_not_marked():
    assert [
        f"{file.relative_to(ROOT)}: {text!r} stands outside {{% translate %}}"
        for file in our_files(".html", ".txt")
        for text in bare_in_template(file.read_text(), is_html=file.suffix == ".html")
        if text not in SAME_EVERYWHERE
    ] == []


def test_no_label_or_message_is_unmarked():
    assert [
        f"{file.relative_to(ROOT)}: {text!r} is shown, wrap it in gettext"
        for file in our_files(".py")
        if "management" not in file.parts
        for text in bare_in_python(file.read_text())
        if text not in SAME_EVERYWHERE
    ] == []


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OUR_FOLDERS]


def test_every_model_and_field_has_a_name_in_three_languages():
    assert [
        f"{model.__name__}.{field.name}: give it a verbose_name in gettext_lazy"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.concrete and not field.auto_created and not is_derived(field)
        if not isinstance(field.verbose_name, Promise)
        if field.model.__module__.split(".")[0] in OUR_FOLDERS
    ] + [
        f"{model.__name__}: give its Meta {name} in gettext_lazy"
        for model in our_models()
        for name in ("verbose_name", "verbose_name_plural")
        if not isinstance(getattr(model._meta, name), Promise)
    ] == []


def is_derived(field: Field) -> bool:
    """The database writes it from other fields, and nobody reads its name."""
    triggers = getattr(field.model._meta, "triggers", [])
    derived = {name for trigger in triggers for name in getattr(trigger, "derived", ())}
    return isinstance(field, GeneratedField) or field.name in derived


def test_every_choice_has_a_name_in_three_languages():
    assert [
        f"{model.__name__}.{field.name}: {label!r} is a choice that is not marked"
        for model in our_models()
        for field in model._meta.get_fields()
        for _value, label in getattr(field, "choices", None) or []
        if isinstance(label, str) and label.isascii() and any(map(str.isalpha, label)) and label not in SAME_EVERYWHERE
        if not isinstance(field, CountryField) and field.name != "language"
    ] == []


@pytest.mark.parametrize(
    ("template", "bare"),
    [
        ("<p>Bare words</p>", ["Bare words"]),
        ('<img alt="A map">', ["A map"]),
        ('{% include "x.html" with title="Partners" only %}', ["Partners"]),
        ('{% include "x.html" with title=_("Partners") class="btn big" only %}', []),
        ("{% translate 'Said' %} {{ name }} <b>·</b>&nbsp;12", []),
        (
            "{% blocktranslate %}Said <b>boldly</b>{% endblocktranslate %}{# note #}{% comment %}more{% endcomment %}",
            [],
        ),
        ("<script src='x'>let word = 1;</script>", []),
    ],
)
def test_bare_words_in_templates_are_found(template, bare):
    assert bare_in_template(template, is_html=True) == bare


def test_bare_words_in_mails_are_found():
    assert bare_in_template("Dear {{ name }},\n{% translate 'You won.' %}", is_html=False) == ["Dear  ,"]


def test_bare_words_in_python_are_found():
    source = (
        'models.CharField(verbose_name="Name")\nraise ValidationError("No", code="no")\n'
        'messages.success(request, f"Done {x}")\n'
        'models.CharField(_("Name"))\nraise ValidationError(_("No"), code="no")\n'
    )
    assert sorted(bare_in_python(source)) == ["Done ", "Name", "No"]


def test_reading_aloud_says_what_a_person_meets():
    assert read_aloud('<p title="Hint">Text <b>bold</b></p><style>p {}</style>') == ["Hint", "Text", "bold"]
