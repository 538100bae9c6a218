"""Rows of people and of students: a page has fifty, and a template takes long over each."""

from functools import lru_cache
from html import escape as said
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from mobility.web.templatetags.ui import day, points

register = template.Library()


@register.simple_tag
def person_row(row: dict[str, Any], words: dict[str, str], may_mark: bool) -> SafeString:  # noqa: FBT001 -- a template's argument
    """`may_mark` puts a box beside the person, for the slips to print."""
    seen = said(words["blocked"]) if row["blocked"] else day(row["seen"]) or "–"
    return mark_safe(  # noqa: S308 -- every part is escaped
        f"<tr>{_head(row['pk'], row['name'], row['latin'])}<td>{said(row['place'])}</td><td>{said(row['roles'])}</td>"
        f"<td>{said(row['sign_in_name'])}</td><td>{seen}</td>{_box(row['pk'], row['name']) if may_mark else ''}</tr>"
    )


@register.simple_tag
def student_row(row: dict[str, Any], words: dict[str, str], may_mark: bool) -> SafeString:  # noqa: FBT001 -- a template's argument
    specialty = f" <small>{said(row['specialty'])}</small>" if row["specialty"] else ""
    group = f" · {said(row['group'])}" if row["group"] else ""
    return mark_safe(  # noqa: S308 -- every part is escaped
        f"<tr>{_head(row['key'], row['name'], row['latin'])}<td>{said(row['person__record_book'] or '–')}</td>"
        f"<td><span>{said(row['faculty'])}</span>{specialty}</td><td>{row['course_year']}{group}</td>"
        f'<td class="number">{points(row["mean"])}</td><td>{_to_settle(row, words)}</td>'
        f"{_box(row['key'], row['name']) if may_mark else ''}</tr>"
    )


def _to_settle(row: dict[str, Any], words: dict[str, str]) -> str:
    settled = said(row["left"])
    if row["is_on_leave"]:
        settled += said(words["on_leave"])
    if row["debts"]:
        settled += f'<span class="nowrap"> {said(_debts(row["debts"], get_language()))}</span>'
    if row["gaps"]:
        settled += f" <small>{said(row['gaps'])}</small>"
    return settled


@lru_cache(maxsize=200)
def _debts(count: int, _language: str | None) -> str:
    """Rows say the same few numbers."""
    return ngettext("%(count)s debt", "%(count)s debts", count) % {"count": count}


def _head(key: str, name: str, latin: str) -> str:
    small = f"<small>{said(latin)}</small>" if latin else ""
    return f'<th scope="row"><a href="{key}/">{said(name)}</a>{small}</th>'


def _box(key: str, name: str) -> str:
    return (
        '<td class="check"><input class="form-check-input" type="checkbox" form="slips" name="person" '
        f'value="{key}" aria-label="{said(name)}"></td>'
    )
