"""Results of closed events: what a student may claim in an application, and what the dean's office reads beside it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mobility.events.models import Result, ResultClaim
from mobility.students.above import Offered
from mobility.students.models import Application, Claim


def offered(application: Application) -> list[Offered]:
    """The student's verified results that this application does not have yet."""
    found = Result.objects.verified_of(application.student_id).exclude(claims__claim__application=application)
    return [
        Offered(
            title=f"{result.get_kind_display()}: {result.title}",
            note=result.member.event.title,
            url=reverse("result-claim", args=[result.pk, application.number]),
        )
        for result in found.select_related("member__event")
    ]


def vouched(claims: Iterable[Claim]) -> dict[int, str]:
    """As long as the claim says what the accepted report says. Few come from one: of the others little is asked."""
    by_key = {claim.pk: claim for claim in claims}
    claimed = dict(ResultClaim.objects.filter(claim__in=by_key).order_by("pk").values_list("claim", "result"))
    if not claimed:
        return {}
    found = Result.objects.select_related("member__event").prefetch_related("member__event__steps__by")
    results = found.in_bulk(set(claimed.values()))
    return {
        key: _sentence(results[result])
        for key, result in claimed.items()
        if (by_key[key].title, by_key[key].day) == (results[result].title, results[result].day)
    }


def _sentence(result: Result) -> str:
    event = result.member.event
    closed = [step for step in event.steps.all() if step.kind == "closed"][-1:]
    words = {"event": event.title, "kind": result.get_kind_display()}
    told = _("Verified by the report of “%(event)s”: %(kind)s.") % words
    for step in closed:
        accepted = {"person": step.by, "day": date_format(step.at)}
        told += " " + _("The report was accepted by %(person)s on %(day)s.") % accepted
    return told
