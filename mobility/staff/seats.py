"""What an agreement still has for an activity, in words; asks only, and locks nothing."""

from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from mobility.staff.models import Activity
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
