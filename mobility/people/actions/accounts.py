from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people import mails
from mobility.people.models import Invitation, User

EMAIL_LINK_OPENS_FOR = 24 * 3600
EMAIL_SIGNER = TimestampSigner(salt="mobility.people.email-change")


@transaction.atomic
def block(*, person: User, by: User, reason: str) -> None:
    """Nobody signs in as them any more, and their sessions are over."""
    person = _locked(person)
    if not person.is_active:
        raise ValidationError(_("Sign-in is blocked already."), code="blocked-already")
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    journal.record(event="blocked", of=person, by=by, reason=reason)


@transaction.atomic
def unblock(*, person: User, by: User, reason: str) -> None:
    person = _locked(person)
    if person.is_active:
        raise ValidationError(_("Sign-in is not blocked."), code="not-blocked")
    person.is_active = True
    person.save(update_fields=["is_active"])
    journal.record(event="unblocked", of=person, by=by, reason=reason)


@transaction.atomic
def reset_second_factor(*, person: User, by: User, reason: str) -> None:
    """For someone who lost it, maybe with a browser left open: they sign in again, and add a new one if they must."""
    removed, _models = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise ValidationError(_("There is no second factor to take away."), code="no-second-factor")
    _end_sessions(person)
    journal.record(event="second-factor-reset", of=person, by=by, reason=reason)
    mails.send_notice(about="second-factor-reset", to=person)


@transaction.atomic
def request_email_change(*, person: User, email: str) -> None:
    """Mail a link to the new address. Whether somebody else has it is not said: then no letter goes out."""
    email = email.strip().lower()
    if email == person.email:
        raise ValidationError(_("This is your e-mail already."), code="same-email")
    if User.objects.filter(email=email).exists():
        return
    token = EMAIL_SIGNER.sign_object({"person": person.pk, "old": person.email, "new": email})
    mails.send_email_change(person=person, address=email, token=token)


@transaction.atomic
def change_email(*, person: User, token: str, at: datetime) -> User:
    """By the link from the letter, which works once: it names the address that it replaces."""
    try:
        asked = EMAIL_SIGNER.unsign_object(token, max_age=EMAIL_LINK_OPENS_FOR)
    except BadSignature:
        asked = None
    out_of_date = _("This link is used or out of date. Ask for a new one.")
    person = _locked(person)
    is_theirs = asked is not None and (asked["person"], asked["old"]) == (person.pk, person.email)
    if not is_theirs or User.objects.filter(email=asked["new"]).exists():
        raise ValidationError(out_of_date, code="closed")
    old, person.email = person.email, asked["new"]
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError as taken:  # by somebody who confirmed it at this very moment
        raise ValidationError(out_of_date, code="closed") from taken
    email_changed(person=person, old=old, by=person, at=at)
    return person


def email_changed(*, person: User, old: str | None, by: User, at: datetime) -> None:
    """What follows, whoever did it: whoever reads the old address opens no account from it, and is told."""
    person.invitations.filter(closed_at__isnull=True, way=Invitation.Way.MAIL).update(closed_at=at)
    journal.record(event="email-changed", of=person, by=by)
    if old:
        mails.send_email_changed(person=person, old_address=old)


def _end_sessions(person: User) -> None:
    """Those that could be taken up again."""
    for session in UserSession.objects.filter(user=person):
        session.end()


def _locked(person: User) -> User:
    locked: User = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return locked
