from collections import Counter
from datetime import UTC, datetime

from mobility.people.models import Absence
from mobility.staff.models import Activity, Amendment, PlanLine, Report, State
from partners.models import Flow


def test_three_years_in_the_figures_of_the_season():
    counted = Counter(Activity.objects.seated().filter(direction="outgoing", year=2025).values_list("form", flat=True))
    assert counted == {
        "conference": 105, "lecturing": 25, "joint-topic": 10, "joint-project": 4,
        "advanced-training": 30, "internship": 25,
    }  # fmt: skip
    assert {2024, 2025, 2026, 2027} <= set(Activity.objects.values_list("year", flat=True))
    assert set(Activity.objects.values_list("state", flat=True)) == set(State.values)


def test_rows_hold_together(season):
    seated = Activity.objects.seated()
    assert Absence.objects.filter(kind="staff-trip").count() == seated.count()
    assert Flow.objects.filter(source__startswith="staff.activity/").count() == seated.exclude(partner=None).count()
    waiting = PlanLine.objects.filter(state="approved", activity=None).exclude(place__partner=None)
    assert Flow.objects.filter(source__startswith="staff.plan/").count() == waiting.count()
    assert Report.objects.count() == Activity.objects.in_states("reported", "accepted").count()
    assert Amendment.objects.count() == 3
    assert not Activity.objects.filter(steps__at__gt=datetime(2026, 11, 23, 7, tzinfo=UTC)).exists()
    assert Activity.objects.filter(person__email="teacher.anatomy@bsmu.example").overdue(season).count() == 1


def test_every_row_is_one_that_a_form_would_take():
    for activity in Activity.objects.all()[:40]:
        activity.full_clean()
        activity.detail.full_clean()
