from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls import above, mails
from mobility.calls.models import Call, RulesVersion
from mobility.calls.soundness import faults_of
from mobility.journal import actions as journal
from mobility.people.models import User

from .locks import locked_call

Content = Mapping[str, Any]


@transaction.atomic
def write(*, call: Call, content: Content, seen: int | None, by: User, at: datetime) -> RulesVersion:
    """The rules of a draft: half done is allowed, opening asks whether they are sound.

    `seen` is the number of the version that was looked at, and 0 where there was none.
    """
    call = _locked(call, seen)
    if not call.is_draft:
        raise ValidationError(_("The call is open: a change is a new version, with a reason."), code="opened-already")
    rules = call.rules_versions.first() or RulesVersion(call=call, number=1)
    rules.content, rules.made_by, rules.made_at = dict(content), by, at
    rules.save()
    journal.record(event="rules-written", of=call, by=by)
    return rules


@transaction.atomic
def write_anew(*, call: Call, content: Content, reason: str, seen: int | None, by: User, at: datetime) -> RulesVersion:
    """A new version for an opened call: all points are counted anew, and everyone concerned gets a letter."""
    call = _locked(call, seen)
    if call.is_draft:
        raise ValidationError(_("The call is a draft still: change its rules."), code="draft")
    if call.published_at:
        raise ValidationError(_("The results are published: the rules stay."), code="published-already")
    if not reason:
        raise ValidationError({"reason": ValidationError(_("Say why the rules change."), code="reason")})
    if faults := faults_of(content):
        raise ValidationError([ValidationError(fault, code="unsound") for fault in faults])
    latest = call.rules_versions.latest("number")
    if latest.content == content:
        raise ValidationError(_("Nothing in the rules has changed."), code="unchanged")
    rules = RulesVersion(
        call=call,
        number=latest.number + 1,
        content=dict(content),
        reason=reason,
        made_by=by,
        made_at=at,
        frozen_at=at,
    )
    rules.save()
    journal.record(event="rules-changed", of=call, by=by, reason=reason)
    above.recount(call)
    mails.tell_rules_changed(rules=rules, to=above.concerned(call))
    return rules


def _locked(call: Call, seen: int | None) -> Call:
    locked = locked_call(call)
    latest = locked.rules_versions.first()
    if seen is not None and (latest.number if latest else 0) != seen:
        raise ValidationError(_("The rules were changed meanwhile. Look again."), code="changed-meanwhile")
    return locked
