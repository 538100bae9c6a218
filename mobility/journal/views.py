from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mobility.journal.doors import door_of
from mobility.journal.models import Event
from mobility.journal.telling import tell

EVENTS_A_PAGE = 50


@require_safe
def history(request: HttpRequest, app_label: str, model: str, pk: str) -> HttpResponse:
    door = door_of(app_label, model)
    if door is None:
        raise Http404
    instance = visible(door.model, request.user, pk)
    if not door.may_read(request.user, instance):
        raise Http404
    before = request.GET.get("before", "")
    events = Event.objects.of(instance).before(int(before) if before.isdecimal() else None)[: EVENTS_A_PAGE + 1]
    page = list(events)[:EVENTS_A_PAGE]
    context = {
        "object": instance,
        "back": instance.get_absolute_url() if hasattr(instance, "get_absolute_url") else "",
        "entries": tell(page, about=instance),
        "older": page[-1].pk if len(events) > EVENTS_A_PAGE else None,
        "is_first_page": not before,
    }
    return render(request, "journal/history.html", context)


def visible(model: type[Model], user, pk: str) -> Model:
    try:
        found = model._default_manager.visible_to(user).filter(pk=pk).first()
    except (ValueError, ValidationError):  # no key of this model looks like that
        found = None
    if found is None:
        raise Http404
    return found
