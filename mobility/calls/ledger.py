"""How a cell of the grid came about: agreed, then confirmed by the partner, then set here; who, when, why."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Quota, QuotaChange


def of_cell(quota: Quota) -> list[dict[str, Any]]:
    """Entries for _ui/history.html, the latest first."""
    condition = quota.destination.condition
    agreement = condition.agreement
    agreed = {
        "what": ngettext("%(agreement)s: %(count)s place", "%(agreement)s: %(count)s places", condition.seats)
        % {"agreement": agreement, "count": condition.seats},
        "who": "",
        "at": agreement.sealed_at,
    }
    letters = condition.confirmations.filter(academic_year=quota.destination.call.academic_year)
    confirmed = [
        {
            "what": ngettext(
                "The partner confirmed %(count)s place", "The partner confirmed %(count)s places", letter.seats
            )
            % {"count": letter.seats},
            "who": letter.entered_by,
            "at": letter.entered_at,
            "reason": letter.letter_number,
        }
        for letter in letters.select_related("entered_by").order_by("id")
    ]
    changes = QuotaChange.objects.filter(destination=quota.destination, faculty=quota.faculty).select_related("by")
    here = [
        {
            "what": _("Quota of the faculty"),
            "who": change.by,
            "at": change.at,
            "changes": [(_("Places"), str(change.before), str(change.after))],
            "reason": change.reason,
        }
        for change in changes.order_by("id")
    ]
    return [*reversed(here), *reversed(confirmed), agreed]
