import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from mobility.web.bulk import pour, rewrite
from mobility.web.tests.queries import asked_by

pytestmark = pytest.mark.django_db
HARD = 'tab\t, line\n, return\r, back\\slash, \\N, "quote", ёўі'


def kinds(*names):
    return pour(ContentType(app_label="bulk", model=name) for name in names)


def test_rows_are_poured_as_they_stand_and_have_keys():
    made = kinds(HARD, "", r"\N")
    stored = ContentType.objects.filter(app_label="bulk").order_by("pk").values_list("pk", "model")
    assert list(stored) == [(row.pk, row.model) for row in made]
    assert [row.model for row in made] == [HARD, "", r"\N"]
    made[0].model = "changed"
    made[0].save()
    assert ContentType.objects.filter(app_label="bulk").count() == 3


def test_a_row_may_name_another_that_had_no_key_yet():
    kind = ContentType(app_label="bulk", model="later")
    permission = Permission(content_type=kind, codename="look", name="Look")
    pour([kind])
    pour([permission])
    assert permission.content_type is kind
    assert Permission.objects.get(codename="look").content_type_id == kind.pk


def test_a_row_that_brings_its_key_keeps_it_and_moments_stay_whole():
    at = timezone.now()
    pour([Session(session_key="own", session_data="x", expire_date=at)])
    assert Session.objects.get().expire_date == at


def test_the_database_refuses_all_of_them_or_none():
    with pytest.raises(IntegrityError), transaction.atomic():
        kinds("one", "one")
    assert not ContentType.objects.filter(app_label="bulk").exists()


def test_rows_are_rewritten_by_one_statement_and_only_in_what_is_named():
    rows = kinds("a", "b", "c")
    for row in rows:
        row.model, row.app_label = f"{row.model}{HARD}", "elsewhere"
    assert asked_by(lambda: rewrite(rows, ["model"])).queries == 1
    stored = ContentType.objects.filter(app_label="bulk").order_by("pk").values_list("model", flat=True)
    assert list(stored) == [f"a{HARD}", f"b{HARD}", f"c{HARD}"]


def test_moments_are_rewritten_to_the_microsecond():
    row = pour([Session(session_key="own", session_data="x", expire_date=timezone.now())])[0]
    row.expire_date = at = timezone.now()
    rewrite([row], ["expire_date"])
    assert Session.objects.get().expire_date == at


def test_nothing_asks_nothing():
    assert asked_by(lambda: (pour([]), rewrite([], ["model"]))).queries == 0
