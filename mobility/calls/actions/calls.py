"""A call's own life: drafted, copied from last year's, revised, opened, its deadline moved for everyone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mobility.calls import above, mails, readiness
from mobility.calls.models import Call, Extension, RulesTemplate, RulesVersion
from mobility.journal import actions as journal
from mobility.people.models import Scale, User
from mobility.web.refusals import need
from selection.engine.lottery import commitment

from .locks import locked_before_results, locked_call, locked_draft

Facts = Mapping[str, Any]
"""Fields of a call: code, kind, academic year, titles and texts in three languages, dates, precedence, release."""

ADDRESS_OF_A_NEW_ONE = "new"
DATES = (
    "opens_at",
    "deadline",
    "verified_by",
    "points_from",
    "points_until",
    "protocols_by",
    "results_at",
    "answers_by",
)


@transaction.atomic
def draft(*, facts: Facts, template: RulesTemplate | None, by: User, at: datetime) -> Call:
    """With a template's rules, or with none yet."""
    if facts.get("code") == ADDRESS_OF_A_NEW_ONE:
        raise ValidationError({"code": ValidationError(_("This code is an address here: take another."), code="taken")})
    call = Call(**{"owner": by} | dict(facts))
    call.full_clean()
    call.save()
    if template:
        RulesVersion.objects.create(call=call, number=1, content=template.content, made_by=by, made_at=at)
    journal.record(event="call-drafted", of=call, by=by)
    return call


@transaction.atomic
def revise(*, call: Call, facts: Facts, by: User) -> Call:
    """Everything while it is a draft. Later its texts, and of its dates those after the deadline."""
    call = locked_call(call)
    if not call.is_draft and (kept := sorted(_changed(call, facts) - _later(facts))):
        names = {field.name: field.verbose_name for field in Call._meta.concrete_fields}
        raise ValidationError(
            _("The call is open: %(fields)s no longer change here."),
            code="opened-already",
            params={"fields": ", ".join(str(names[field]) for field in kept)},
        )
    for field, value in facts.items():
        setattr(call, field, value)
    call.full_clean()
    call.save()
    journal.record(event="call-revised", of=call, by=by)
    return call


def _changed(call: Call, facts: Facts) -> set[str]:
    return {field for field, value in facts.items() if getattr(call, field) != value}


def _later(facts: Facts) -> set[str]:
    texts = {field for field in facts if field.startswith(("title_", "replaces_", "costs_"))}
    return texts | {"owner", *DATES[2:]}


@transaction.atomic
def remove(*, call: Call, by: User) -> None:
    """Only a draft: of an opened call everything stays."""
    call = locked_draft(call)
    journal.record(event="call-removed", of=call, by=by)
    try:
        call.delete()
    except ProtectedError as used:
        raise ValidationError(
            _("A students' event was turned into this draft. Take it back on the event's page."),
            code="in-use",
        ) from used


@transaction.atomic
def open_call(*, call: Call, seed: str, by: User, at: datetime) -> Call:
    """Freezes the rules, commits to the lottery's seed (hex, drawn by the caller) and shows the call to everybody.

    The rules keep a copy of the tables that bring other scales onto ours. Refuses with everything that is missing at
    once.
    """
    call = locked_draft(call)
    if missing := readiness.missing(call, at=at):
        raise ValidationError([ValidationError(item.text, code=item.code) for item in missing])
    rules = call.rules_versions.get()
    rules.content, rules.frozen_at = rules.content | {"scales": Scale.objects.copied()}, at
    rules.save(update_fields=["content", "frozen_at"])
    call.seed, call.commitment = seed, commitment(bytes.fromhex(seed))
    call.opened_at, call.opened_by = at, by
    call.save(update_fields=["seed", "commitment", "opened_at", "opened_by"])
    journal.record(event="call-opened", of=call, by=by)
    return call


@transaction.atomic
def call_off(*, call: Call, reason: str, by: User, at: datetime) -> Call:
    """It does not take place: nothing in it is decided any more, and everyone concerned gets one letter."""
    call = locked_before_results(call)
    if call.is_draft:
        raise ValidationError(_("The call is a draft still: remove it."), code="draft")
    call.called_off_at, call.called_off_by, call.called_off_because = at, by, need(reason)
    call.save(update_fields=["called_off_at", "called_off_by", "called_off_because"])
    journal.record(event="called-off", of=call, by=by, reason=reason)
    mails.tell_called_off(call=call, to=above.concerned(call))
    return call


@transaction.atomic
def extend(*, call: Call, until: datetime, reason: str, seen: datetime, by: User, at: datetime) -> Extension:
    """The deadline, for everyone. The dates after it move only where they would come before it: then they are refused.

    `seen` is the deadline that the officer looked at: a second press, or another officer's, changes nothing twice.
    Everyone concerned gets one letter.
    """
    call = locked_call(call)
    if call.is_draft:
        raise ValidationError(_("The call is a draft still: change its dates."), code="draft")
    if call.deadline != seen:
        raise ValidationError(_("The deadline was moved meanwhile. Look again."), code="changed-meanwhile")
    if until <= max(call.deadline, at):
        raise ValidationError({"until": ValidationError(_("The new deadline is not later."), code="not-later")})
    if until > call.verified_by:
        raise ValidationError(
            {
                "until": ValidationError(
                    _("Achievements are to be checked earlier than that. Move the dates after the deadline first."),
                    code="dates-out-of-order",
                )
            }
        )
    extension = Extension(call=call, before=call.deadline, after=until, reason=reason, by=by, at=at)
    extension.full_clean()
    extension.save()
    call.deadline = until
    call.save(update_fields=["deadline"])
    journal.record(event="deadline-extended", of=call, by=by, reason=reason)
    mails.tell_extended(extension=extension, to=above.concerned(call))
    return extension
