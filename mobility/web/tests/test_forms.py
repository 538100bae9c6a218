import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from mobility.web.acts import show_refusal
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


class PaperForm(Form):
    name = forms.CharField()
    paper = forms.FileField(required=False)


def papers(**files):
    return MultiValueDict({name: [SimpleUploadedFile(f"{name}.pdf", b"%PDF")] for name in files})


def test_a_page_that_comes_back_asks_for_its_files_again():
    told = ["Attach it again, because the page came back without it: paper.pdf."]
    assert PaperForm({"name": ""}, papers(paper=1)).errors["paper"] == told
    assert PaperForm({"name": ""}).errors == {"name": ["This field is required."]}
    assert PaperForm({"name": "A"}, papers(paper=1)).errors == {}


def test_what_an_action_refuses_asks_for_the_files_again_too():
    form = PaperForm({"name": "A"}, papers(paper=1))
    assert form.is_valid()
    show_refusal(form, ValidationError("There is one already."))
    assert form.errors == {
        "__all__": ["There is one already."],
        "paper": ["Attach it again, because the page came back without it: paper.pdf."],
    }
