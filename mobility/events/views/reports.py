"""The report, what each student gained, and their acceptance."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.events import permissions
from mobility.events.actions import reports
from mobility.events.forms.acts import ReportForm, ResultForm
from mobility.events.models import Event, EventReport, Result, TeamMember
from mobility.files.serving import serve
from mobility.web.forms import ReasonForm

from .acts import Act


class ReportSend(Act):
    form_class = ReportForm
    template_name = "events/report.html"
    title, done = _("Report"), _("The report is sent. International Relations reads it.")
    sentence = _("How it went, in a few sentences, and photographs. Enter diplomas and places as results.")
    allowed = staticmethod(permissions.can_report)

    def get_form_kwargs(self) -> dict[str, Any]:
        found = EventReport.objects.filter(event=self.event).first()
        return super().get_form_kwargs() | {"report": found}

    def act(self, **entered: Any) -> None:
        reports.send(event=self.event, **entered, **self.by_at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gained = Result.objects.filter(member__event=self.event, member__in=nameable(self.request.user, self.event))
        return super().get_context_data(results=gained.select_related("member__person"), **kwargs)


class ResultAdd(Act):
    form_class = ResultForm
    title, done = _("Enter a result"), _("The result is entered.")
    sentence = _("Once the report is accepted, the student can claim it in an application as verified.")
    allowed = staticmethod(permissions.can_enter_results)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"members": nameable(self.request.user, self.event)}

    def get_initial(self) -> dict[str, Any]:
        own = nameable(self.request.user, self.event).first()
        return {"member": own.pk if own else None, "day": self.event.ends}

    def act(self, **entered: Any) -> None:
        reports.add_result(**entered, **self.by_at)


class ResultRemove(Act):
    danger = True
    title, button, done = _("Remove the result"), _("Remove the result"), _("The result is removed.")
    allowed = staticmethod(permissions.can_enter_results)
    result: Result | None

    def find(self) -> None:
        super().find()
        mine = Result.objects.filter(member__in=nameable(self.request.user, self.event))
        self.result = mine.select_related("member__event").filter(pk=self.kwargs["result"]).first()
        self.is_late = self.result is None

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the result
        return _("“%(title)s” is entered no longer.") % {"title": self.result.title}

    def act(self) -> None:
        reports.remove_result(result=self.result, by=self.request.user)


class ReportAccept(Act):
    title, button = _("Accept the report"), _("Accept the report and close the event")
    done = _("The event is closed. What was gained can be claimed in applications as verified.")
    sentence = _("The event is closed. What its students gained can be claimed in applications as verified.")
    allowed = staticmethod(permissions.can_close)

    def act(self) -> None:
        reports.close(event=self.event, **self.by_at)


class ReportReturn(Act):
    form_class = ReasonForm
    title, button, done = _("Return the report"), _("Return the report"), _("The report is returned.")
    sentence = _("The team corrects it and sends it again.")
    allowed = staticmethod(permissions.can_close)

    def act(self, **entered: Any) -> None:
        reports.send_back(event=self.event, **entered, **self.by_at)


def nameable(user: Any, event: Event) -> QuerySet[TeamMember]:
    """Whose results this person enters: a student their own."""
    mine = TeamMember.objects.visible_to(user).confirmed().filter(event=event)
    return mine.select_related("person").order_by("person__sort_name")


@require_safe
def picture(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """For the offices and for the team."""
    event = get_object_or_404(Event.objects.visible_to(request.user), pk=pk)
    went = event.members.confirmed().filter(person=request.user).exists()
    if not (permissions.can_read_facts(request.user, event) or went):
        raise Http404
    report = get_object_or_404(EventReport, event=event)
    return serve(request, get_object_or_404(report.pictures.select_related("file"), pk=file).file)


@require_safe
def result_file(request: HttpRequest, pk: int, result: int) -> HttpResponseBase:
    seen = TeamMember.objects.visible_to(request.user).filter(event=pk)
    found = Result.objects.filter(member__in=seen).exclude(file=None).select_related("file")
    return serve(request, get_object_or_404(found, pk=result).file)
