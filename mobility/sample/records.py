"""What the sample's students have behind them: marks of each session, a few debts, sanctions, leaves and gaps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from mobility.people.actions.marks import keep_sums_true
from mobility.people.actions.students import academic_year
from mobility.people.marks import HOME_SCALE
from mobility.people.models import Debt, ExamSession, Mark, Sanction, Scale, ScaleMark, StudentLeave, User
from mobility.sample.people import Person
from mobility.web.bulk import pour

MEAN, INTERNATIONAL_MEAN, SPREAD = 720, 660, 90  # of a cohort, in hundredths
SESSION_SPREAD = 35
LEAST_OF_THE_TRIED = 850
MOST_YEARS = 6
PAID, PAID_INTERNATIONAL = 0.35, 0.97
ON_LEAVE, IN_DEBT, UNDER_SANCTION = 0.012, 0.03, 0.006
WITHOUT_CITIZENSHIP, WITHOUT_LATIN_NAME, WITHOUT_MARKS, ON_ANOTHER_SCALE = 0.004, 0.006, 0.005, 0.004
WINTER_IS_OVER, SUMMER_IS_OVER = 2, 7  # months
FIVE = {300: 550, 400: 750, 500: 950}
SANCTIONS = ["замечание", "выговор"]


@dataclass(frozen=True)
class Past:
    """One student's; drawn by a lot of its own, so that the people stay those of the seed."""

    marks: tuple[int, ...]
    funding: str
    debts: int
    on_leave: bool
    sanction: str
    gap: str


def draw(lot: Random, person: Person, *, sessions: int) -> Past:
    is_international = person.study.faculty == "international"
    own = lot.gauss(INTERNATIONAL_MEAN if is_international else MEAN, SPREAD)
    marks = tuple(min(1000, max(400, round(lot.gauss(own, SESSION_SPREAD)))) for _session in range(sessions))
    gap = lot.random()
    past = Past(
        marks=marks,
        funding="paid" if lot.random() < (PAID_INTERNATIONAL if is_international else PAID) else "budget",
        debts=lot.randint(1, 3) if sessions and lot.random() < IN_DEBT else 0,
        on_leave=lot.random() < ON_LEAVE,
        sanction=lot.choice(SANCTIONS) if lot.random() < UNDER_SANCTION else "",
        gap=_gap(gap),
    )
    return _unbarred(past) if person.is_tried else past


def _unbarred(past: Past) -> Past:
    good = tuple(max(mark, LEAST_OF_THE_TRIED) for mark in past.marks)
    return replace(past, marks=good, debts=0, on_leave=False, sanction="", gap="")


def _gap(lot: float) -> str:
    for name, share in (
        ("citizenship", WITHOUT_CITIZENSHIP),
        ("latin", WITHOUT_LATIN_NAME),
        ("marks", WITHOUT_MARKS),
        ("scale", ON_ANOTHER_SCALE),
    ):
        if lot < share:
            return name
        lot -= share
    return ""


def sessions_of(course_year: int, today: date) -> list[tuple[int, str]]:
    """The completed ones since the student's first year, the first first."""
    this_year = academic_year(today)
    years = range(this_year - course_year + 1, this_year + 1)
    every = [(year, term) for year in years for term in ("1-winter", "2-summer")]
    return [when for when in every if _is_over(*when, today)]


def _is_over(year: int, term: str, today: date) -> bool:
    month = WINTER_IS_OVER if term == "1-winter" else SUMMER_IS_OVER
    return today >= date(year + 1, month, 1)


class Archive:
    """The rows behind students, written many at a time."""

    def __init__(self, seed: int, today: date) -> None:
        self.lot, self.today = Random(f"records {seed}"), today
        self.scale = Scale.objects.create(code=HOME_SCALE, name="1–10")
        self.five = Scale.objects.create(code="5", name="5")
        ScaleMark.objects.bulk_create(ScaleMark(scale=self.five, value=value, here=FIVE[value]) for value in FIVE)
        self.sessions = {
            (session.year, session.term): session
            for session in ExamSession.objects.bulk_create(
                ExamSession(year=year, term=term) for year, term in sessions_of(MOST_YEARS, today)
            )
        }

        self.whens = {course_year: sessions_of(course_year, today) for course_year in range(1, MOST_YEARS + 1)}

    def past_of(self, person: Person) -> Past:
        return draw(self.lot, person, sessions=len(self.whens[person.study.course_year]))

    def write(self, pasts: Iterable[tuple[User, Person, Past]]) -> None:
        pasts = list(pasts)
        if not pasts:
            return
        pour(mark for past in pasts for mark in self._marks(*past))
        Debt.objects.bulk_create(self._debt(*past) for past in pasts if past[2].debts)
        StudentLeave.objects.bulk_create(self._leave(user) for user, _person, past in pasts if past.on_leave)
        Sanction.objects.bulk_create(
            Sanction(person=user, what=past.sanction, starts=self.today - timedelta(days=40), ends=None)
            for user, _person, past in pasts
            if past.sanction
        )
        keep_sums_true([user.pk for user, _person, _past in pasts])

    def _marks(self, user: User, person: Person, past: Past) -> Iterable[Mark]:
        """Who came from elsewhere has a first mean of 4.50 out of 5, for which the table has no row."""
        if past.gap == "marks":
            return
        whens, home = self.whens[person.study.course_year], self.scale.pk
        for number, (when, value) in enumerate(zip(whens, past.marks, strict=True)):
            session = self.sessions[when].pk
            if past.gap == "scale" and not number:
                yield Mark(person_id=user.pk, session_id=session, value=450, scale_id=self.five.pk, here=None)
            else:
                yield Mark(person_id=user.pk, session_id=session, value=value, scale_id=home, here=value)

    def _debt(self, user: User, person: Person, past: Past) -> Debt:
        latest = self.whens[person.study.course_year][-1]
        return Debt(person=user, session=self.sessions[latest], count=past.debts)

    def _leave(self, user: User) -> StudentLeave:
        starts = date(academic_year(self.today), 9, 1)
        return StudentLeave(person=user, kind="academic", starts=starts, ends=date(starts.year + 1, 8, 31))
