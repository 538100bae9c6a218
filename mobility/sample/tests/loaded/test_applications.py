from collections import Counter
from datetime import UTC, datetime

import pytest

from mobility.calls.models import Call
from mobility.files.inspection import detect
from mobility.students.models import Application, Claim, Evidence, Submission
from selection.engine.exchange import sha256


@pytest.fixture
def this_year():
    return Call.objects.exclude(opened_at=None).get(published_at=None)


def test_the_season_has_its_applications(this_year):
    applications = Application.objects.filter(call=this_year)
    states = Counter(applications.values_list("state", flat=True))
    assert states == {"submitted": 150, "draft": 6, "withdrawn": 4}
    by_faculty = Counter(applications.values_list("faculty__code", flat=True))
    assert by_faculty == {
        "general": 75, "pediatrics": 26, "dentistry": 26, "preventive": 14, "pharmacy": 9, "international": 10,
    }  # fmt: skip
    assert Application.objects.exclude(call=this_year).count() == 151
    assert applications.filter(mean_mark__lt=700).count() == 9
    assert sorted(applications.values_list("claims_count", flat=True))[80] == 3


def test_submissions_say_what_the_rows_say(this_year):
    submission = Submission.objects.filter(application__call=this_year).first()
    application = submission.application
    codes = list(application.choices.values_list("destination__code", flat=True))
    assert (submission.content["choices"], submission.sha256) == (codes, sha256(submission.content))
    sent = Application.objects.filter(submitted_at__isnull=False)
    assert not sent.exclude(submitted_at__lt=datetime(2026, 11, 23, tzinfo=UTC)).exists()
    assert Submission.objects.count() == sent.count()
    assert not Claim.objects.filter(evidence=None).exists()


def test_the_documents_are_what_they_say(this_year):
    file = Evidence.objects.filter(claim__application__call=this_year).first().file
    with file.content.open() as content:
        assert detect(content, file.name) == ("application/pdf", 1)
