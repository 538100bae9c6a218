"""One applicant's claims beside their evidence: what is entered is saved together, then the next one comes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import (
    Exists,
    FilteredRelation,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext
from django.views.generic.base import TemplateResponseMixin

from mobility.calls.models import Call, RulesVersion
from mobility.calls.rubric import engine_rules, titles_of
from mobility.files.previews import pages_shown, show
from mobility.files.serving import serve
from mobility.students import above
from mobility.students.dossier import asked_papers
from mobility.students.models import Application, ApplicationState, Claim, Evidence
from mobility.web.templatetags.ui import points
from partners.models import LanguageLevel
from selection import reasons
from selection.actions.readings import Entered, as_claimed, read_claims
from selection.actions.sheets import Sheet, sheet_of
from selection.desk import (
    Progress,
    again_among,
    counted_elsewhere,
    earlier_verdicts,
    files_of,
    first_unread,
    progress_in,
    unread_after,
)
from selection.forms.readings import Unfilled, VerdictForm, prefix_of
from selection.models import Conflict, Decision, Reading, Reason

from .faculty import OfFaculty

KEYS_OFF = "verify_keys_off"
SENT = (ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN)


class OfApplication(OfFaculty):
    application: Application

    def find(self) -> None:
        super().find()
        self.application = self.named_application()
        self.application.call, self.application.faculty = self.call, self.faculty

    def named_application(self) -> Application:
        declared = Conflict.objects.of_person(self.request.user).filter(application=OuterRef("pk"))
        found = self.applications().select_related("student").annotate(has_conflict=Exists(declared))
        named: Application = get_object_or_404(found, number=self.kwargs["number"])
        return named

    def stays_out(self) -> bool:
        return self.application.has_conflict or self.application.student_id == self.request.user.pk

    def onwards(self) -> HttpResponse:
        """The application knows the number that `follows`."""
        following, left = self.application.follows, 0
        if not following:
            following, left = first_unread(self.application, self.request.user)
        if following:
            return redirect(self.url("verify", following))
        messages.success(self.request, all_read(left))
        return redirect(self.url("queue"))


class Verify(TemplateResponseMixin, OfApplication):
    template_name = "selection/verify.html"
    version: RulesVersion

    def find(self) -> None:
        """Whoever saves holds what they save: it is found then."""
        if self.request.method == "POST":
            self.faculty = self.named_faculty(self.kwargs["faculty"])
        else:
            super().find()

    def sent(self) -> QuerySet[Application]:
        of = {"call__code": self.kwargs["call"], "call__opened_at__isnull": False, "faculty": self.faculty}
        return Application.objects.filter(**of, number=self.kwargs["number"], state__in=SENT)

    def named_call(self, _code: str) -> Call:
        """With the application that the address names and the newest rules, in one reading."""
        declared = Conflict.objects.of_person(self.request.user).filter(application=OuterRef("pk"))
        found = (
            self.sent()
            .annotate(version=FilteredRelation("call__rules_versions"), has_conflict=Exists(declared))
            .annotate(progress=Subquery(progress_in(OuterRef("call"), self.faculty)))
            .filter(version__isnull=False)
            .select_related("call", "student", "version")
        )
        self.application = get_object_or_404(found.order_by("-version__number")[:1])
        self.version = self.application.version
        return self.application.call

    def named_application(self) -> Application:
        return self.application

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return self.page(self.lines(self.application.claims.order_by("pk")))

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        sent = self.sent().annotate(follows=unread_after(request.user))
        try:
            with sheet_of(applications=sent, **self.by_at) as sheet:
                self.application, self.version = sheet.application, sheet.in_force.version
                self.call, self.application.faculty = self.application.call, self.faculty
                if saved := read_claims(sheet=sheet, entered=self.entered(sheet), **self.by_at):
                    self.tell(saved)
        except Application.DoesNotExist as gone:
            raise Http404 from gone
        except ValidationError as refusal:
            return self.refused(refusal)
        return redirect(request.path) if "reuse" in request.POST else self.onwards()

    def refused(self, refusal: ValidationError) -> HttpResponseBase:
        """Nothing is saved: the page again as it stands by now, with everything that was entered."""
        super().find()
        if self.stays_out():
            raise Http404
        lines = self.lines(self.application.claims.order_by("pk"), bind=lambda _claim: True)
        latest = getattr(refusal, "latest", {})
        for line in lines:
            line["meanwhile"] = latest.get(line["claim"].pk)
        return self.page(lines, refusal=refusal.messages[0], status=409 if latest else 200)

    def entered(self, sheet: Sheet) -> list[Entered]:
        """Nothing where everything is read and nothing chosen: they go on."""
        posted = self.request.POST
        lines = self.lines(sheet.claims, bind=lambda claim: posted.get(f"{prefix_of(claim)}-decision"))
        if not all(line["form"].is_valid() for line in lines):
            raise ValidationError(_now("Nothing is saved yet: the open claim lacks something."), code="lacking")
        entered = [line["form"].entered() for line in lines if line["form"].is_bound]
        left = [line for line in lines if not line["form"].is_bound]
        if "rest" in posted:
            entered += rest_as_claimed(left, sheet)
        elif "reuse" in posted:
            entered += self.reused(left)
        if entered or all(claim.verdict for claim in sheet.claims):
            return entered
        told = _now("No verdict is chosen. Choose one, accept the rest, or skip.")
        if "rest" in posted:
            told = _now("What is left stands elsewhere too: look at it, and choose a verdict for each.")
        raise ValidationError(told, code="nothing-chosen")

    def reused(self, lines: list[dict[str, Any]]) -> list[Entered]:
        """One claim as it was read in an earlier year."""
        asked = [line for line in lines if str(line["claim"].pk) == self.request.POST["reuse"]]
        claims = [line["claim"] for line in asked]
        earlier = earlier_verdicts(self.application, claims, files_of(self.application, claims))
        return [
            as_before(earlier[line["claim"].pk], line["claim"].pk, line["form"].seen)
            for line in asked
            if line["claim"].pk in earlier
        ]

    def tell(self, saved: list[Reading]) -> None:
        application, name = self.application, self.application.student
        if saved[0].needs_second:
            told = _now("%(name)s: the verdict waits for a second person, because points have been shown.")
            messages.warning(self.request, told % {"name": name})
            return
        told = _now("%(name)s: %(read)s of %(whole)s read, %(points)s points.")
        counts: dict[str, Any] = {"read": application.claims_read, "whole": application.claims_count}
        counts |= {"name": name, "points": points(application.points / 100)}
        messages.success(self.request, told % counts)

    def lines(
        self, claims: Iterable[Claim], bind: Callable[[Claim], Any] = lambda _claim: False
    ) -> list[dict[str, Any]]:
        """Each claim with its form, or while nobody has filled it in, what stands for it: a page has many."""
        rules, kinds = engine_rules(self.call, self.version), titles_of(self.version.content["catalogue"])
        posted, lines = self.request.POST, []
        for claim in claims:
            texts = reasons.sentences(claim, self.application, rules)
            form: Any = Unfilled(claim, posted)
            if bind(claim):
                form = VerdictForm(posted, claim=claim, kinds=kinds, sentences=texts)
            since = reasons.counts_since(claim.kind, rules)
            lines.append({"claim": claim, "form": form, "kinds": kinds, "texts": texts, "since": since})
        return lines

    def look_up(self, lines: list[dict[str, Any]]) -> None:
        """What the page shows of each claim besides: files, readings, where else it stands, its earlier verdict."""
        claims = [line["claim"] for line in lines]
        readings = Reading.objects.select_related("by").order_by("-number")  # one's own order would join the call
        prefetch_related_objects(claims, Prefetch("readings", readings))
        documents = files_of(self.application, claims)
        twins = counted_elsewhere(self.application, claims, documents)
        earlier, vouched = earlier_verdicts(self.application, claims, documents), above.vouched(claims)
        for line in lines:
            key = line["claim"].pk
            line["twins"], line["earlier"], line["vouched"] = twins[key], earlier.get(key), vouched.get(key, "")
            line["documents"] = [one for one in documents if one.claim_id == key]

    def shown(self, line: dict[str, Any]) -> dict[str, Any]:
        claim, kinds = line["claim"], line["kinds"]
        last = next(iter(claim.readings.all()), None)
        return line | {
            "kind": kinds.get(claim.kind, claim.language.upper() or claim.kind),
            "counted_as": kinds.get(claim.accepted_kind, claim.accepted_level),
            "kinds": kinds.items(),
            "levels": LanguageLevel.choices,
            "chosen_level": line["form"]["level"].value() if line["form"].is_bound else claim.level,
            "chosen_reason": line["form"]["reason"].value() if line["form"].is_bound else "",
            "chosen_kind": line["form"]["kind"].value() if line["form"].is_bound else claim.kind,
            "claimed": claim.points_claimed / 100,
            "counted": claim.points_counted / 100,
            "last": last,
            "is_own": last is not None and last.by_id == self.request.user.pk,
            "seen": last.number if last else 0,
            "reasons": [(value, label, line["texts"][value]) for value, label in Reason.choices],
            "files": [{"row": one, "pages": pages_shown(one.file)} for one in line["documents"]],
        }

    def page(self, lines: list[dict[str, Any]], *, refusal: str = "", status: int = 200) -> HttpResponseBase:
        if self.stays_out():
            return self.render_to_response(self.get_context_data(application=self.application, stays_out=True))
        self.look_up(lines)
        lines = [self.shown(line) for line in lines]
        in_hand = self.in_hand(lines)
        for line in lines:
            line["is_in_hand"] = line is in_hand
        application = self.application
        found = Progress.of(application.progress)
        self.request.waiting = {"desk-queue": found.left}  # type: ignore[attr-defined] -- the tabs read it
        academic = application.parts.get("academic", 0)
        context = self.get_context_data(
            application=application,
            lines=lines,
            refusal=refusal,
            progress=found,
            mark=None if application.mean_mark is None else application.mean_mark / 100,
            points=application.points / 100,
            academic=academic / 100,
            others=(application.points - academic) / 100,
            keys_off=bool(self.request.session.get(KEYS_OFF)),
            documents=asked_papers(application, self.version),
            is_early=timezone.now() < self.call.deadline,
            has_unread=any(not line["claim"].verdict for line in lines),
        )
        return self.render_to_response(context, status=status)

    def in_hand(self, lines: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The one with an error, or another's verdict, or the one asked for, or the first unread."""
        asked = self.request.GET.get("claim", "")
        wrong = [line for line in lines if line.get("meanwhile") or (line["form"].is_bound and line["form"].errors)]
        wanted = [line for line in lines if str(line["claim"].pk) == asked]
        unread = [line for line in lines if not line["claim"].verdict]
        return next(iter([*wrong, *wanted, *unread, *lines]), None)


def rest_as_claimed(left: list[dict[str, Any]], sheet: Sheet) -> list[Entered]:
    """The unread ones, but what stands elsewhere too."""
    unread = [line for line in left if not line["claim"].verdict and line["claim"].pk not in sheet.elsewhere]
    alone = [line for line in unread if not again_among(line["claim"], sheet.claims)]
    return [as_claimed(line["claim"], seen=line["form"].seen) for line in alone]


def all_read(left: int) -> str:
    """`left` are those that this reader stays out of."""
    if not left:
        return _now("Everything of this faculty is read.")
    told = ngettext(
        "You have read all that is yours to read. %(count)s application waits for another reader.",
        "You have read all that is yours to read. %(count)s applications wait for another reader.",
        left,
    )
    return told % {"count": left}


def as_before(earlier: Any, claim: int, seen: int) -> Entered:
    text = "" if earlier.verdict == Decision.ACCEPTED else earlier.reason_text
    given = earlier.accepted_kind or earlier.kind, earlier.accepted_amount, earlier.accepted_level
    return Entered(claim, seen, earlier.verdict, *given, earlier.reason, text)


class VerifyNext(OfApplication):
    def applications(self) -> QuerySet[Application]:
        return super().applications().annotate(follows=unread_after(self.request.user))

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return self.onwards()


class Keys(OfApplication):
    """Letters as commands, on or off for this person until they sign out."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        request.session[KEYS_OFF] = not request.session.get(KEYS_OFF)
        return redirect(self.url("verify", self.application.number))


class OfEvidence(OfApplication):
    evidence: Evidence

    def find(self) -> None:
        super().find()
        if self.stays_out():
            raise Http404
        files = Evidence.objects.filter(claim__application=self.application).select_related("file")
        self.evidence = get_object_or_404(files, pk=self.kwargs["evidence"])


class EvidencePage(OfEvidence):
    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        return show(self.evidence.file, self.kwargs["page"])


class EvidenceFile(OfEvidence):
    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return serve(request, self.evidence.file)
