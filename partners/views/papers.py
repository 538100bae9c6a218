from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from mobility.files.serving import serve
from partners.models import Agreement, ConfirmedSeats

from .agreements import only_readers


@require_safe
def scan(request: HttpRequest, pk: int, scan: int) -> HttpResponseBase:
    found = get_object_or_404(visible(request, pk).scans.select_related("file"), pk=scan)
    return serve(request, found.file)


@require_safe
def prolongation_letter(request: HttpRequest, pk: int, prolongation: int) -> HttpResponseBase:
    letters = visible(request, pk).prolongations.select_related("file").exclude(file=None)
    return serve(request, get_object_or_404(letters, pk=prolongation).file)


@require_safe
def seats_letter(request: HttpRequest, pk: int, seats: int) -> HttpResponseBase:
    letters = ConfirmedSeats.objects.filter(condition__agreement=visible(request, pk)).exclude(file=None)
    return serve(request, get_object_or_404(letters.select_related("file"), pk=seats).file)


def visible(request: HttpRequest, pk: int) -> Any:
    only_readers(request)
    return get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
