"""The sample university, loaded once for the tests of this folder, which read it and take back what they change."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from mobility.calls.models import RulesTemplate
from mobility.sample import load

STUDENTS = 700
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="package")
def _season(django_db_setup, django_db_blocker, tmp_path_factory):
    """Around the transactions of the tests lies that of the load, which is taken back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
            if not RulesTemplate.objects.exists():  # a test of real transactions was here before
                import_module("mobility.calls.migrations.0003_templates_of_rules").load(apps, None)
            load.load(seed=1, students=STUDENTS, day=TODAY)
            with django_db_blocker.block():
                yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def season(_season, db):
    return TODAY
