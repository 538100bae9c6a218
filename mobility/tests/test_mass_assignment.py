"""A form changes what it lists, whatever else is posted: every other field of its model is posted too, and stays."""

import inspect
from copy import copy
from datetime import date, timedelta
from importlib import import_module

import pytest
import time_machine
from django import forms
from django.contrib import admin
from django.db import models

from mobility.calls.tests.factories import CallFactory
from mobility.people.models import User
from mobility.people.tests.factories import UserFactory
from partners.tests.factories import AgreementFactory

from .access.words import ADMINISTRATOR
from .imports import module_name, python_files
from .objects import makes

pytestmark = pytest.mark.django_db

NEVER_IN_THE_ADMIN = {"password", "is_superuser", "is_active", "groups", "user_permissions", "last_login"}
# What forms of ours ask for beside Django's own arguments.
ASKED_FOR = {
    "person": UserFactory,
    "by": UserFactory,
    "today": lambda: date(2027, 3, 1),
    "day": lambda: date(2027, 3, 1),
    "agreement": AgreementFactory,
    "call": CallFactory,
}


def our_forms() -> list[type[forms.BaseModelForm]]:
    """Of all modules named forms: those that save a model."""
    modules = {module_name(file) for file in python_files() if "forms" in module_name(file).split(".")}
    classes = {value for name in modules for value in vars(import_module(name)).values() if isinstance(value, type)}
    return sorted(
        (found for found in classes if issubclass(found, forms.BaseModelForm) and found._meta.model),
        key=lambda found: f"{found.__module__}.{found.__name__}",
    )


each_form = pytest.mark.parametrize("form_class", our_forms(), ids=lambda found: found.__name__)


@each_form
def test_a_form_lists_its_fields(form_class):
    assert form_class._meta.fields not in (None, forms.ALL_FIELDS)
    assert not form_class._meta.exclude


@each_form
def test_a_form_changes_only_what_it_lists(form_class):
    assert changed_beyond_the_list(form_class) == set()


def test_a_form_that_takes_what_it_does_not_list_is_found():
    class Leaking(forms.ModelForm):
        class Meta:
            model = User
            fields = ["language"]

        def clean(self):
            self.instance.family_name = self.data.get("family_name", self.instance.family_name)

    assert changed_beyond_the_list(Leaking) == {"family_name"}


@time_machine.travel("2027-03-01T09:00:00Z", tick=False)
def changed_beyond_the_list(form_class) -> set[str]:
    """Fields that differ between a fair post and one with every other field of the model in it."""
    thing = makes(form_class._meta.model)()
    thing.refresh_from_db()
    asked = {name: make() for name, make in ASKED_FOR.items() if name in parameters(form_class)}
    fair = listed(form_class, thing)
    unlisted = [field for field in thing._meta.concrete_fields if field.name not in fair]
    attack = fair | {field.name: hostile(field, thing) for field in unlisted}
    fairly, attacked = (form_class(posted, instance=copy(thing), **asked) for posted in (fair, attack))
    fairly.full_clean()
    attacked.full_clean()
    return {
        field.name
        for field in unlisted
        if field.value_from_object(fairly.instance) != field.value_from_object(attacked.instance)
    }


def parameters(form_class) -> set[str]:
    return {name for base in form_class.__mro__ for name in inspect.signature(base.__init__).parameters}


def listed(form_class, thing) -> dict:
    """What stands in the form already, so that it is valid."""
    values = forms.model_to_dict(thing, fields=form_class._meta.fields)
    return {name: "" if value is None else value for name, value in values.items()}


def hostile(field: models.Field, thing) -> object:
    """Another value than it has, as a browser would post it."""
    value = field.value_from_object(thing)
    if isinstance(field, models.BooleanField):
        return "" if value else "on"
    if isinstance(field, models.ForeignKey):
        return makes(field.related_model)().pk if makes(field.related_model) else 1
    if isinstance(field, models.DateField):
        return ((value or date(2027, 3, 1)) + timedelta(days=400)).isoformat()
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    return "hostile"


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label_lower), ids=str)
def test_the_admin_offers_no_way_around(model, rf, administrator):
    request = rf.get("/")
    request.user = administrator
    model_admin = admin.site._registry[model]
    offered = set(model_admin.get_form(request, change=True).base_fields)
    assert offered & (NEVER_IN_THE_ADMIN | decided(model)) == set()


def decided(model) -> set[str]:
    """Who decided and when: actions write that, nobody types it."""
    names = {field.name for field in model._meta.concrete_fields}
    return {name for name in names if name.endswith("_at") or f"{name.removesuffix('_by')}_at" in names}


@pytest.fixture
def administrator(arrive):
    return arrive(ADMINISTRATOR)[0]
