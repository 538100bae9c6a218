"""What an event lacks before it can become a call, whose places are those of an agreement; reads only."""

from math import ceil
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mobility.events.actions.events import covering
from mobility.events.models import Event
from partners.models import Agreement, Direction

MOST_LINKS = 3
DAYS_OF_A_WEEK = 7


class Missing(NamedTuple):
    """The reason, and the ways on as (words, address)."""

    reason: str
    ways: list[tuple[str, str]]


def missing(event: Event) -> Missing | None:
    """Nothing, where a condition covers the event: entered with it or since."""
    if event.condition or covering(event):
        return None
    if event.partner is None:
        told = _(
            "Places of a call are those of an agreement, and “%(host)s” is no partner of ours. Once it is one and an "
            "agreement with it is in force, choose it as the partner on the event; all else that you entered stays."
        )
        ways = [_partner(event), (_("Draft an agreement"), reverse("agreement-new")), _change(event)]
        return Missing(told % {"host": event.elsewhere}, ways)
    words = {"partner": event.partner.short_name, "kind": event.get_kind_display().lower()}
    held = _agreements(event)
    if not held:
        told = _("Places of a call are those of an agreement, and none with %(partner)s is in force on these days.")
        return Missing(told % words, [(_("Draft an agreement"), reverse("agreement-new"))])
    told = _(
        "Places of a call are those of an agreement, and none with %(partner)s has a condition for this kind of event "
        "(%(kind)s) on these days. Add one; it is filled in from the event, and this page finds it by itself."
    )
    return Missing(told % words, [_condition(event, agreement) for agreement in held])


def _agreements(event: Event) -> list[Agreement]:
    """With the partner, in force on every day of the event."""
    whole = Agreement.objects.in_force_on(event.starts).filter(Q(last_day=None) | Q(last_day__gte=event.ends))
    return list(whole.filter(parties__institution=event.partner).order_by("-starts", "pk")[:MOST_LINKS])


def _condition(event: Event, agreement: Agreement) -> tuple[str, str]:
    known: dict[str, Any] = {
        "partner": event.partner_id,
        "direction": Direction.OUTGOING.value,
        "kind": event.kind,
        "seats": event.places,
        "weeks": ceil(((event.ends - event.starts).days + 1) / DAYS_OF_A_WEEK),
    }
    told = _("Add the condition to the agreement %(agreement)s") % {"agreement": agreement}
    return told, f"{reverse('condition-add', args=[agreement.pk])}?{urlencode(known)}"


def _partner(event: Event) -> tuple[str, str]:
    known = {"country": event.country.code, "city": event.city}
    return _("Add it as a partner"), f"{reverse('admin:partners_institution_add')}?{urlencode(known)}"


def _change(event: Event) -> tuple[str, str]:
    return _("Change the event"), reverse("event-edit", args=[event.pk])
