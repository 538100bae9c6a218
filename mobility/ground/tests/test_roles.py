import pytest
from django.db import ProgrammingError, connection, transaction


def ask(question: str):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@pytest.mark.append_only
def test_the_application_owns_nothing():
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == 0
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.mine (id int)")


@pytest.mark.append_only
def test_the_application_reads_and_writes_rows():
    for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        assert ask(f"SELECT has_table_privilege('django_session', '{right}')") is True
    assert ask("SELECT has_table_privilege('django_session', 'TRUNCATE')") is False


@pytest.mark.append_only
@pytest.mark.django_db(transaction=True)
def test_the_application_s_role_ends_with_its_test():
    assert ask("SELECT current_user = session_user") is False


@pytest.mark.django_db
def test_other_tests_run_as_the_owner():
    assert ask("SELECT current_user = session_user") is True
    assert ask("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'django_session'") is True


@pytest.mark.django_db
def test_the_owner_is_no_superuser():
    assert ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
