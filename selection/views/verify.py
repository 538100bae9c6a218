"""One applicant's claims beside their evidence: what is entered is saved together, then the next one comes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, FilteredRelation, OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic.base import TemplateResponseMixin

from mobility.calls.models import Call, RulesVersion
from mobility.calls.rubric import engine_rules, titles_of
from mobility.files.previews import pages_shown, show
from mobility.files.serving import serve
from mobility.students import above
from mobility.students.dossier import asked_papers
from mobility.students.models import Application, ApplicationState, Evidence
from mobility.web.templatetags.ui import points
from partners.models import LanguageLevel
from selection import reasons
from selection.actions import readings as actions
from selection.actions.readings import Entered, ReadMeanwhileError, as_claimed
from selection.desk import (
    Progress,
    counted_elsewhere,
    earlier_verdicts,
    files_of,
    next_to_read,
    progress_in,
)
from selection.forms.readings import ConflictForm, Unfilled, VerdictForm, prefix_of
from selection.models import Conflict, Decision, Reading, Reason

from .faculty import Act, OfFaculty

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
        following, left = next_to_read(self.application, self.request.user)
        if following is None:
            messages.success(self.request, all_read(left))
            return redirect(self.url("queue"))
        return redirect(self.url("verify", following))


class Verify(TemplateResponseMixin, OfApplication):
    template_name = "selection/verify.html"
    version: RulesVersion

    def named_call(self, code: str) -> Call:
        """With the application that the address names and the newest rules, in one reading."""
        declared = Conflict.objects.of_person(self.request.user).filter(application=OuterRef("pk"))
        found = (
            Application.objects.filter(call__in=self.calls().filter(code=code), faculty=self.faculty)
            .annotate(version=FilteredRelation("call__rules_versions"), has_conflict=Exists(declared))
            .filter(number=self.kwargs["number"], state__in=SENT, version__isnull=False)
            .select_related("call", "student", "version")
        )
        if self.request.method == "GET":
            found = found.annotate(progress=Subquery(progress_in(OuterRef("call"), self.faculty)))
        self.application = get_object_or_404(found.order_by("-version__number")[:1])
        self.version = self.application.version
        return self.application.call

    def named_application(self) -> Application:
        return self.application

    def progress(self) -> Progress:
        """Read with the page; after a refused save by itself."""
        if self.request.method == "GET":
            return Progress.of(self.application.progress)
        return Progress.of(next(iter(progress_in(self.call, self.faculty).values_list("counts", flat=True)), None))

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return self.page()

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        if self.stays_out():
            raise Http404
        lines = self.lines(request.POST)
        if [line for line in lines if not line["form"].is_valid()]:
            return self.page(lines, refusal=_now("Nothing is saved yet: the open claim lacks something."))
        entered = [entry for line in lines if (entry := line["form"].entered())]
        entered += self.added(lines, {entry.claim for entry in entered})
        if not entered:
            if all(line["claim"].verdict for line in lines):
                return self.onwards()
            told = _now("No verdict is chosen. Choose one, accept the rest, or skip.")
            if "rest" in request.POST:
                told = _now("What is left stands elsewhere too: look at it, and choose a verdict for each.")
            return self.page(lines, refusal=told)
        try:
            application, saved = actions.read_claims(application=self.application, entered=entered, **self.by_at)
        except ReadMeanwhileError as meanwhile:
            for line in lines:
                line["meanwhile"] = meanwhile.latest.get(line["claim"].pk)
            return self.page(lines, refusal=meanwhile.messages[0], status=409)
        except ValidationError as refused:
            return self.page(lines, refusal=refused.messages[0])
        self.tell(application, saved)
        return redirect(request.path) if "reuse" in request.POST else self.onwards()

    def added(self, lines: list[dict[str, Any]], chosen: set[int]) -> list[Entered]:
        """By one press: the rest as claimed but what stands elsewhere too, or one as it was read in an earlier year."""
        if "rest" in self.request.POST:
            self.look_elsewhere(lines)
            unread = [
                line for line in lines if not (line["claim"].verdict or line["twins"] or line["claim"].pk in chosen)
            ]
            return [as_claimed(line["claim"], seen=line["form"].cleaned_data.get("seen") or 0) for line in unread]
        reused = self.request.POST.get("reuse")
        if not reused:
            return []
        self.look_up(lines)
        return [
            as_before(line["earlier"], line["claim"].pk, line["form"].cleaned_data.get("seen") or 0)
            for line in lines
            if line["earlier"] and str(line["claim"].pk) == reused and line["claim"].pk not in chosen
        ]

    def tell(self, application: Application, saved: list[Reading]) -> None:
        name = self.application.student
        if saved[0].needs_second:
            told = _now("%(name)s: the verdict waits for a second person, because points have been shown.")
            messages.warning(self.request, told % {"name": name})
            return
        told = _now("%(name)s: %(read)s of %(whole)s read, %(points)s points.")
        counts: dict[str, Any] = {"read": application.claims_read, "whole": application.claims_count}
        counts |= {"name": name, "points": points(application.points / 100)}
        messages.success(self.request, told % counts)

    def lines(self, data: Any = None) -> list[dict[str, Any]]:
        """Each claim with its form, or while nobody has filled it in, what stands for it: a page has many."""
        rules, kinds = engine_rules(self.call, self.version), titles_of(self.version.content["catalogue"])
        lines = []
        for claim in self.application.claims.order_by("pk"):
            texts = reasons.sentences(claim, self.application, rules)
            form: Any = Unfilled(prefix_of(claim))
            if data is not None:
                form = VerdictForm(data, claim=claim, kinds=kinds, sentences=texts)
            since = reasons.counts_since(claim.kind, rules)
            lines.append({"claim": claim, "form": form, "kinds": kinds, "texts": texts, "since": since})
        return lines

    def look_elsewhere(self, lines: list[dict[str, Any]]) -> None:
        """What else in this call would count the same again."""
        claims = [line["claim"] for line in lines]
        self.documents = files_of(self.application, claims)
        twins = counted_elsewhere(self.application, claims, self.documents)
        for line in lines:
            line["twins"] = twins[line["claim"].pk]

    def look_up(self, lines: list[dict[str, Any]]) -> None:
        """What the page shows of each claim besides: files, readings, the verdict of an earlier year."""
        claims = [line["claim"] for line in lines]
        readings = Reading.objects.select_related("by").order_by("-number")  # one's own order would join the call
        prefetch_related_objects(claims, Prefetch("readings", readings))
        if lines and "twins" not in lines[0]:
            self.look_elsewhere(lines)
        earlier, vouched = earlier_verdicts(self.application, claims, self.documents), above.vouched(claims)
        for line in lines:
            key = line["claim"].pk
            line["earlier"], line["vouched"] = earlier.get(key), vouched.get(key, "")
            line["documents"] = [one for one in self.documents if one.claim_id == key]

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

    def page(self, lines: list | None = None, *, refusal: str = "", status: int = 200) -> HttpResponseBase:
        if self.stays_out():
            return self.render_to_response(self.get_context_data(application=self.application, stays_out=True))
        lines = self.lines() if lines is None else lines
        self.look_up(lines)
        lines = [self.shown(line) for line in lines]
        in_hand = self.in_hand(lines)
        for line in lines:
            line["is_in_hand"] = line is in_hand
        application = self.application
        found = self.progress()
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


class ConflictDeclare(OfApplication, Act):
    form_class = ConflictForm
    title, button = _("Conflict of interest"), _("Stay out of this application")
    done = _("It is noted: you stay out of this application.")
    sentence = _(
        "You will read nothing more of this applicant, and neither save verdicts. Only an administrator can undo this."
    )

    def act(self, **entered: Any) -> None:
        actions.declare_conflict(application=self.application, **entered, **self.by_at)

    def home(self) -> str:
        return self.url("verify", self.application.number)

    def where_next(self) -> str:
        return self.url("queue")


class OfReading(OfApplication, Act):
    reading: Reading

    def find(self) -> None:
        super().find()
        if self.stays_out():
            raise Http404
        readings = Reading.objects.filter(claim__application=self.application).select_related("claim", "by")
        self.reading = get_object_or_404(readings, pk=self.kwargs["reading"])

    @property
    def sentence(self) -> str:  # type: ignore[override] -- it names the verdict
        one = self.reading
        told = _now("%(person)s: %(verdict)s, “%(claim)s”. %(text)s")
        return told % {"person": one.by, "claim": one.claim, "verdict": one.get_decision_display(), "text": one.text}

    def home(self) -> str:
        return self.url("verify", self.application.number)


class VerdictAgree(OfReading):
    title, button = _("Agree to the verdict"), _("Put the verdict in force")
    done = _("The verdict is in force, and the points are counted again.")

    def act(self) -> None:
        actions.agree(reading=self.reading, **self.by_at)


class VerdictDisagree(OfReading):
    title, button = _("Do not agree to the verdict"), _("Keep the verdict before it")
    done = _("The verdict before it stays.")

    def act(self) -> None:
        actions.disagree(reading=self.reading, **self.by_at)
