"""The fields above a list. Drawn as forms draw theirs they cost as much as the list's rows."""

from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, DateInput, NumberInput, Select, TextInput, Widget
from django.forms.models import ModelChoiceIterator
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def filter_field(field: BoundField) -> SafeString:
    """As bootstrap5/field.html draws it, for the kinds that filters have; of any other kind, by that template."""
    draw = DRAWN.get(type(field.field.widget))
    if draw is None or field.help_text:
        return render_to_string("bootstrap5/field.html", {"field": field, "is_filter": True})
    return draw(field)


def _text(field: BoundField) -> SafeString:
    widget = field.field.widget
    value = widget.format_value(field.value())
    attributes = _attributes(field, "form-control", type=widget.input_type, value=value)
    return _labelled(field, "field-text", format_html("<input{}>", attributes))


def _select(field: BoundField) -> SafeString:
    chosen = {str(value) for value in field.field.widget.format_value(field.value())}
    drawn = "".join(_options(_choices(field.field), chosen))
    select = f"<select{_attributes(field, 'form-select')}>{drawn}</select>"
    return _labelled(field, "field-select", mark_safe(select))  # noqa: S308 -- every part is escaped


def _choices(field: Any) -> Any:
    """Rows are few and read at once: Django's iterator opens a cursor for them, fetches twice and closes it."""
    choices = field.widget.choices
    if not isinstance(choices, ModelChoiceIterator):
        return choices
    empty = [] if field.empty_label is None else [("", field.empty_label)]
    return [*empty, *map(choices.choice, choices.queryset.all())]


def _options(choices: Any, chosen: set[str]) -> list[str]:
    drawn, flat = [], []
    for value, label in choices:
        if isinstance(label, list | tuple):
            drawn.append(f'<optgroup label="{escape(str(value))}">{"".join(_options(label, chosen))}</optgroup>')
        else:
            flat.append(("" if value is None else str(value), str(label)))
            drawn.append("")
    if len(flat) == len(drawn):
        return [_drawn(tuple(flat), frozenset(chosen))]
    alone = iter(flat)
    return [group or _drawn((next(alone),), frozenset(chosen)) for group in drawn]


@lru_cache(maxsize=500)
def _drawn(choices: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> str:
    """Lists offer the same countries and kinds over and over."""
    parts = []
    for key, label in choices:
        selected = " selected" if key in chosen else ""
        parts.append(f'<option value="{escape(key)}"{selected}>{escape(label)}</option>')
    return "".join(parts)


def _checkbox(field: BoundField) -> SafeString:
    widget: Any = field.field.widget
    attributes = _attributes(field, "form-check-input", type="checkbox", checked=widget.check_test(field.value()))
    return format_html(
        '<div id="div_{}" class="field{}">{}<div class="form-check"><input{}>'
        '<label class="form-check-label" for="{}">{}</label></div></div>',
        *(field.auto_id, _wrong(field), _errors(field), attributes, field.id_for_label, field.label),
    )


DRAWN = {TextInput: _text, NumberInput: _text, DateInput: _text, Select: _select, CheckboxInput: _checkbox}


def _labelled(field: BoundField, kind: str, control: SafeString) -> SafeString:
    return format_html(
        '<div id="div_{}" class="field {}{}"><label for="{}">{}</label>{}{}</div>',
        *(field.auto_id, kind, _wrong(field), field.id_for_label, field.label, _errors(field), control),
    )


def _attributes(field: BoundField, css: str, **own: Any) -> str:
    widget: Widget = field.field.widget
    given = field.build_widget_attrs(widget.attrs | {"id": field.auto_id}, widget)
    css = f"{css} {given['class']}" if given.get("class") else css
    whole = {"name": field.html_name} | own | given | {"class": css}
    return flatatt({name: value for name, value in whole.items() if value is not None})


def _wrong(field: BoundField) -> str:
    return " field-wrong" if field.errors else ""


def _errors(field: BoundField) -> str:
    return render_to_string("bootstrap5/layout/field_errors_block.html", {"field": field}) if field.errors else ""
