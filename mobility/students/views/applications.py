"""The application itself: its tasks until the deadline, what stands and what happens next afterwards."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import may_read_history
from mobility.people.models import StudentProfile
from mobility.students import actions, papers
from mobility.students.consents import needed_by
from mobility.students.dossier import Dossier, Sent, asked_papers
from mobility.students.forms import ConsentsForm, DetailsForm
from mobility.students.models import Application, Submission
from mobility.students.openings import version_in_force
from mobility.students.permissions import can_ask_to_withdraw, can_read_submissions, can_see, can_withdraw, can_write
from mobility.students.sentences import sentence_of
from mobility.web.forms import ReasonForm

from .acts import Act, Reading, Task
from .answers import answers_of, shown_claims
from .outcome import attachment
from .shown import about, steps_of, tasks_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Detail(Reading):
    """For the student a list of tasks or the state of things; for offices, what the application says."""

    template_name = "applications/detail.html"

    allowed = staticmethod(can_see)

    def applications(self) -> QuerySet:
        sent = Submission.objects.filter(application=OuterRef("pk"))
        return super().applications().annotate(has_submission=Exists(sent))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, user = self.application, self.request.user
        may_write = can_write(user, application)
        dossier = (Dossier if may_write and self.is_open else Sent)(application, at=self.at)
        told: dict[str, Any] = {
            "about": about(application),
            "documents": asked_papers(application, dossier.version),
            "steps": steps_of(application.call, at=self.at),
            "submission": application.has_submission,
            "may_write": may_write and self.is_open,
            "may_withdraw": application.is_submitted and can_withdraw(user, application),
            "may_resume": application.is_withdrawn and may_write and application.call.accepts_at(self.at),
            "may_ask": can_ask_to_withdraw(user, application) and not self.is_open,
            "soon": application.call.deadline - self.at < actions.AHEAD,
            "may_read_history": application.student_id != user.pk and may_read_history(user, application),
        }
        if told["may_write"]:
            told["sections"] = tasks_of(dossier)
            told["done"], told["whole"] = _counted(told["sections"])
        else:
            told["answers"] = answers_of(dossier, change=False)
            told["claims"] = shown_claims(dossier)
        return super().get_context_data(**told, **kwargs)


def _counted(sections: list[tuple[str, list[Any]]]) -> tuple[int, int]:
    rows = [row for _heading, rows in sections for row in rows]
    return sum(row.state == "completed" for row in rows), len(rows)


class Details(Task, Act):
    template_name = "applications/details.html"
    form_class = DetailsForm
    title, done = _("Your details"), _("The details are saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"phone": self.application.phone}

    def perform(self, form: Any) -> None:
        actions.change_phone(application=self.application, **form.cleaned_data, **self.by_at)


class Marks(Task, Reading):
    template_name = "applications/marks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        student = StudentProfile.objects.get(person=self.application.student_id)
        marks = self.application.student.marks.select_related("session", "scale").order_by(
            "-session__year", "-session__term", "subject"
        )
        return super().get_context_data(student=student, marks=marks, **kwargs)


class Consents(Task, Act):
    template_name = "applications/consents.html"
    form_class = ConsentsForm
    title, done = _("Consents"), _("The consents are saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        given = set(self.application.consents.values_list("text", "country"))
        return super().get_form_kwargs() | {"needs": needed_by(self.application, at=self.at), "given": given}

    def perform(self, form: Any) -> None:
        actions.set_consents(application=self.application, given=form.given, **self.by_at)


class Submit(Task, Act):
    """Check answers, then one press. What is missing is said before it, and again by a press."""

    template_name = "applications/submit.html"
    title, button = _("Check your answers"), _("Submit the application")

    def perform(self, _form: Any) -> None:
        actions.submit(application=self.application, **self.by_at)

    def where_next(self) -> str:
        return reverse("application-receipt", args=[self.application.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dossier = Dossier(self.application, at=self.at)
        told = {
            "answers": answers_of(dossier, change=True),
            "claims": shown_claims(dossier),
            "missing": [
                (sentence_of(gap), reverse(f"application-{gap.task}", args=[self.application.number]))
                for gap in dossier.gaps
            ],
        }
        return super().get_context_data(**told, **kwargs)


class Receipt(Reading):
    template_name = "applications/receipt.html"
    submission: Submission

    @staticmethod
    def allowed(user: Any, application: Application) -> bool:
        return can_read_submissions(user, application)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.submission = get_object_or_404(self.application.submissions.select_related("by")[:1])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = steps_of(self.application.call, at=self.at)
        documents = asked_papers(self.application, version_in_force(self.application.call))
        return super().get_context_data(submission=self.submission, steps=steps, documents=documents, **kwargs)


class ReceiptPaper(Receipt):
    """The receipt as PDF."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        made = papers.receipt(self.submission)
        return attachment(made, "application/pdf", f"{self.application.number}.pdf")


class ToSign(Receipt):
    """The application as DOCX, for whoever signs on paper."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return attachment(papers.to_sign(self.submission), DOCX, f"{self.application.number}.docx")


class Discard(Task, Act):
    title, button = _("Discard the changes"), _("Discard the changes")
    sentence = _("The application goes back to what you submitted last. What you changed since then is lost.")
    done = _("The changes are discarded. What you submitted last counts.")
    danger = True

    def perform(self, _form: Any) -> None:
        actions.discard_changes(application=self.application, **self.by_at)


class Withdraw(Act):
    """The student until the deadline; the office at any time before the results, with its reason."""

    title, button = _("Withdraw the application"), _("Withdraw the application")
    done = _("The application is withdrawn.")
    danger = True

    @staticmethod
    def allowed(user: Any, application: Application) -> bool:
        return application.is_submitted and can_withdraw(user, application)

    @property
    def is_own(self) -> bool:
        return self.application.student_id == self.request.user.pk

    @property
    def sentence(self) -> Any:
        if self.is_own:
            return _("It takes part in nothing further. Until the deadline you can take it up again.")
        return self.application.withdrawal_reason or _("Only when the student asks for it.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_own and not self.is_open:
            return redirect("application-ask-to-withdraw", self.application.number)
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return super().get_form_class() if self.is_own else ReasonForm

    def perform(self, form: Any) -> None:
        actions.withdraw(application=self.application, **form.cleaned_data, **self.by_at)


class AskToWithdraw(Act):
    form_class = ReasonForm
    title, button = _("Ask to withdraw"), _("Send the request")
    sentence = _("The deadline has passed, so the dean's office withdraws the application. It reads your reason first.")
    done = _("The request is with the dean's office.")
    danger = True
    allowed = staticmethod(can_ask_to_withdraw)

    def perform(self, form: Any) -> None:
        actions.ask_to_withdraw(application=self.application, **form.cleaned_data, **self.by_at)


class Resume(Act):
    title, button = _("Take the application up again"), _("Take the application up again")
    sentence = _("It becomes a draft with everything that it had. It counts only after you submit it again.")
    done = _("The application is a draft again. Submit it before the deadline.")

    @staticmethod
    def allowed(user: Any, application: Application) -> bool:
        return application.is_withdrawn and can_write(user, application) and application.call.accepts_at(timezone.now())

    def perform(self, _form: Any) -> None:
        actions.resume(application=self.application, **self.by_at)
