from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from mobility.calls.rubric import titles_of
from mobility.web.spreadsheets import answer, xlsx_bytes
from selection import ranking
from selection.actions import standings as actions
from selection.forms.standings import LockForm, UnlockForm
from selection.models import Standing
from selection.permissions import can_verify
from selection.standing_sheet import header, rows

from .faculty import Act, OfFaculty

PAGE = 50
MOST = 20_000
SHOWN = 50


class StandingPage(OfFaculty, TemplateView):
    """Live until it is locked; while it is locked nothing of it can change, so it is the locked one that is shown."""

    template_name = "selection/standing.html"
    only_office = False

    def calls(self) -> QuerySet:
        return ranking.with_state_of(super().calls(), self.faculty)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call, faculty = self.call, self.faculty
        outlook = ranking.joined(call, "outlook")
        version = call.rules_versions.order_by("-number")[0]
        columns, hosts = ranking.columns_of(version), ranking.hosts_of(call, faculty)
        after = self.request.GET.get("after", "")
        start = int(after) if after.isdecimal() else 0
        lines, more = ranking.lines_of(call, faculty, columns, hosts, after=start, size=PAGE)
        sums = ranking.sums_of(outlook, hosts)
        for line in lines:
            line.is_border = sums.is_full and line.order == sums.last_placed
        titles = titles_of(version.content["criteria"])
        claims = ranking.claims_of(call)
        others, more_others = ([], False) if more else ranking.not_eligible(call, faculty, at_most=SHOWN)
        context = {
            "columns": columns,
            "maximum": sum(column.cap for column in columns),
            "version": version,
            "lines": lines,
            "verify_at": self.verify_at() if can_verify(self.request.user, faculty) else "",
            "following": lines[-1].order if more else None,
            "start": start,
            "sums": sums,
            "places": ranking.places_of(hosts, outlook),
            "own_standings": ranking.own_standings_of(outlook, hosts, version, at_most=SHOWN),
            "is_current": outlook is None or outlook.is_current,
            "rules": [ranking.tie_rule_name(rule, titles) for rule in [*version.content["tie_breakers"], "lottery"]],
            "claims": claims,
            "pending": call.pending or 0,
            "lock": ranking.joined(call, "lock"),
            "showing": ranking.joined(call, "showing"),
            "others": others,
            "more_others": more_others,
            "not_ranked": max(0, claims["whole"] - sums.ranked),
            "last_page": max(0, sums.ranked - PAGE),
            "at": timezone.now(),
            "is_early": timezone.now() < call.deadline,
        }
        return super().get_context_data(**(kwargs | context))


class StandingExport(OfFaculty):
    only_office = False

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        columns = ranking.columns_of(self.call.rules_versions.order_by("-number")[0])
        hosts = ranking.hosts_of(self.call, self.faculty)
        lines, _more = ranking.lines_of(self.call, self.faculty, columns, hosts, after=0, size=MOST)
        is_locked = Standing.objects.in_force(self.call, self.faculty).exists()
        content = xlsx_bytes(
            header=header(columns, is_locked=is_locked), rows=rows(lines), title=self.faculty.short_name
        )
        return answer(content, name=f"ranking-{self.call.code}-{self.faculty.code}.xlsx")


class NoticeBoard(OfFaculty, TemplateView):
    """A list to print and hang up, under names or under numbers."""

    template_name = "selection/notice.html"
    only_office = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = ranking.columns_of(self.call.rules_versions.order_by("-number")[0])
        hosts = ranking.hosts_of(self.call, self.faculty)
        lines, _more = ranking.lines_of(self.call, self.faculty, columns, hosts, after=0, size=MOST)
        context = {
            "lines": lines,
            "by_names": self.request.GET.get("by") == "names",
            "lock": Standing.objects.in_force(self.call, self.faculty).first(),
            "at": timezone.now(),
        }
        return super().get_context_data(**(kwargs | context))


class OfStanding(Act):
    def home(self) -> str:
        return self.url("standing-detail")


class PointsShow(OfStanding):
    title, button = _("Show the points to students"), _("Show the points")
    done = _("The points are shown, and the letters are on their way.")

    @property
    def sentence(self) -> str:  # type: ignore[override] -- it counts
        count = self.applications().submitted().count()
        told = ngettext(
            "%(count)s student will see the points on the page of the application, and is told so by mail. "
            "From then on a change of a verdict needs a second person. This cannot be undone.",
            "%(count)s students will see the points, each their own, and are told so by mail. "
            "From then on a change of a verdict needs a second person. This cannot be undone.",
            count,
        )
        return told % {"count": count}

    def act(self) -> None:
        actions.show_points(**self.of_faculty, **self.by_at)


class Lock(OfStanding):
    form_class = LockForm
    title, button = _("Lock the ranking"), _("Check and lock")
    done = _("The ranking is locked. The commission can meet over it.")
    sentence = _(
        "The ranking is kept as it stands, with its checksum, and the protocol is written over it. "
        "Until it is unlocked, for a reason, no verdict changes."
    )

    def act(self, **entered: Any) -> None:
        actions.lock(**self.of_faculty, **entered, **self.by_at)


class Unlock(OfStanding):
    form_class = UnlockForm
    title, button = _("Unlock the ranking"), _("Unlock the ranking")
    done = _("The ranking is unlocked.")
    sentence = _("Verdicts can change again. What was locked is kept with your reason; the next lock is another one.")
    standing: Standing

    def find(self) -> None:
        super().find()
        in_force = Standing.objects.in_force(self.call, self.faculty).select_related("call", "faculty")
        self.standing = get_object_or_404(in_force)

    def act(self, **entered: Any) -> None:
        actions.unlock(standing=self.standing, **entered, **self.by_at)


class StandingContent(OfFaculty):
    """What was locked, byte for byte: its checksum can be computed again by anybody."""

    only_office = False

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        standing = get_object_or_404(Standing.objects.in_force(self.call, self.faculty))
        response = HttpResponse(standing.content, content_type="application/json; charset=utf-8")
        name = f"ranking-{self.call.code}-{self.faculty.code}.json"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
