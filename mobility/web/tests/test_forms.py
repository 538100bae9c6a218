import unicodedata

from django import forms
from django.http import QueryDict
from django.template import Context, Template

from mobility.web.forms import Form, composed

COMPOSED = "Ёлкин Ўладзіслаў Çaryýew"
APART = unicodedata.normalize("NFD", COMPOSED)


class NameForm(Form):
    name = forms.CharField()
    button = "Save name"
    cancel = "/help/"


def test_text_comes_composed_before_anything_reads_it():
    assert APART != COMPOSED
    form = NameForm(QueryDict(f"name={APART}"))
    assert form.is_valid()
    assert (form.cleaned_data, form["name"].value()) == ({"name": COMPOSED}, COMPOSED)
    assert NameForm({"name": APART}).data == {"name": COMPOSED}


def test_several_values_of_one_name_stay_several():
    assert dict(composed(QueryDict(f"name={APART}&name=b")).lists()) == {"name": [COMPOSED, "b"]}


def test_an_unbound_form_stays_unbound():
    assert (composed(None), NameForm().is_bound) == (None, False)


def test_a_form_keeps_what_was_typed_and_brings_its_own_checks():
    form = NameForm({"name": "x" * 3})
    html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))
    assert 'value="xxx"' in html
    assert "novalidate" in html
    assert '<button class="btn btn-primary">Save name</button>' in html
    assert '<a class="btn btn-link" href="/help/">Cancel</a>' in html
