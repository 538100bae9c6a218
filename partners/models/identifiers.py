"""What the world calls an institution by: ROR and SCHAC ids, language tags."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ROR_PATTERN = r"\A0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}\Z"
ROR_ADDRESS = "https://ror.org/"
SCHAC_PATTERN = r"\A([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z"
LANGUAGE_PATTERN = r"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z"


def bare_ror(text: str) -> str:
    """The id alone, however it was pasted: as an address, or in capital letters."""
    return text.strip().lower().rstrip("/").rpartition("/")[2]


def ror_check_digits(body: str) -> str:
    """Two digits by ISO 7064 (mod 97-10) of the seven signs before them, read as a number in Crockford's base 32."""
    number = 0
    for sign in body:
        number = number * 32 + CROCKFORD.index(sign)
    return f"{98 - number * 100 % 97:02}"


def validate_ror(value: str) -> None:
    RegexValidator(
        ROR_PATTERN,
        _("A ROR id is nine signs long, begins with 0 and ends with two digits: 02yqqv993."),
        code="ror-syntax",
    )(value)
    if ror_check_digits(value[:7]) != value[7:]:
        raise ValidationError(
            _("The last two digits do not fit the rest of this ROR id: something in it is mistyped."),
            code="ror-check-digits",
        )


validate_schac = RegexValidator(
    SCHAC_PATTERN,
    _("A SCHAC id is the institution's own domain in small letters: nagasaki-u.ac.jp."),
    code="schac-syntax",
)
validate_language = RegexValidator(
    LANGUAGE_PATTERN, _("A language is written as its tag: ru, ja, zh-Hans."), code="language-tag"
)
