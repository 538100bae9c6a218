from datetime import date, datetime

from django import forms
from django.utils import translation

from mobility.web.inputs import day_field, moment_field, text_field


class Entered(forms.Form):
    day = day_field("Day")
    moment = moment_field("Moment")
    text = text_field("Text", max_length=5)


def test_what_was_there_is_shown_as_the_browser_s_picker_reads_it_in_every_language():
    with translation.override("ru"):
        form = Entered(initial={"day": date(2026, 11, 3), "moment": datetime(2026, 11, 3, 18, 0)})  # noqa: DTZ001 -- as shown
        shown = [str(form[name]) for name in ("day", "moment")]
    assert 'type="date" name="day" value="2026-11-03"' in shown[0]
    assert 'type="datetime-local" name="moment" value="2026-11-03T18:00"' in shown[1]


def test_a_text_has_an_end():
    assert Entered({"day": "2026-11-03", "moment": "2026-11-03T18:00", "text": "longer"}).errors.keys() == {"text"}
