import pytest

from mobility.people.tests.factories import DepartmentFactory, FacultyFactory

from .queries import asked_by, assert_same_at_1_and_3

Faculty = FacultyFactory._meta.model
pytestmark = pytest.mark.django_db


def test_queries_and_rows_are_counted():
    FacultyFactory.create_batch(3)
    asked = asked_by(lambda: list(Faculty.objects.all()))
    assert (asked.queries, asked.rows, asked.repeated) == (1, 3, [])


def test_a_query_in_a_loop_is_named():
    departments = [DepartmentFactory(faculty=FacultyFactory()) for _ in range(3)]
    for department in departments:
        department.refresh_from_db()
    asked = asked_by(lambda: [department.faculty.name for department in departments])
    assert (asked.queries, len(asked.repeated)) == (3, 1)


def test_a_list_that_asks_once_passes():
    assert_same_at_1_and_3(lambda: list(Faculty.objects.all()), add=FacultyFactory, at_most=1)


def test_a_list_that_asks_for_each_row_fails():
    with pytest.raises(AssertionError):
        assert_same_at_1_and_3(
            lambda: [faculty.departments.count() for faculty in Faculty.objects.all()], add=FacultyFactory
        )
