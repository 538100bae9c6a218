import shutil

import pytest
from django.db import OperationalError
from django.urls import reverse

from mobility.web import health


@pytest.fixture(autouse=True)
def only_our_checks(monkeypatch):
    ours = {name: health.CHECKS[name] for name in ("database", "migrations", "disk")}
    monkeypatch.setattr(health, "CHECKS", ours)


def test_a_living_process_says_so_without_the_database(client):
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok", "text/plain")


def test_a_site_that_can_work_is_ready(client, db):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()) == (200, {"ready": True, "failed": []})


def test_what_fails_is_named_and_nothing_more(client, db, monkeypatch):
    class Full:
        free = 10

    monkeypatch.setattr(shutil, "disk_usage", lambda place: Full)

    @health.check("mail")
    def letters_leave():
        raise OperationalError("password of the database")

    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["disk", "mail"]})


def test_waiting_migrations_are_seen(client, db, monkeypatch):
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])
    assert client.get(reverse("readyz")).json() == {"ready": False, "failed": ["migrations"]}
