"""The sample university loaded once for a class of tests, which read it and take back what they change."""

from datetime import date
from importlib import import_module
from tempfile import TemporaryDirectory

from django.apps import apps
from django.test import TestCase, override_settings

from mobility.calls.models import RulesTemplate
from mobility.sample import load

TODAY = date(2026, 11, 23)


class Season(TestCase):
    students = 60

    @classmethod
    def setUpTestData(cls):
        files = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(MEDIA_ROOT=files))
        if not RulesTemplate.objects.exists():  # a test of real transactions was here before
            import_module("mobility.calls.migrations.0003_templates_of_rules").load(apps, None)
        load.load(seed=1, students=cls.students, day=TODAY)
