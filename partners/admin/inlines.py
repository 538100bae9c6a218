from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.forms import NameFormSet, TableFormSet
from partners.models import Contact, Name, Succession

# The browser's own picker: the admin's takes half the row, and tells the hours between here and Minsk.
DAYS = {models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}}


class NameForm(forms.ModelForm):
    class Meta:
        model = Name
        fields = ["text", "language", "kind", "is_primary", "since", "until"]
        widgets = {
            "text": forms.TextInput(attrs={"size": 36}),
            "language": forms.TextInput(attrs={"size": 4}),
        }


class NameInline(admin.TabularInline):
    model = Name
    form = NameForm
    formfield_overrides = DAYS
    verbose_name = _("name")
    verbose_name_plural = _("names")
    formset = NameFormSet
    fields = ["text", "language", "kind", "is_primary", "since", "until"]
    extra = 0
    min_num = 1


class ContactInline(admin.StackedInline):
    model = Contact
    formfield_overrides = DAYS
    fields = [("person", "role"), ("email", "phone", "language"), ("since", "until"), "note"]
    extra = 0


class SuccessorInline(admin.TabularInline):
    model = Succession
    formset = TableFormSet
    formfield_overrides = DAYS
    fk_name = "predecessor"
    verbose_name = _("successor")
    verbose_name_plural = _("successors: who took its place")
    autocomplete_fields = ["successor"]
    extra = 0


class PredecessorInline(admin.TabularInline):
    model = Succession
    formset = TableFormSet
    formfield_overrides = DAYS
    fk_name = "successor"
    verbose_name = _("predecessor")
    verbose_name_plural = _("predecessors: whose place it took")
    autocomplete_fields = ["predecessor"]
    extra = 0
