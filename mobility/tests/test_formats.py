import datetime as dt

import pytest
from django.forms import DateField
from django.utils import formats, translation

MOMENT = dt.datetime(2027, 4, 28, 18, 5)  # noqa: DTZ001 -- formats know no zone


@pytest.mark.parametrize(
    ("language", "date", "moment", "month", "short"),
    [
        ("en", "28 April 2027", "28 April 2027, 18:05", "April 2027", "28 Apr 2027"),
        ("ru", "28 апреля 2027 г.", "28 апреля 2027 г., 18:05", "Апрель 2027 г.", "28.04.2027"),
        ("be", "28 красавіка 2027 г.", "28 красавіка 2027 г., 18:05", "Красавік 2027 г.", "28.04.2027"),
    ],
)
def test_dates_are_written_as_people_here_write_them(language, date, moment, month, short):
    with translation.override(language):
        written = [
            formats.date_format(MOMENT, name)
            for name in ("DATE_FORMAT", "DATETIME_FORMAT", "YEAR_MONTH_FORMAT", "SHORT_DATE_FORMAT")
        ]
    assert [text.replace("\xa0", " ") for text in written] == [date, moment, month, short]
    assert " " not in written[0]


@pytest.mark.parametrize(
    ("language", "number"), [("en", "20\xa0417.50"), ("ru", "20\xa0417,50"), ("be", "20\xa0417,50")]
)
def test_numbers_have_the_language_s_marks(language, number):
    with translation.override(language):
        assert formats.number_format(20417.5, 2, use_l10n=True, force_grouping=True) == number


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("typed", ["28.04.2027", "2027-04-28"])
def test_a_date_is_read_as_it_is_typed(language, typed):
    with translation.override(language):
        assert DateField(localize=True).clean(typed) == MOMENT.date()
