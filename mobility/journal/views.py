from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from mobility.journal.doors import door_of
from mobility.journal.models import Event
from mobility.journal.telling import tell

EVENTS_A_PAGE = 50


def history(request: HttpRequest, app_label: str, model: str, pk: str) -> HttpResponse:
    door = door_of(app_label, model)
    if door is None:
        raise Http404
    try:
        instance = door.model._default_manager.visible_to(request.user).filter(pk=pk).first()
    except (ValueError, ValidationError):
        raise Http404 from None
    if instance is None or not door.may_read(request.user, instance):
        raise Http404
    before = request.GET.get("before", "")
    events = list(Event.objects.of(instance).before(int(before) if before.isdecimal() else None)[: EVENTS_A_PAGE + 1])
    page, more = events[:EVENTS_A_PAGE], len(events) > EVENTS_A_PAGE
    context = {
        "object": instance,
        "entries": tell(page, about=instance),
        "next": page[-1].pk if more else None,
        "is_first_page": not before,
    }
    return render(request, "journal/history.html", context)
