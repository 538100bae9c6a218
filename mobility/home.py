"""The one page above all apps: the public start page, and for whoever has signed in, what awaits them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.awaiting import tasks_of
from mobility.calls.models import Call
from mobility.calls.phases import shown
from mobility.calls.said import time_left
from mobility.navigation import tabs
from mobility.people.models import Role, User
from partners.atlas import country_name, map_of_rows
from partners.models import Institution

MOST_PARTNERS = 50
MOST_CALLS = 10
PARTNER_FIELDS = [
    *("code", "is_home", "country", "own_name", "own_language", "city", "latitude", "longitude"),
    *(f"{field}_{language}" for field in ("short_name", "city") for language, _name in settings.LANGUAGES),
]


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return awaiting(request) if request.user.is_authenticated else start(request)


def start(request: HttpRequest) -> HttpResponse:
    """The key partners and ourselves, in one reading; where there are more of them, the page links to all."""
    asked = Institution.objects.partners().active().key() | Institution.objects.home()
    read = asked.only(*PARTNER_FIELDS).order_by(f"sort_name_{get_language()}", "id")[:MOST_PARTNERS]
    partners = [
        {"code": row.code, "name": row.short_name, "own_name": row.own_name, "own_language": row.own_language}
        | {"city": row.city_name, "country": country_name(row.country.code)}
        for row in read
        if not row.is_home
    ]
    context = {"calls": current_calls(timezone.now()), "partners": partners, "map": map_of_rows(read)}
    return render(request, "home/start.html", context)


def current_calls(at: datetime) -> list[dict[str, Any]]:
    """Those that are announced, open or being decided, the nearest deadline first."""
    calls = Call.objects.current_at(at).with_places()[:MOST_CALLS]
    return [{"call": call, "state": shown(call, at, office=False), "left": time_left(call, at)} for call in calls]


def awaiting(request: HttpRequest) -> HttpResponse:
    user = request.user
    tasks = tasks_of(user, at=timezone.now())
    context = {
        "tasks": tasks,
        "roles": [in_words(role, user) for role in user.roles],
        "navigation": tabs(request, counts={"home": sum(task.state != "completed" for task in tasks)}),
    }
    return render(request, "home/awaiting.html", context)


def in_words(role: Role, user: User) -> str:
    return str(role) if role.person_id == user.pk else _("%(role)s, as deputy") % {"role": role}
