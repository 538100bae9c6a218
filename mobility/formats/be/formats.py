"""Belarusian, which Django leaves with American dates: the same customs as Russian."""

DATE_FORMAT = "j\xa0E\xa0Y\xa0г."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j\xa0E\xa0Y\xa0г., H:i"
YEAR_MONTH_FORMAT = "F\xa0Y\xa0г."
MONTH_DAY_FORMAT = "j\xa0E"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
