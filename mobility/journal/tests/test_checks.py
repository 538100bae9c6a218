from mobility.journal.checks import the_journal_is_not_the_applications_own as check


def test_warns_where_the_application_owns_the_database(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "USER", "app")
    settings.DATABASE_OWNER_URL = ""
    assert [warning.id for warning in check()] == ["journal.W001"]
    settings.DATABASE_OWNER_URL = "postgres://app@/mobility"
    assert [warning.id for warning in check()] == ["journal.W001"]
    settings.DATABASE_OWNER_URL = "postgres://owner@/mobility"
    assert check() == []
