"""People of the plan as rows of the database, many at a time."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from mobility.people.models import Department, Deputy, Faculty, Role, StaffProfile, StudentProfile, User
from mobility.sample.people import DOMAIN, Grant, Person
from mobility.sample.records import Archive, Past
from mobility.web.bulk import pour

PASSWORD = "sample-university"  # noqa: S105 -- printed for whoever tries the sample
SALT = "sample-university-salt"
BATCH = 2_000
DEPUTY_FOR = timedelta(days=14)

Places = Mapping[str, Faculty | Department]


def write(people: Iterable[Person], *, day: date, at: datetime, archive: Archive) -> int:
    """How many were written. One slow hash serves everybody: they share a password anyway."""
    password = make_password(PASSWORD, salt=SALT)
    places = {row.code: row for model in (Faculty, Department) for row in model.objects.all()}
    people = iter(people)
    written = 0
    while batch := list(islice(people, BATCH)):
        pasts = {person.code: archive.past_of(person) for person in batch if person.study}
        users = pour(_user(person, password=password, at=at, past=pasts.get(person.code)) for person in batch)
        pairs = list(zip(users, batch, strict=True))
        pour(_student(user, person, places, pasts[person.code]) for user, person in pairs if person.study)
        archive.write((user, person, pasts[person.code]) for user, person in pairs if person.study)
        pour(_staff(user, person, places) for user, person in pairs if person.work)
        pour(_role(user, grant, places, at=at) for user, person in pairs for grant in person.grants)
        for user, person in pairs:
            if person.deputy_of:
                _appoint_deputy(user, of=f"{person.deputy_of}@{DOMAIN}", day=day, at=at)
        written += len(users)
    return written


def _user(person: Person, *, password: str, at: datetime, past: Past | None) -> User:
    has_latin_name = past is None or past.gap != "latin"
    return User(
        code=person.code,
        email=person.email,
        record_book=person.record_book,
        password=UNUSABLE_PASSWORD_PREFIX + person.code if person.last_seen is None else password,
        last_login=None if person.last_seen is None else at - person.last_seen,
        family_name=person.name.family,
        given_name=person.name.given,
        patronymic=person.name.patronymic,
        latin_family_name=person.name.latin_family if has_latin_name else "",
        latin_given_name=person.name.latin_given if has_latin_name else "",
        language=person.language,
        created_at=at,
    )


def _student(user: User, person: Person, places: Places, past: Past) -> StudentProfile:
    study = person.study
    return StudentProfile(
        person_id=user.pk,
        faculty_id=places[study.faculty].pk,
        specialty=study.specialty,
        course_year=study.course_year,
        group=study.group,
        citizenship="" if past.gap == "citizenship" else study.citizenship,
        funding=past.funding,
        study_language=study.language,
    )


def _staff(user: User, person: Person, places: Places) -> StaffProfile:
    return StaffProfile(person=user, position=person.work.position, department=places.get(person.work.department))


def _role(user: User, grant: Grant, places: Places, *, at: datetime) -> Role:
    place = places.get(grant.place)
    return Role(
        person_id=user.pk,
        kind=grant.kind,
        faculty_id=place.pk if isinstance(place, Faculty) else None,
        department_id=place.pk if isinstance(place, Department) else None,
        signs=grant.signs,
        starts=grant.since,
        granted_at=at,
    )


def _appoint_deputy(user: User, *, of: str, day: date, at: datetime) -> None:
    role = Role.objects.get(person__email=of)
    Deputy.objects.create(role=role, person=user, starts=day, ends=day + DEPUTY_FOR, appointed_at=at)
