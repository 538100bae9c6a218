"""Whom to try the sample as: one line a role."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from mobility.people.models import User
from mobility.sample.people import DOMAIN

WHO = [
    ("Student of General Medicine", "student.general"),
    ("Student of the international faculty", "student.international"),
    ("Teaching staff, Department of Normal Anatomy", "teacher.anatomy"),
    ("Head of the Department of Normal Anatomy", "head.anatomy"),
    ("Dean of General Medicine (signs)", "dean.general"),
    ("Dean's office of General Medicine", "office.general"),
    ("Dean's office of Pediatrics", "office.pediatrics"),
    ("International relations officer", "ir"),
    ("Rector", "rector"),
    ("Vice-rector, the rector's deputy for two weeks", "vice-rector"),
    ("Administrator", "admin"),
]


def table() -> list[tuple[str, str]]:
    """Who, and what they sign in with; the last has no e-mail and types a record-book number."""
    people = [(who, f"{address}@{DOMAIN}") for who, address in WHO]
    without_email = User.objects.filter(student__faculty__code="military", email=None)
    without_email = without_email.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("id")
    return people + [("Student of Military Medicine, no e-mail", person.record_book) for person in without_email[:1]]
