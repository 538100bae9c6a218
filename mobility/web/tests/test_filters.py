from django import forms
from django.template.loader import render_to_string
from pytest_django.asserts import assertHTMLEqual

from mobility.web.templatetags.filters import filter_field


class Asked(forms.Form):
    q = forms.CharField(required=False, max_length=9, label="<Name>", widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.IntegerField(required=False, min_value=1)
    country = forms.ChoiceField(
        required=False,
        choices=[("", "Any"), ("Near", [("BY", "Belarus & more"), ("LT", "Lithuania")]), ("CN", "China")],
    )
    mine = forms.BooleanField(required=False, label="Mine")
    hinted = forms.CharField(required=False, help_text="As on the paper")
    several = forms.MultipleChoiceField(required=False, choices=[("a", "A")])


def by_template(field) -> str:
    return render_to_string("bootstrap5/field.html", {"field": field, "is_filter": True})


def as_forms_do(field) -> str:
    """Without the classes that crispy adds for nobody's style sheet."""
    html = by_template(field)
    for name in ("textinput ", "numberinput ", "select ", "checkboxinput "):
        html = html.replace(f'"{name}form-', '"form-')
    return html.replace("optgroup  label", "optgroup label")


def test_each_field_is_what_a_form_would_draw():
    wrong = {"q": 'a "very" long name', "year": "0", "country": "LT", "mine": "on", "several": "b"}
    for form in (Asked(), Asked({}), Asked({"q": "Kav", "country": "CN"}), Asked(wrong)):
        for field in form:
            drawn = field.name in {"hinted", "several"}  # by the template itself
            assertHTMLEqual(filter_field(field), by_template(field) if drawn else as_forms_do(field))


def test_what_is_typed_and_said_is_escaped():
    html = filter_field(Asked({"q": '"><script>'})["q"])
    assert "<script>" not in html
    assert "&lt;Name&gt;" in html
    assert "Belarus &amp; more" in filter_field(Asked()["country"])
