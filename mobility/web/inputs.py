"""Form fields that many rooms have: days and moments by the browser's own picker, and text of several lines."""

from typing import Any

from django import forms


def day_field(label: Any, **options: Any) -> forms.DateField:
    picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "width-20"})
    return forms.DateField(label=label, widget=picker, **options)


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """The zone is the university's."""
    picker = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "width-20"})
    return forms.DateTimeField(label=label, widget=picker, **options)


def text_field(label: Any, *, max_length: int = 5000, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": 3}), **options)
