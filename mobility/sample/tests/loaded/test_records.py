from django.db.models import Avg, Count, StdDev

from mobility.people.marks import mean_of
from mobility.people.models import Debt, Mark, StudentProfile


def test_marks_are_those_of_a_believable_cohort():
    home = StudentProfile.objects.exclude(faculty__code="international").aggregate(
        mean=Avg("mean_mark"), spread=StdDev("mean_mark")
    )
    foreign = StudentProfile.objects.filter(faculty__code="international").aggregate(mean=Avg("mean_mark"))
    assert 710 < home["mean"] < 730
    assert 80 < home["spread"] < 105
    assert 640 < foreign["mean"] < 680
    tried = StudentProfile.objects.get(person__email="student.general@bsmu.example")
    assert (tried.mean_mark >= 850, tried.debts) == (True, 0)
    some = StudentProfile.objects.filter(marks_counted__gt=2).first()
    assert some.mean_mark == mean_of(list(some.person.marks.values_list("here", flat=True)))
    gaps = StudentProfile.objects.all().count_gaps()
    assert {gap: 0 < gaps[gap] < 40 for gap in ("unmapped", "no-citizenship", "no-latin-name")} == {
        "unmapped": True,
        "no-citizenship": True,
        "no-latin-name": True,
    }
    assert 10 < Debt.objects.count() < 35
    assert Mark.objects.filter(here=None).aggregate(Count("person", distinct=True)) == {
        "person__count": gaps["unmapped"]
    }
