import pytest
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper as Impatient

from mobility.ground.database import base

Refusal = base.DatabaseWrapper.Database.OperationalError


class Server:
    """Stands for a server that refuses the first connections."""

    def __init__(self, refusals: int):
        self.refusals = refusals
        self.attempts = 0

    def open(self, *_):
        self.attempts += 1
        if self.attempts <= self.refusals:
            raise Refusal("the database system is starting up")
        return "a connection"


@pytest.fixture
def server(monkeypatch):
    server = Server(refusals=3)
    monkeypatch.setattr(Impatient, "get_new_connection", server.open)
    monkeypatch.setattr(base, "PAUSE", 0.001)
    return server


def test_the_site_stands_on_it():
    assert isinstance(connections["default"], base.DatabaseWrapper)


def test_a_connection_is_opened_once_the_server_is_back(server):
    assert base.DatabaseWrapper({}).get_new_connection({}) == "a connection"
    assert server.attempts == 4


def test_patience_ends(server, monkeypatch):
    server.refusals = 10**9
    monkeypatch.setattr(base, "SECONDS_OF_PATIENCE", 0.05)
    with pytest.raises(Refusal):
        base.DatabaseWrapper({}).get_new_connection({})
