"""Tags and filters that every template has without loading them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, Field
from django.forms.utils import flatatt
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from mobility.web.forms import LIMITS
from mobility.web.kinds import ICONS

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SMALL_WEEKDAYS = ("ru", "be")
"""Languages that write a weekday with a small letter; Django's names of it begin sentences."""

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str) -> SafeString:
    """A decoration: the word beside it says the same."""
    sprite = static("vendor/bootstrap-icons-1.13.2/sprite.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def pill(kind: str, word: str, icon_name: str = "") -> SafeString:
    """A state: ok, info, warn, bad and neutral are tinted; done and plain are text, which the eye passes over."""
    return _pill(kind, conditional_escape(word), icon_name)


@lru_cache(maxsize=500)
def _pill(kind: str, word: SafeString, icon_name: str) -> SafeString:
    """Lists say the same few states in each row."""
    return format_html('<span class="pill pill-{} icon-{}">{}</span>', kind, icon_name or ICONS[kind], word)


@register.simple_block_tag
def drawn_once(content: SafeString) -> SafeString:
    """What stands on a page twice: {% drawn_once as menu %}…{% enddrawn_once %}{{ menu }}."""
    return content


@register.filter
def kind_icon(kind: str) -> str:
    return ICONS[kind]


@register.filter
def day(value: date | datetime | None) -> str:
    """31 March 2027, without a break inside."""
    if not value:
        return ""
    local = _local(value)
    return _day(local.year, local.month, local.day, get_language())


@lru_cache(maxsize=2_000)
def _day(year: int, month: int, number: int, _language: str | None) -> str:
    """Lists say the same few days over and over."""
    return _unbroken(formats.date_format(date(year, month, number), "DATE_FORMAT"))


@register.filter
def moment(value: datetime | None) -> str:
    """31 March 2027, 18:00, in the university's zone."""
    return _unbroken(formats.date_format(_local(value), "DATETIME_FORMAT")) if value else ""


@register.filter
def zoned(value: datetime | None, zone: str = "") -> str:
    """31 March 2027, 18:00 Minsk time: within a sentence, where a weekday would need its case."""
    return f"{moment(value)} {_unbroken(zone)}".strip()


@register.filter
def deadline(value: datetime | None, zone: str = "") -> str:
    """Wednesday 31 March 2027, 18:00 Minsk time: the form that stands once on a page. The zone is `university.zone`."""
    if not value:
        return ""
    weekday = formats.date_format(_local(value), "l")
    if get_language() in SMALL_WEEKDAYS:
        weekday = weekday.lower()
    whole = gettext("%(weekday)s %(moment)s %(zone)s")
    return (whole % {"weekday": weekday, "moment": moment(value), "zone": _unbroken(zone)}).rstrip()


@register.simple_tag
def period(start: date, end: date) -> str:
    """5 July – 15 August 2027; 12–19 April 2027: what both days share is said once."""
    return _period(start, end, get_language())


@lru_cache(maxsize=2_000)
def _period(start: date, end: date, _language: str | None) -> str:
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    first = formats.date_format(start, "MONTH_DAY_FORMAT") if start.year == end.year else day(start)
    return f"{_unbroken(first)} – {day(end)}"


@register.filter
def points(value: Decimal | None, places: int = 2) -> str:
    """51.20 in English, 51,20 in Russian and Belarusian; a dash where there is no number."""
    return "–" if value is None else _points(value, places, get_language())


@lru_cache(maxsize=2_000)
def _points(value: Decimal, places: int, _language: str | None) -> str:
    return formats.number_format(value, decimal_pos=places, use_l10n=True).replace("-", MINUS)


@register.filter
def parts(values: Iterable[Decimal]) -> SafeString:
    """A row's points by criterion as its cells, many times faster than a template of each: a page has 250."""
    language = get_language()
    cells = (f'<td class="{"part" if value else "zero"}">{_points(value, 2, language)}</td>' for value in values)
    return mark_safe("".join(cells))  # noqa: S308 -- numbers, and words of our own


@register.filter
def signed(value: Decimal, places: int = 2) -> str:
    """+0.01 or −0.01."""
    return f"+{points(value, places)}" if value > 0 else points(value, places)


@register.filter
def options(groups: Iterable[tuple[str | None, list[dict], int]]) -> SafeString:
    """The options of a select, many times faster than a template of each: a list of countries has 249."""
    parts = []
    for name, choices, _number in groups:
        shown = "".join(map(_option, choices))
        parts.append(f'<optgroup label="{conditional_escape(name)}">{shown}</optgroup>' if name else shown)
    return mark_safe("".join(parts))  # noqa: S308 -- every part is escaped


def _option(choice: dict) -> str:
    attributes = flatatt(choice["attrs"]) if choice["attrs"] else ""
    return f'<option value="{escape(choice["value"])}"{attributes}>{conditional_escape(choice["label"])}</option>'


@register.filter
def first_input(field: BoundField) -> str:
    """The id of what a link to a field must focus: in a group of choices that is the first of them."""
    is_group = isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if is_group else field.id_for_label or field.auto_id


@register.filter
def problems(form: BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def named_problems(field: BoundField) -> list[str]:
    """For the summary: the sentences at the field; one of Django's own does not say which field, so the label does."""
    return [
        f"{field.label}: {sentence}" if _is_anonymous(error, field.field) else sentence
        for error in field.errors.as_data()
        for sentence in error.messages
    ]


def _is_anonymous(error: ValidationError, field: Field) -> bool:
    kinds = [kind for kind in type(field).__mro__ if kind.__module__.startswith("django.")]
    own = [words for kind in kinds for words in vars(kind).get("default_error_messages", {}).values()]
    own += [getattr(validator, "message", None) for validator in field.validators]
    own += LIMITS.values()
    return any(error.message is words for words in own)


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK)
