import pytest
from django.core.exceptions import ValidationError

from partners.models.identifiers import bare_ror, ror_check_digits, validate_language, validate_ror, validate_schac


@pytest.mark.parametrize("ror", ["02yqqv993", "058h74p94", "012eh0r35"])
def test_true_ror_ids_pass(ror):
    assert validate_ror(ror) is None
    assert ror_check_digits(ror[:7]) == ror[7:]


@pytest.mark.parametrize(
    ("ror", "code"),
    [
        ("02yqqv994", "ror-check-digits"),
        ("02yqvq993", "ror-check-digits"),
        ("058h74q94", "ror-check-digits"),
        ("12yqqv993", "ror-syntax"),
        ("02yqqu993", "ror-syntax"),
        ("02yqqv99", "ror-syntax"),
        ("02yqqv993\n", "ror-syntax"),
        ("", "ror-syntax"),
    ],
)
def test_a_mistyped_ror_id_is_refused(ror, code):
    with pytest.raises(ValidationError) as refusal:
        validate_ror(ror)
    assert refusal.value.code == code


@pytest.mark.parametrize("pasted", ["https://ror.org/02yqqv993", "ror.org/02YQQV993/", " 02yqqv993 "])
def test_a_pasted_ror_address_becomes_the_bare_id(pasted):
    assert bare_ror(pasted) == "02yqqv993"


@pytest.mark.parametrize("schac", ["bsmu.by", "nagasaki-u.ac.jp", "xn--80ak6aa92e.com"])
def test_a_domain_is_a_schac_id(schac):
    assert validate_schac(schac) is None


@pytest.mark.parametrize(
    "schac", ["bsmu", "http://bsmu.by", "BSMU.by", "-u.ac.jp", "u-.ac.jp", "a..jp", "бгму.бел", ""]
)
def test_what_is_no_domain_is_no_schac_id(schac):
    with pytest.raises(ValidationError) as refusal:
        validate_schac(schac)
    assert refusal.value.code == "schac-syntax"


@pytest.mark.parametrize("tag", ["ru", "zh-Hans", "sr-Latn-RS", "es-419", "tk"])
def test_a_language_tag(tag):
    assert validate_language(tag) is None


@pytest.mark.parametrize("tag", ["RU", "russian", "zh-hans", "ru_RU", "r", ""])
def test_no_language_tag(tag):
    with pytest.raises(ValidationError) as refusal:
        validate_language(tag)
    assert refusal.value.code == "language-tag"
