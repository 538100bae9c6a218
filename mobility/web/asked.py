"""What an address asks for, beside what it names."""

from django.http import Http404, HttpRequest
from django.utils import timezone


def asked_year(request: HttpRequest) -> int:
    """The calendar year; the present one where none is asked for."""
    asked = request.GET.get("year", "")
    if not asked:
        return timezone.localdate().year
    if not asked.isdecimal() or not 1990 <= int(asked) <= 2100:
        raise Http404
    return int(asked)
