"""Rows of the ranking and of the queue, and options of a claim's selects: a page has dozens, a template takes long."""

from collections.abc import Iterable
from html import escape as said
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mobility.web.templatetags.ui import parts, pill, points
from selection.ranking import Line

register = template.Library()


@register.simple_tag
def ranking_row(line: Line, verify_at: str, rank: str, reserve: SafeString) -> SafeString:
    """`verify_at` is where applicants are read, or nothing for who may not; `reserve` is that pill."""
    tie = f'<span class="tag">{said(line.tie)}</span>' if line.tie else ""
    place = pill("warn", line.not_read) if line.not_read else ""
    if line.host:
        place += f"<strong>{said(line.host)}</strong><small>{said(line.choice)}</small>"
    else:
        place += "" if line.not_read else reserve
        place += f"<small>{said(line.waits)}</small>" if line.waits else ""
    return mark_safe(  # noqa: S308 -- every part is escaped
        f'<tr><th scope="row">{_name(line.name, line.number, verify_at)}<small>{said(line.study)}</small>{tie}</th>'
        f'<td class="number" data-label="{said(rank)}">{line.place}</td>{parts(line.parts)}'
        f'<td class="number deciding">{points(line.points)}</td><td>{place}</td></tr>'
    )


@register.simple_tag
def queue_row(row: dict[str, Any], verify_at: str, heads: dict[str, Any]) -> SafeString:
    """`heads` are the words of the columns that fold on a phone, `of` and the pills of the states."""
    link = "" if row["stays_out"] else verify_at
    read = heads["of"] % {"done": row["claims_read"], "whole": row["claims_count"]}
    return mark_safe(  # noqa: S308 -- every part is escaped
        f'<tr><th scope="row">{_name(row["name"], row["number"], link)}<small>{said(row["number"])}</small></th>'
        f"<td>{said(row['specialty'])}</td>"
        f'<td class="number" data-label="{said(heads["year"])}">{row["course_year"]}</td>'
        f'<td class="number" data-label="{said(heads["mark"])}">{points(row["mark"])}</td>'
        f'<td class="number" data-label="{said(heads["read"])}">{said(read)}</td>'
        f'<td class="number deciding">{points(row["points"])}</td><td>{heads["states"][row["shown_as"]]}</td></tr>'
    )


def _name(name: str, number: str, verify_at: str) -> str:
    return f'<a href="{said(verify_at)}{said(number)}/">{said(name)}</a>' if verify_at else said(name)


@register.filter
def options_with(choices: Iterable[tuple[str, ...]], chosen: str | None) -> SafeString:
    """Of a select: value and label, and of a reason its sentence, which fills the text beside it."""
    drawn = []
    for value, label, *sentence in choices:
        text = f' data-text="{said(sentence[0])}"' if sentence else ""
        selected = " selected" if value == chosen else ""
        drawn.append(f'<option value="{said(value)}"{text}{selected}>{said(label)}</option>')
    return mark_safe("".join(drawn))  # noqa: S308 -- every part is escaped
