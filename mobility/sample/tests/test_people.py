from collections import Counter
from datetime import date
from itertools import islice

from mobility.sample import people
from mobility.sample.people import Grant, Register

TODAY = date(2026, 11, 23)
FACULTIES = [
    {
        "code": "general",
        "specialty": "Лечебное дело",
        "study_language": "ru",
        "years": 6,
        "share": 70,
        "countries": {"belarus": 1},
    },
    {
        "code": "international",
        "specialty": "General Medicine",
        "study_language": "en",
        "years": 6,
        "share": 30,
        "countries": {"china": 1, "lebanon": 1},
    },
]


def students(*, seed=1, count=200, today=TODAY):
    return list(people.students(Register(seed), count=count, today=today, faculties=FACULTIES))


def staff(register=None):
    officials = [
        {"address": "rector", "kind": "rector", "position": "Ректор"},
        {"address": "vice-rector", "deputy_of": "rector", "position": "Первый проректор"},
    ]
    departments = [{"code": "anatomy"}]
    register = register or Register(1)
    return list(people.staff(register, officials=officials, faculties=FACULTIES, departments=departments))


def test_the_same_seed_gives_the_same_people():
    assert students() == students()
    assert students()[:5] != students(seed=2)[:5]


def test_faculties_share_the_students_to_the_last():
    assert people.faculty_sizes(200, FACULTIES) == [140, 60]
    assert people.faculty_sizes(7, FACULTIES) == [5, 2]
    assert Counter(student.study.faculty for student in students()) == {"general": 140, "international": 60}


def test_nobody_shares_an_address_a_record_book_or_a_code():
    register = Register(1)
    everybody = staff(register)
    everybody += people.students(register, count=3000, today=TODAY, faculties=FACULTIES)
    for values in (
        [person.email for person in everybody if person.email],
        [person.record_book for person in everybody if person.record_book],
        [person.code for person in everybody],
    ):
        assert len(values) == len(set(values))


def test_codes_are_never_given_twice():
    register = Register(1)
    register.codes = {Register(1).code()}
    assert register.code() != Register(1).code()


def test_record_books_tell_the_year_of_entry():
    first, last = students()[0], students()[139]
    assert (first.study.course_year, first.record_book) == (1, "26100001")
    assert (last.study.course_year, last.record_book) == (6, "21100140")
    assert students(today=date(2027, 5, 1))[0].record_book == "26100001"
    assert students(today=date(2027, 9, 1))[0].record_book == "27100001"


def test_groups_are_of_twelve_and_of_one_course_year():
    groups = Counter((student.study.course_year, student.study.group) for student in students())
    assert max(groups.values()) == 12
    assert {group[0] for _year, group in groups} == {"1", "2", "3", "4", "5", "6"}
    assert all(group[0] == str(year) for year, group in groups)
    assert sorted(group for year, group in groups if year == 1) == ["1101", "1102", "1201"]


def test_some_have_no_email_and_wait_for_a_slip():
    without = [student for student in students(count=1000) if not student.email]
    assert 30 < len(without) < 100
    assert [student for student in without if student.last_seen] == []
    assert all(student.last_seen for student in students() if student.email)


def test_the_last_of_a_faculty_is_easy_to_try():
    assert students()[139].email == "student.general@bsmu.example"
    assert students()[-1].email == "student.international@bsmu.example"


def test_officials_come_first_then_offices_then_departments():
    everybody = staff()
    assert [person.email for person in islice(everybody, 6)] == [
        "rector@bsmu.example",
        "vice-rector@bsmu.example",
        "dean.general@bsmu.example",
        "office.general@bsmu.example",
        "dean.international@bsmu.example",
        "office.international@bsmu.example",
    ]
    assert everybody[0].grants == (Grant("rector"),)
    assert (everybody[1].grants, everybody[1].deputy_of) == ((), "rector")
    assert everybody[2].grants == (Grant("deans-office", "general", signs=True),)
    head, *teachers = everybody[6:]
    assert head.grants == (Grant("head-of-department", "anatomy"), Grant("teaching-staff"))
    assert [teacher.work.department for teacher in teachers] == ["anatomy"] * 3
    assert teachers[0].email == "teacher.anatomy@bsmu.example"
