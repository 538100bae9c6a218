"""What every page's frame shows. Nothing here may ask the database."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from mobility.web.views import APPEARANCES

SHORT_LANGUAGES = {"en": "EN", "ru": "РУ", "be": "БЕ"}


def frame(request: HttpRequest) -> dict:
    appearance = request.COOKIES.get(settings.APPEARANCE_COOKIE_NAME)
    return {
        "appearance": appearance if appearance in APPEARANCES else "",
        "languages": [(code, SHORT_LANGUAGES[code], name) for code, name in settings.LANGUAGES],
        "zone_offset": offset(),
    }


def offset() -> str:
    """UTC+3, UTC−3:30."""
    minutes = int(timezone.localtime().utcoffset().total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
