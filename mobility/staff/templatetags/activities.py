"""Rows of the lists and of the calendar: a page has dozens, and a template takes long."""

from html import escape as said
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now

from mobility.web.templatetags.ui import period

register = template.Library()


@register.simple_tag
def activity_row(row: dict[str, Any], staff: str, *, is_ticked: bool) -> SafeString:
    """`staff` is the room's address; `is_ticked` gives the row a box for what is done with many."""
    pk, name, form = row["pk"], said(row["name"]), said(row["form"])
    head = f'<a href="{staff}{pk}/">{name}</a>'
    if is_ticked:
        box = '<input class="form-check-input" type="checkbox" name="pk" value="{}" form="bulk" aria-label="{}"> '
        head = box.format(pk, name) + head
    if row["second"]:
        head += f"<small>{said(row['second'])}</small>"
    if row["is_guest"]:
        form = f"<span>{form}</span> <small>{said(_now('a guest'))}</small>"
    return mark_safe(  # noqa: S308 -- every part is escaped
        f'<tr><th scope="row">{head}</th><td>{form}</td>'
        f"<td><span>{said(row['host'])}</span> <small>{said(row['country'])}</small></td>"
        f"<td>{period(row['starts'], row['ends'])}</td><td>{row['pill']}</td></tr>"
    )


@register.simple_tag
def calendar_row(row: dict[str, Any], staff: str) -> SafeString:
    form = said(row["form"]) + (f" ({said(_now('a guest'))})" if row["is_guest"] else "")
    bar = "bar-second" if row["is_guest"] else "bar"
    return mark_safe(  # noqa: S308 -- every part is escaped
        f'<tr><th scope="row"><a href="{staff}{row["pk"]}/">{said(row["person"])}</a>'
        f"<small>{said(row['department'] or '')}</small></th>"
        f"<td><span>{form}</span> <small>{said(row['host'])}, {said(row['country'])}</small></td>"
        f"<td>{period(row['starts'], row['ends'])}</td>"
        '<td class="year-strip"><svg class="bars" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="{bar}" x="{row["x"]}" y="2" width="{row["width"]}" height="8"/></svg></td>'
        f"<td>{row['pill']}</td></tr>"
    )
