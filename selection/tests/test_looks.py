"""Looks at the pages with a season in them; the bare ones are looked at with the access matrix."""

from datetime import UTC, datetime

import pytest
import time_machine

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.files.tests.factories import StoredFileFactory, pdf, picture
from mobility.people.tests.factories import FacultyFactory, RoleFactory, StudentFactory
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory, EvidenceFactory
from mobility.web.tests.browser import ENGLISH
from selection.actions.readings import as_claimed
from selection.actions.scoring import rescore

from .factories import read

pytestmark = pytest.mark.django_db
NAMES = ["Каваленка Вера", "Шаўчэнка Максім", "Бараноўская Дар'я", "Жук Павел", "Новікава Аліна", "Саковіч Юлія"]


@pytest.fixture
def season():
    with time_machine.travel(datetime(2027, 4, 5, 9, tzinfo=UTC), tick=True):
        faculty = FacultyFactory(code="general", name_en="General Medicine")
        call = CallFactory(code="PT27")
        hosts = [DestinationFactory(call=call, code=f"host-{number}", seats=1) for number in (1, 2)]
        for host in hosts:
            QuotaFactory(destination=host, faculty=faculty, seats=1)
        reader = RoleFactory(kind="deans-office", faculty=faculty).person
        for position, name in enumerate(NAMES):
            family, given = name.split()
            student = StudentFactory(family_name=family, given_name=given, student__faculty=faculty)
            mark = 930 - 8 * (position // 2 * 2)
            application = ApplicationFactory(
                call=call, student=student, submitted=True, number=f"PT27-{position:04}", mean_mark=mark
            )
            for place, host in enumerate(hosts if position % 2 else hosts[::-1], start=1):
                ChoiceFactory(application=application, destination=host, position=place)
            claims = [
                ClaimFactory(application=application, kind=kind, event=f"Event {kind}")
                for kind in ("talk-national", "abstract", "volunteering")
            ]
            EvidenceFactory(claim=claims[0], file=StoredFileFactory(data=pdf(), name="certificate.pdf"))
            EvidenceFactory(
                claim=claims[1],
                file=StoredFileFactory(data=picture("PNG"), name="talk.png", content_type="image/png"),
            )
            rescore(application=application)
            entered = [as_claimed(claim) for claim in claims[: 3 if position > 1 else 1]]
            read(application, *entered, by=reader, at=datetime(2027, 4, 4, 9, tzinfo=UTC))
        yield reader


def test_the_queue(season, look):
    look("/selection/PT27/general/queue/", by=season, name="queue-filled")


def test_verifying(season, look):
    look("/selection/PT27/general/verify/PT27-0000/", by=season, name="verify-filled")


def test_refusing_without_a_reason(season, look):
    def refuse(page):
        page.locator("details[open] [data-key=r]").check()
        page.get_by_role("button", name="Save and next applicant").click()

    look("/selection/PT27/general/verify/PT27-0000/", by=season, name="verify-wrong", act=refuse, ways=ENGLISH)


def test_declaring_a_conflict(season, look):
    look("/selection/PT27/general/verify/PT27-0000/conflict/", by=season, name="conflict", ways=ENGLISH)


def test_the_ranking(season, look):
    look("/selection/PT27/general/standing/", by=season, name="standing-filled")


def test_the_notice_board(season, look):
    look("/selection/PT27/general/standing/notice/?by=names", by=season, name="notice", ways=ENGLISH)
