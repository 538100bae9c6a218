"""Rows of agreements and of parity: a page has fifty, and a template takes long over each."""

from html import escape as said
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mobility.web.charts import Bars
from mobility.web.templatetags.ui import day, pill
from partners.parity import Balance

register = template.Library()


@register.simple_tag
def agreement_row(row: dict[str, Any], start: str, words: dict[str, str]) -> SafeString:
    """`start` is the address of all; `words` name the days that fold on a phone, and a draft without a number."""
    return mark_safe(  # noqa: S308 -- every part is escaped
        f"<tr>{_agreement(row, start, words)}<td>{pill(row['pill'], row['word'], row['icon'])}</td>"
        f'<td data-label="{said(words["signed"])}">{day(row["signed_on"])}</td>'
        f'<td data-label="{said(words["until"])}">{day(row["last_day"])}</td><td>{said(row["owner"])}</td></tr>'
    )


@register.simple_tag
def expiring_row(row: dict[str, Any], start: str, words: dict[str, str]) -> SafeString:
    left = str(row["days_left"])
    return mark_safe(  # noqa: S308 -- every part is escaped
        f'<tr>{_agreement(row, start, words)}<td data-label="{said(words["until"])}">{day(row["last_day"])}</td>'
        f"<td>{said(str(row['renewal_word']))}</td><td>{said(row['owner'])}</td>"
        f'<td class="number deciding">{left if row["urgency"] == "plain" else pill(row["urgency"], left)}</td></tr>'
    )


def _agreement(row: dict[str, Any], start: str, words: dict[str, str]) -> str:
    name = f"№ {said(row['number'])}" if row["number"] else said(words["draft"])
    subject = f"<small>{said(row['subject'])}</small>" if row["subject"] else ""
    head = f'<th scope="row"><a href="{start}{row["pk"]}/">{name}</a>{subject}</th>'
    return f"{head}<td>{said(', '.join(row['partner_names']))}</td>"


@register.simple_tag
def parity_row(bar: Bars, partner: Balance, start: str, words: dict[str, str]) -> SafeString:
    """`start` is the address of all partners; without `went` among the `words` nobody went or came."""
    link = f'<a href="{start}{said(partner.code)}/">{said(partner.name)}</a>'
    return mark_safe(f'<tr><th scope="row">{link}</th><td>{_drawn(bar)}</td>{_numbers(partner, words)}</tr>')  # noqa: S308 -- every part is escaped


@register.simple_tag
def parity_numbers(total: Balance, words: dict[str, str]) -> SafeString:
    return mark_safe(_numbers(total, words))  # noqa: S308 -- every part is escaped


def _drawn(bar: Bars) -> str:
    return (
        '<svg class="bars" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="bar" width="{bar.first_length}" height="10"/>'
        f'<rect class="bar-second" y="13" width="{bar.second_length}" height="10"/></svg>'
    )


def _numbers(balance: Balance, words: dict[str, str]) -> str:
    cells = _cell(words["seats_out"], str(balance.seats_out)) + _cell(words["seats_in"], str(balance.seats_in))
    if "went" not in words:
        return cells
    went, came = _people(balance.went, balance.told_out), _people(balance.came, balance.told_in)
    return cells + _cell(words["went"], went) + _cell(words["came"], came)


def _people(number: int, told: str) -> str:
    return f"<span>{number}</span>" + (f" <small>{said(told)}</small>" if told else "")


def _cell(word: str, content: str) -> str:
    return f'<td class="number" data-label="{said(word)}">{content}</td>'
