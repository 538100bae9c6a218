"""What came of it: sent, returned, accepted; who is late is reminded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.people.calendar import add_working_days
from mobility.people.models import CalendarDay, RoleKind, User
from mobility.post.actions import queue
from mobility.staff.models import REPORTABLE, Activity, Output, Report, ReportFile, State, StepKind
from mobility.web.refusals import need

from .steps import locked, move

CORRECT_WITHIN = 5
"""Working days for a report that came back."""


@transaction.atomic
def send(
    *,
    activity: Activity,
    results: str,
    proposals: str,
    hours_taught: int | None,
    outputs: Mapping[str, Iterable[str]],
    files: Iterable[Inspected],
    removed: Iterable[ReportFile] = (),
    by: User,
    at: datetime,
) -> Report:
    """Sent a second time it is refused; returned, it is written anew, and its files stay but those `removed`."""
    activity = locked(activity, *REPORTABLE)
    report = Report.objects.filter(activity=activity).first() or Report(activity=activity)
    report.results, report.proposals, report.hours_taught = results.strip(), proposals.strip(), hours_taught
    report.full_clean()
    report.save()
    report.outputs.all().delete()
    Output.objects.bulk_create(
        Output(report=report, kind=kind, text=text) for kind, texts in outputs.items() for text in dict.fromkeys(texts)
    )
    report.files.filter(pk__in=[file.pk for file in removed]).delete()
    there = set(report.files.values_list("file__sha256", flat=True))
    for upload in files:
        stored = store(upload=upload, by=by, at=at)
        if stored.sha256 not in there:
            ReportFile.objects.create(report=report, file=stored)
            there.add(stored.sha256)
    move(activity, to=State.REPORTED, kind=StepKind.REPORTED, by=by, at=at)
    return report


@transaction.atomic
def accept(*, activity: Activity, by: User, at: datetime) -> Activity:
    activity = locked(activity, State.REPORTED)
    move(activity, to=State.ACCEPTED, kind=StepKind.ACCEPTED, by=by, at=at)
    return activity


@transaction.atomic
def send_back(*, activity: Activity, reason: str, by: User, at: datetime) -> Activity:
    """There are a few more days for it: nobody is late because somebody else read slowly."""
    activity = locked(activity, State.REPORTED)
    again = add_working_days(timezone.localdate(at), CORRECT_WITHIN, CalendarDay.objects.exceptions())
    activity.report_due = max(again, activity.report_due or activity.ends)
    move(
        activity,
        to=State.REPORT_DUE,
        kind=StepKind.REPORT_RETURNED,
        by=by,
        at=at,
        reason=need(reason),
        also=("report_due",),
    )
    return activity


@transaction.atomic
def remind(*, at: datetime) -> None:
    """The daily job: once a week a letter to each who is late, and to the head one with all of the department's."""
    day = timezone.localdate(at)
    late = list(
        Activity.objects.to_remind(at, day=day)
        .select_related("person", "author", "department")
        .select_for_update(of=("self",), skip_locked=True)
    )
    for activity in late:
        reader = activity.author if activity.is_guest else activity.person
        if reader.email and reader.is_active:
            queue(template="staff/mail/report_late", to=reader, context={"activity": activity})
    of_department = defaultdict(list)
    for activity in late:
        if activity.department:
            of_department[activity.department].append(activity)
    for department, activities in of_department.items():
        heads = User.objects.holding(RoleKind.HEAD_OF_DEPARTMENT, on=day, department=department)
        for head in heads.exclude(email=None):
            context = {"activities": activities, "department": department}
            queue(template="staff/mail/reports_late", to=head, context=context)
    Activity.objects.filter(pk__in=[activity.pk for activity in late]).update(reminded_at=at)
