"""Whose roles these are is asked on every page: among 20,000 roles it is read by index."""

import json
from datetime import date

import pytest
from django.db import connection

from mobility.people.models import Role, RoleKind

from .factories import DeputyFactory, RoleFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
PEOPLE = """
    WITH people AS (
        INSERT INTO people_user (password, code, email, family_name, given_name, patronymic, latin_family_name,
                                 latin_given_name, language, is_active, created_at)
        SELECT '!', n::text, n || '@example.org', 'x', '', '', '', '', '', true, now()
          FROM generate_series(1, 5000) AS n RETURNING id
    )
    INSERT INTO people_role (person_id, kind, signs, starts, granted_at)
    SELECT id, 'student', false, '2026-09-01', now() FROM people
"""


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def test_the_roles_of_one_person_are_read_by_index():
    deputy = DeputyFactory(role__kind=RoleKind.IR_OFFICER, starts=DAY, ends=DAY)
    own = RoleFactory(person=deputy.person, kind=RoleKind.RECTOR, starts=DAY)
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        cursor.execute("ANALYZE people_role, people_deputy")
    held = Role.objects.held_by(deputy.person, DAY)
    assert {role.pk for role in held} == {own.pk, deputy.role_id}
    plan = json.loads(held.explain(format="json", analyze=True))[0]["Plan"]
    used = [node for node in nodes(plan) if node.get("Relation Name") == "people_role"]
    assert {node["Node Type"] for node in used} <= {"Index Scan", "Index Only Scan", "Bitmap Heap Scan"}
    assert sum(node["Actual Rows"] * node["Actual Loops"] for node in used) == 3  # own by person, then both by key
