from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mobility.people.models import User
from mobility.people.tests.factories import UserFactory
from mobility.sample import load

pytestmark = pytest.mark.django_db


def sample(*arguments):
    out = StringIO()
    call_command("sample", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_it_prints_what_it_made_and_who_can_sign_in_and_a_second_time_changes_nothing():
    said = sample("--students", "40")
    assert said[1] == "7 faculties, 72 departments, 40 students, 367 people in all."
    addresses = [line.split()[-1] for line in said if line.endswith("@bsmu.example")]
    assert len(addresses) == 11
    assert User.objects.filter(email__in=addresses).count() == 11
    assert User.objects.filter(record_book=said[-3].split()[-1], email=None).count() == 1
    alone = "(it opens everything: the second factor is switched off)"
    assert said[-1] == f"Everybody's password: sample-university {alone}"
    assert sample("--sign-ins")[1] == "Sign in with:"
    again = sample("--students", "90")
    assert again[0] == "The sample university is here already; nothing was changed."
    assert again[1] == said[1]


def test_another_university_has_no_sign_ins_to_print():
    UserFactory()
    assert sample("--sign-ins") == []


def test_it_can_keep_quiet(monkeypatch):
    loaded = []
    monkeypatch.setattr(load, "load", lambda **asked: loaded.append(asked["students"]))
    assert sample("--students", "40", "--verbosity", "0") == []
    assert loaded == [40]


def test_a_number_that_makes_no_sense_is_refused():
    with pytest.raises(CommandError, match=r"^--students takes a number from 0 to 99999\.$"):
        sample("--students", "-1")


def test_it_refuses_another_universitys_database():
    UserFactory()
    with pytest.raises(CommandError, match=r"^This database holds people or a university that are not of the sample"):
        sample()
    assert User.objects.count() == 1
