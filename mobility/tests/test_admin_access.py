"""The admin's doors, made from its registry: access/ says who enters which apps, each page how far."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.db.models import DateField
from django.urls import reverse
from django.utils import translation

from .access.words import ADMINISTRATOR, ANONYMOUS, EVERYTHING, IN_THE_ADMIN, SIGN_IN, WHO
from .doors import doors, outcome
from .objects import makes
from .pages import faults_of_headers, faults_of_markup, is_html
from .test_pages import english_only
from .wording import read_aloud

pytestmark = pytest.mark.django_db

SITE = admin.site
MODELS = sorted(SITE._registry, key=lambda model: model._meta.label_lower)
# The admin's own pages, without a model: what anonymous, others and administrators meet.
OWN_PAGES = {
    "index": (SIGN_IN, 302, 200),
    "jsi18n": (SIGN_IN, 302, 200),
    "autocomplete": (SIGN_IN, 302, 403),
    "login": (SIGN_IN, 403, 302),
    "logout": (SIGN_IN, 302, 302),
    "password_change": (SIGN_IN, 302, 302),
    "password_change_done": (SIGN_IN, 302, 302),
}
WITH_ARGUMENTS = {"app_list", "view_on_site"}
TO_THE_JOURNAL = {"admin:partners_institution_history", "admin:partners_agreement_history"}
NEEDED = {"changelist": "view", "add": "add", "change": "view", "delete": "delete", "history": "view"}


def pages_of(model) -> list[str]:
    """Names of all doors that begin with the model's, those that its admin adds among them."""
    prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
    return sorted({door.name for door in doors() if (door.name or "").startswith(prefix)})


def path_of(name: str, needs_object: set[str], thing) -> str:
    return reverse(name, args=[thing.pk] if name in needs_object else [])


@pytest.fixture(scope="module")
def needs_object():
    return {door.name for door in doors() if door.name and door.name.startswith("admin:") and "<" in door.route}


def test_every_door_of_the_admin_is_tried():
    named = {door.name for door in doors() if (door.name or "").startswith("admin:")}
    tried = {name for model in MODELS for name in pages_of(model)} | {f"admin:{page}" for page in OWN_PAGES}
    assert sorted(named - tried) == sorted(f"admin:{page}" for page in WITH_ARGUMENTS)


def test_every_model_of_the_admin_has_an_object_to_be_tried_on():
    assert [f"{model._meta.label}: add a factory" for model in MODELS if makes(model) is None] == []


each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)


@each_model
@pytest.mark.parametrize("year", ["99999", "99999999999", "9" * 5000])
def test_a_year_beyond_the_calendar_breaks_no_list(model, year, arrive):
    _me, client = arrive(ADMINISTRATOR)
    days = [field.name for field in model._meta.concrete_fields if isinstance(field, DateField)] or ["id"]
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    answers = [client.get(path, {f"{day}__year": year}) for day in days]
    assert [answer.status_code for answer in answers if answer.status_code not in {302, 400}] == []


@each_model
def test_the_admin_lets_in_as_far_as_its_pages_allow(model, arrive, needs_object, rf):
    thing = makes(model)()
    wrong = []
    for who in WHO:
        me, client = arrive(who)
        request = rf.get("/")
        request.user = me
        for name in pages_of(model):
            path = path_of(name, needs_object, thing)
            expected = expectation(model, name, who, request)
            for method in ("get", "post") if expected != 200 else ("get",):
                with transaction.atomic():
                    met = outcome(getattr(client, method)(path), path)
                    transaction.set_rollback(True)
                if met != expected:
                    wrong.append(f"{method.upper()} {path}, {who}: expected {expected}, met {met}")
    assert wrong == []


def expectation(model, name: str, who: str, request) -> int | str:
    if who == ANONYMOUS:
        return SIGN_IN
    if who not in IN_THE_ADMIN:
        return 302  # to the admin's own sign-in, which says 403
    needed = NEEDED.get(name.rsplit("_", 1)[1], "view")
    allowed = getattr(SITE._registry[model], f"has_{needed}_permission")(request)
    if not allowed or not may_enter(who, model):
        return 403
    return 302 if name in TO_THE_JOURNAL else 200


def may_enter(who: str, model) -> bool:
    apps = IN_THE_ADMIN[who]
    return apps is EVERYTHING or model._meta.app_label in apps


@each_model
def test_pages_of_the_admin_carry_their_protection(model, arrive, needs_object):
    thing = makes(model)()
    _me, client = arrive(ADMINISTRATOR)
    wrong = []
    for name in pages_of(model):
        path = path_of(name, needs_object, thing)
        response = client.get(path)
        faults = faults_of_headers(response, signed_in=True)
        faults += faults_of_markup(response.content.decode()) if is_html(response) else []
        wrong += [f"GET {path}: {fault}" for fault in faults]
    assert wrong == []


@pytest.mark.parametrize("language", ["ru", "be"])
@each_model
def test_the_admin_speaks_one_language(model, language, arrive, needs_object):
    thing = makes(model)()
    _me, client = arrive(ADMINISTRATOR)
    english = english_only(language)
    left = set()
    for name in pages_of(model):
        response = client.get(path_of(name, needs_object, thing), headers={"accept-language": language})
        if is_html(response):
            left |= {f"{name}: {text}" for text in read_aloud(response.content.decode()) if text in english}
    assert sorted(left) == []


@pytest.mark.parametrize("own_page", OWN_PAGES)
def test_the_admin_s_own_pages(own_page, arrive):
    path = reverse(f"admin:{own_page}")
    anonymous, others, administrator = OWN_PAGES[own_page]
    expected = dict.fromkeys(WHO, others) | {ANONYMOUS: anonymous} | dict.fromkeys(IN_THE_ADMIN, administrator)
    assert {who: outcome(arrive(who)[1].get(path), path) for who in WHO} == expected


def test_the_list_of_an_app_is_the_administrators(arrive):
    path = reverse("admin:app_list", args=["people"])
    met = {who: arrive(who)[1].get(path).status_code for who in WHO}
    assert {who for who, status in met.items() if status == 200} == {ADMINISTRATOR}


def test_names_of_models_are_read_in_the_person_s_language():
    with translation.override("be"):
        assert [model._meta.label for model in MODELS if str(model._meta.verbose_name).isascii()] == []
