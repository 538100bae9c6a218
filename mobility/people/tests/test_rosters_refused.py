"""Files that must not come in, sent through the page; and two imports at once."""

import io
import threading
import time
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from mobility.people import actions
from mobility.people.actions import rosters
from mobility.people.models import Role, RoleKind, Roster, StudentProfile, User

from .factories import FacultyFactory, RoleFactory
from .test_rosters import HANNA, HEAD, PAVEL, Office, csv

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def workbook():
    book, kept = Workbook(), io.BytesIO()
    for number in range(200):
        book.active.append(["Зачётка", number])
    book.save(kept)
    return kept.getvalue()


def zip_bomb():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    return kept.getvalue()


def xml_bomb():
    laughs = b'<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><z>&b;</z>'
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            new.writestr(part, laughs if part.filename.endswith("sheet1.xml") else old.read(part))
    return kept.getvalue()


REFUSED = {
    "zip bomb": (zip_bomb, "The file unpacks to more than 50 MB. Copy its rows to a new file, and import that."),
    "XML bomb": (xml_bomb, "The file has parts that no spreadsheet program writes. Copy its rows to a new file."),
    "10,001 rows": (
        lambda: "Зачётка;ФИО\r\n".encode("cp1251") + b"1;x\r\n" * 10_001,
        "The file has more than 10,000 rows. Split it, and import the parts.",
    ),
    "half a workbook": (
        lambda: workbook()[:3000],
        "The file could not be opened as a spreadsheet. Save it as XLSX or CSV, without a password.",
    ),
    "XLS under another name": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000,
        "The file is neither XLSX nor text. Save it as XLSX or CSV.",
    ),
    "a picture": (
        lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
        "The file is neither XLSX nor text. Save it as XLSX or CSV.",
    ),
    "larger than 5 MB": (
        lambda: b"x" * (5 * 1024 * 1024 + 1),
        "The file is larger than 5 MB. Split it, and import the parts.",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["students", "marks"])
@pytest.mark.parametrize("name", REFUSED)
def test_the_page_refuses_plainly_and_soon(kind, name):
    content, said = REFUSED[name]
    client, packed = Client(), content()
    client.force_login(RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=FacultyFactory()).person)
    began = time.process_time()
    answer = client.post(reverse("roster-new", args=[kind]), {"file": SimpleUploadedFile("roster.xlsx", packed)})
    assert time.process_time() - began < 2
    assert (answer.status_code, answer.context["form"].errors) == (200, {"file": [said]})
    assert not Roster.objects.exists()


# --- at once


def import_at_once(office, *rosters):
    """Each with what its own sender saw before either began; the codes of what was refused."""
    seen = [actions.plan_of(roster, faculties=[office.faculty], at=AT).fingerprint for roster in rosters]
    together, refused = threading.Barrier(len(rosters)), []

    def run(roster, fingerprint):
        together.wait()
        try:
            actions.import_roster(
                roster=roster, faculties=[office.faculty], seen=fingerprint, by=roster.uploaded_by, at=AT
            )
        except ValidationError as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(rosters, seen, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def entered():
    people = User.objects.filter(student__isnull=False).order_by("record_book")
    return list(people.values_list("record_book", "student__group"))


@pytest.mark.django_db(transaction=True)
def test_the_same_file_imported_twice_at_once_counts_once():
    office = Office()
    roster = office.send(csv(HEAD, HANNA, PAVEL))
    assert import_at_once(office, roster, roster) == ["imported-already"]
    assert entered() == [("0412045", "1401"), ("2412046", "1401")]
    assert Role.objects.filter(kind=RoleKind.STUDENT).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_files_that_overlap_the_second_is_looked_at_again():
    office = Office()
    colleague = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=office.faculty).person
    first = office.send(csv(HEAD, HANNA, PAVEL))
    office.person = colleague
    second = office.send(csv(HEAD, [*HANNA[:6], "1402", *HANNA[7:]]))
    assert import_at_once(office, first, second) == ["roster-changed"]
    assert StudentProfile.objects.filter(person__record_book="0412045").count() == 1
    waiting = Roster.objects.get(imported_at=None)
    assert import_at_once(office, waiting) == []
    assert [book for book, _group in entered()].count("0412045") == 1
    assert not Roster.objects.filter(imported_at=None).exists()


@pytest.mark.django_db
def test_a_second_press_of_the_button_imports_nothing_more():
    office, client = Office(), Client()
    client.force_login(office.person)
    roster = office.send(csv(HEAD, HANNA))
    seen = {"seen": actions.plan_of(roster, faculties=[office.faculty], at=AT).fingerprint}
    answers = [client.post(roster.get_absolute_url(), seen) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert (StudentProfile.objects.count(), Role.objects.filter(kind=RoleKind.STUDENT).count()) == (1, 1)


@pytest.mark.django_db
def test_only_what_somebody_took_meanwhile_is_called_a_change(monkeypatch):
    """Another rule of the database that a file breaks is a fault to be seen, not a preview to be looked at again."""
    office = Office()
    roster = office.send(csv(HEAD, HANNA))
    seen = actions.plan_of(roster, faculties=[office.faculty], at=AT).fingerprint
    monkeypatch.setattr(rosters, "PROFILE", [name for name in rosters.PROFILE if name != "course_year"])
    with pytest.raises(IntegrityError, match="course_year"):
        actions.import_roster(roster=roster, faculties=[office.faculty], seen=seen, by=office.person, at=AT)
