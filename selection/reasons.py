"""The sentence that a student reads under a verdict, begun from its reason."""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mobility.people.models import User
from mobility.students.models import Application, Claim
from mobility.web.templatetags.ui import day
from selection.engine.scoring import Rules, months_before
from selection.models import Reason


def language_of(student: User) -> str:
    """The one they chose; of who never chose, the reader's own: it is more likely theirs than English."""
    return student.language or translation.get_language() or settings.LANGUAGE_CODE


def sentences(claim: Claim, application: Application, rules: Rules) -> dict[str, str]:
    """Reason → sentence in the student's language; none where only the reader can say it."""
    with translation.override(language_of(application.student)):
        return {
            Reason.OUTSIDE_PERIOD: outside_period(claim, rules),
            Reason.NOT_PROVEN: _("Not counted: the file that you attached does not show it."),
            Reason.UNREADABLE: _("Not counted: the file that you attached cannot be read."),
            Reason.COUNTED_ELSEWHERE: _("Not counted: the same event counts under another achievement of yours."),
            Reason.OTHER_KIND: _("Counted as another kind: that is what the file you attached shows."),
            Reason.OTHER_AMOUNT: _("Counted with another amount: that is what the file you attached shows."),
            Reason.NOT_THE_STUDENT: _("Not counted: the file that you attached names another person."),
            Reason.OTHER: "",
        }


def outside_period(claim: Claim, rules: Rules) -> str:
    since, until = counts_since(claim.kind, rules), rules.reference_day
    if since is None:
        told = _("Not counted: it is dated %(day)s. The call counts achievements until %(until)s.")
        return told % {"day": day(claim.day), "until": day(until)}
    told = _("Not counted: it is dated %(day)s. The call counts achievements from %(since)s to %(until)s.")
    return told % {"day": day(claim.day), "since": day(since), "until": day(until)}


def counts_since(kind: str, rules: Rules) -> date | None:
    """The first day that counts for a kind; None where every day does."""
    entry = rules.catalogue.get(kind)
    window = rules.criteria[entry.criterion].window if entry else None
    return None if window is None else months_before(rules.reference_day, window)
