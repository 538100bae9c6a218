"""What pages, letters and refusals say of rules and of what is missing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from mobility.people.marks import on_paper
from mobility.people.models.students import Funding
from mobility.students.completeness import Gap
from mobility.students.openings import Requirement
from mobility.web.templatetags.ui import points

RULES: Mapping[str, str | Promise] = {
    "open": _("Places for your faculty"),
    "debts": _("Debts"),
    "sanctions": _("Sanctions in force"),
    "leave": _("On leave"),
    "course": _("Course year"),
    "specialty": _("Specialty"),
    "citizenship": _("Citizenship"),
    "funding": _("Funding"),
    "mark_scale": _("Mean mark"),
    "mean_mark": _("Mean mark"),
    "language": _("Language"),
}
MUST_BE_NONE = {"debts", "sanctions"}

# As they stand within a sentence: decided by …
TIE_RULES: Mapping[str, str | Promise] = {
    "mean_mark": _("the mean mark"),
    "science": _("points for science"),
    "language": _("points for languages"),
    "social": _("points for social activity"),
    "personal": _("points for personal achievements"),
    "no_earlier_mobility": _("no earlier mobility"),
    "course": _("the higher course year"),
    "lottery": _("the lot"),
}

GAPS: Mapping[str, str | Promise] = {
    "no-phone": _("Enter a telephone number at which you can be reached."),
    "no-marks": _("There are no marks of yours yet. Ask the dean's office: they come from its roster."),
    "unmapped-marks": _("Some of your marks have no place on our scale yet. Ask the dean's office."),
    "no-choices": _("Choose at least one destination."),
    "not-eligible": _("%(what)s is not open to you any more: remove it from your list."),
    "no-evidence": _("“%(what)s” has no document that proves it: attach one, or remove the achievement."),
    "no-consent": _("Agree to the processing of your data."),
    "no-consent-abroad": _("Agree to sending your data to: %(what)s."),
}


def sentence_of(gap: Gap) -> str:
    code, what = gap.code, gap.what
    if code == "no-consent" and what.country:
        code, what = "no-consent-abroad", what.country_name
    return str(GAPS[code]) % {"what": what}


def failed(rule: str, required_of: int | str, actual_of: int | str, *, of: str = "") -> str:
    """One rule that was not met: what the applicant has, and what it takes. `of` is the language of a level."""
    if rule == "open":
        return gettext("There is no place for the faculty.")
    requirement = Requirement(rule, required_of, actual_of, is_met=False, of=of)
    told = gettext("%(rule)s: %(actual)s. Required: %(required)s.")
    words = {"rule": rule_name(requirement), "actual": actual(requirement), "required": required(requirement)}
    return told % words


def rule_name(requirement: Requirement) -> str:
    if requirement.rule == "language":
        return language_name(requirement.of)
    return str(RULES[requirement.rule])


def required(requirement: Requirement) -> str:
    rule, value = requirement.rule, requirement.required
    if rule in MUST_BE_NONE:
        return gettext("none")
    if rule == "leave":
        return gettext("no")
    if rule == "mean_mark":
        return gettext("from %(mark)s") % {"mark": points(on_paper(value))}
    if rule == "mark_scale":
        return gettext("marks on our scale")
    if rule == "language":
        return gettext("from %(level)s") % {"level": value}
    return _named(rule, value)


def actual(requirement: Requirement) -> str:
    rule, value = requirement.rule, requirement.actual
    if rule == "leave":
        return gettext("yes") if value else gettext("no")
    if rule == "mean_mark":
        return str(points(on_paper(value)))
    if rule == "mark_scale":
        return gettext("no mean mark yet")
    if rule == "language":
        return str(value) or gettext("no certificate named")
    return _named(rule, value) or "–"


def _named(rule: str, value: object) -> str:
    """Codes of countries and of funding in words, one or several of them."""
    codes = str(value).split(", ")
    if rule == "citizenship":
        return ", ".join(str(countries.name(code)) or code for code in codes)
    if rule == "funding":
        labels = dict(Funding.choices)
        return ", ".join(str(labels.get(code, code)) for code in codes)
    return str(value)


def language_name(tag: str) -> str:
    """In the reader's language; a tag that nobody knows stands as it is."""
    try:
        return capfirst(gettext(get_language_info(tag)["name"]))
    except KeyError:
        return tag
