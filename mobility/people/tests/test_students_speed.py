"""The list of students among 20,000: read in the order of its index, and ended after one page."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobility.people.models import RoleKind

from .factories import FacultyFactory, RoleFactory

pytestmark = pytest.mark.django_db
PEOPLE = """
    INSERT INTO people_user (password, code, email, family_name, given_name, patronymic, latin_family_name,
                             latin_given_name, language, is_active, created_at)
    SELECT '!', n::text, n || '@example.org', md5(n::text), '', '', 'x', '', '', true, now()
      FROM generate_series(1, 20000) AS n RETURNING id
"""
STUDENTS = """
    INSERT INTO people_studentprofile (person_id, faculty_id, course_year, specialty, "group", citizenship,
                                       study_language, funding, status, marks_counted, marks_unmapped, debts)
    SELECT id, (%s::bigint[])[id %% 5 + 1], id / 5 %% 6 + 1, '', '', 'BY', 'ru', 'budget', 'studying', 0, 0, 0
      FROM people_user WHERE latin_family_name = 'x'
"""


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "student_by_faculty"),
        ("?sort=-name&page=3", "student_by_faculty"),
        ("?course_year=3", "student_by_course"),
        ("?course_year=3&sort=-name", "student_by_course"),
    ],
)
def test_a_faculty_s_page_is_read_in_the_order_of_its_own_index(query, index):
    faculties = [FacultyFactory() for _number in range(5)]
    client = Client()
    client.force_login(RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=faculties[0]).person)
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        cursor.execute(STUDENTS, [[faculty.pk for faculty in faculties]])
        cursor.execute("ANALYZE people_user, people_studentprofile")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("student-list") + query)
    assert len(answer.context["list"].rows) == 50
    (of_page,) = [one["sql"] for one in asked if "LIMIT 50" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {of_page}")
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    used = list(nodes(plan))
    students = [node for node in used if node.get("Relation Name") == "people_studentprofile"]
    assert [node["Index Name"] for node in students] == [index]
    assert "Sort" not in {node["Node Type"] for node in used}
    assert students[0]["Actual Rows"] < 200  # two pages before it, and not everybody
