from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from mobility.files.serving import serve, serve_document
from selection import papers
from selection.actions import protocols as actions
from selection.forms.protocols import MemberForm, NumberForm, ProtocolForm, ScanForm
from selection.models import CommissionMember, Protocol, Standing

from .faculty import Act, OfFaculty


class Members(OfFaculty):
    @property
    def members(self) -> Any:
        return CommissionMember.objects.filter(**self.of_faculty)

    @property
    def standing(self) -> Standing | None:
        in_force = Standing.objects.in_force(self.call, self.faculty)
        found: Standing | None = in_force.select_related("call", "faculty", "locked_by").first()
        return found

    def protocol(self) -> Protocol | None:
        found = Protocol.objects.filter(standing__in=Standing.objects.in_force(self.call, self.faculty))
        first: Protocol | None = found.select_related("document__scan", "standing__call", "written_by").first()
        return first


class CommissionPage(Members, Act):
    """The members; below them, one more."""

    template_name = "selection/commission.html"
    only_office = False
    form_class = MemberForm
    title, button = _("Commission"), _("Add the member")

    def act(self, **entered: Any) -> None:
        actions.add_member(**self.of_faculty, **entered, by=self.request.user)

    def home(self) -> str:
        return self.url("commission-detail")

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel = ""
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | {"members": self.members}))


class MemberRemove(Members, Act):
    danger = True
    title, button = _("Remove from the commission"), _("Remove the member")
    member: CommissionMember

    def find(self) -> None:
        super().find()
        self.member = get_object_or_404(self.members, pk=self.kwargs["member"])

    def names(self) -> list[str]:
        return [str(self.member)]

    def act(self) -> None:
        actions.remove_member(member=self.member, by=self.request.user)

    def home(self) -> str:
        return self.url("commission-detail")


class ProtocolPage(Members, TemplateView):
    template_name = "selection/protocol.html"
    only_office = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        protocol = self.protocol()
        context = {
            "standing": self.standing,
            "protocol": protocol,
            "present": protocol.attendances.select_related("member") if protocol else (),
            "has_commission": self.members.exists(),
        }
        return super().get_context_data(**(kwargs | context))


class ProtocolWrite(Members, Act):
    form_class = ProtocolForm
    title, button = _("Write the protocol"), _("Save the protocol")
    sentence = _(
        "The form is filled from the locked ranking: where the quotas alone decide, winners and reserve are named. "
        "Change the words as the commission spoke; annexes with points and refusals are added by themselves."
    )
    done = _("The protocol is written. Print it, and enter its number when it has one.")

    def find(self) -> None:
        super().find()
        if self.standing is None:
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"members": self.members}

    def get_initial(self) -> dict[str, Any]:
        protocol = self.protocol()
        if protocol is None:
            members = list(self.members)
            known = papers.proposed(papers.locked(self.standing))  # type: ignore[arg-type] -- found() saw it
            return known | {"present": members, "votes_for": len(members), "met_at": timezone.localtime()}
        names = ("place", "agenda", "heard", "decided", "votes_for", "votes_against", "abstained")
        present = [one.member_id for one in protocol.attendances.all()]
        said = {name: getattr(protocol, name) for name in names}
        return said | {"present": present, "met_at": timezone.localtime(protocol.met_at)}

    def act(self, **entered: Any) -> None:
        present = list(entered.pop("present"))
        actions.write(standing=self.standing, present=present, said=entered, **self.by_at)  # type: ignore[arg-type] -- as above

    def home(self) -> str:
        return self.url("protocol-detail")


class OfProtocol(Members):
    found: Protocol

    def find(self) -> None:
        super().find()
        protocol = self.protocol()
        if protocol is None:
            raise Http404
        self.found = protocol


class ProtocolPaper(OfProtocol):
    only_office = False

    def get(self, _request: HttpRequest, *_args: Any, suffix: str, **_kwargs: Any) -> HttpResponseBase:
        return serve_document(self.found.document, suffix)


class ProtocolScan(OfProtocol):
    only_office = False

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        if self.found.document.scan is None:
            raise Http404
        return serve(request, self.found.document.scan)


class ProtocolNumber(OfProtocol, Act):
    form_class = NumberForm
    title, button = _("Enter number and date"), _("Register the protocol")
    sentence = _("As they stand on the signed paper. From then on the protocol stays, and the ranking stays locked.")

    def act(self, **entered: Any) -> None:
        actions.enter_number(protocol=self.found, **entered, **self.by_at)

    def home(self) -> str:
        return self.url("protocol-detail")


class ProtocolScanAdd(OfProtocol, Act):
    form_class = ScanForm
    title, button = _("Add the signed scan"), _("Add the scan")

    def act(self, **entered: Any) -> None:
        actions.add_scan(protocol=self.found, **entered, **self.by_at)

    def home(self) -> str:
        return self.url("protocol-detail")
