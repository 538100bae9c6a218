from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.people.academic_years import AcademicYear
from mobility.web.lists import List
from mobility.web.spreadsheets import answer, xlsx_bytes
from mobility.web.tables import Column
from partners import permissions
from partners.agreement_filters import AgreementFilter
from partners.agreement_sheet import header, rows
from partners.models import Agreement, AgreementState
from partners.overview import lines_of

from .conditions import asked_year

PILLS = {
    AgreementState.DRAFT: ("info", "pencil"),
    AgreementState.UPCOMING: ("info", "calendar-event"),
    AgreementState.IN_FORCE: ("ok", ""),
    AgreementState.EXPIRING: ("warn", ""),
    AgreementState.EXPIRED: ("neutral", ""),
    AgreementState.TERMINATED: ("neutral", ""),
}
MOST_EXPORTED = 20_000


class AgreementList(List):
    template_name = "agreements/list.html"
    filterset_class = AgreementFilter
    sort = "-signed"
    columns = (
        Column(_("Agreement"), "number", ("number",)),
        Column(_("Partners")),
        Column(_("State")),
        Column(_("Signed"), "signed", ("signed_on",)),
        Column(_("Last day"), "until", ("last_day",)),
        Column(_("Who answers for it")),
    )
    fields = (
        "pk",
        "number",
        "subject",
        "partner_names",
        "state",
        "signed_on",
        "starts",
        "last_day",
        "owner__family_name",
        "owner__given_name",
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        only_readers(request)

    def get_queryset(self) -> QuerySet:
        return shown_to(self.request.user)

    @cached_property
    def words(self) -> dict[str, str]:
        return {state: str(label) for state, label in AgreementState.choices}

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        kind, icon = PILLS[AgreementState(row["state"])]
        owner = f"{row['owner__family_name']} {row['owner__given_name']}".strip()
        told = {"word": self.words[row["state"]], "pill": kind, "icon": icon, "owner": owner}
        return row | told | {"pk": str(row["pk"])}  # a page would ask how the reader's language writes a number

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["all"] = reverse("agreement-list")
        context["labels"] = {  # looked up once, not in each row
            "signed": _now("signed"),
            "until": _now("until"),
            "draft": _now("Draft without a number"),
        }
        context["may_write"] = permissions.can_write_agreements(self.request.user)
        context["export"] = f"{reverse('agreement-export')}{self.address(page=None)}"
        return context


class AgreementExport(AgreementList):
    """The list as it stands, all its pages, as a spreadsheet."""

    http_method_names = ["get", "head"]

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        filterset = self._filterset(self.get_queryset())
        content = xlsx_bytes(header=header(), rows=rows(filterset.qs[:MOST_EXPORTED]), title=_now("Agreements"))
        return answer(content, name=f"agreements-{timezone.localdate().isoformat()}.xlsx")


@require_safe
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    only_readers(request)
    visible = Agreement.objects.visible_to(request.user).with_state(timezone.localdate())
    agreement = get_object_or_404(visible.select_related("owner", "sealed_by", "terminated_by"), pk=pk)
    this_year = AcademicYear.of(timezone.localdate())
    year = asked_year(request.GET.get("year", ""), today=timezone.localdate())
    state = AgreementState(agreement.state)
    kind, icon = PILLS[state]
    parties = list(agreement.parties.select_related("institution"))
    lines = lines_of(agreement, year)
    context = {
        "agreement": agreement,
        "state": {"word": state.label, "pill": kind, "icon": icon},
        "parties": parties,
        "is_multilateral": len(parties) > 1,
        "lines": lines,
        "year": str(year),
        "years": [str(this_year.plus(offset)) for offset in (-1, 0, 1)],
        "scans": agreement.scans.select_related("file"),
        "prolongations": agreement.prolongations.select_related("entered_by", "file"),
        "may": what_may_be_done(request.user, agreement),
    }
    return render(request, "agreements/detail.html", context)


def what_may_be_done(user: Any, agreement: Agreement) -> dict[str, bool]:
    return {
        "change": permissions.can_change_draft(user, agreement),
        "conditions": permissions.can_change_conditions(user, agreement),
        "renew": permissions.can_renew(user, agreement),
        "terminate": permissions.can_terminate(user, agreement),
        "correct": permissions.can_correct(user, agreement),
        "papers": permissions.can_keep_papers(user, agreement),
    }


def shown_to(user: Any) -> QuerySet:
    return Agreement.objects.visible_to(user).with_state(timezone.localdate()).with_partners(get_language())


def only_readers(request: HttpRequest) -> None:
    """Others are told that there is no such page; whoever has not signed in is sent to do so before this."""
    if not permissions.can_read_agreements(request.user):
        raise Http404
