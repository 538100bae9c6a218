"""What stands in an activity's way, in words: seats that are taken, days that are. Asks only, and locks nothing."""

from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from mobility.people.models import Absence, AbsenceKind
from mobility.staff.models import WAITING, WRITTEN, Activity
from mobility.web.templatetags.ui import period
from partners.models import Condition


def in_words(activity: Activity) -> str:
    if activity.condition is None:
        return _("Outside an agreement: %(reason)s") % {"reason": activity.host_reason}
    year = AcademicYear.of(activity.starts)
    condition = Condition.objects.with_seats_of(year).select_related("agreement").get(pk=activity.condition_id)
    taken = Activity.objects.exclude(pk=activity.pk).seats_taken(condition, first=year.first_day, last=year.last_day)
    return _("Under the agreement %(agreement)s: %(taken)s of %(seats)s seats of %(year)s are taken.") % {
        "agreement": condition.agreement,
        "taken": taken,
        "seats": condition.counted,
        "year": str(year),
    }


def clash_in_words(activity: Activity) -> str:
    """Before the rector decides everybody on the way reads what would refuse the decision."""
    if activity.state not in (*WRITTEN, *WAITING):
        return ""
    others = Absence.objects.filter(person=activity.person).during(activity.starts, activity.ends)
    other = others.exclude(kind=AbsenceKind.STAFF_TRIP, source=activity.source).first()
    if other is None:
        return ""
    return _("%(person)s is away on some of these days already: %(days)s, %(what)s. It cannot be approved so.") % {
        "person": activity.person,
        "days": period(other.starts, other.ends),
        "what": other,
    }
