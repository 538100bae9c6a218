import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people import mails
from mobility.people.models import Invitation, RoleKind, User
from mobility.people.models.invitations import SLIP_LENGTH, digest, new_slip_code

LINK_OPENS_FOR = timedelta(days=7)
SLIP_OPENS_FOR = timedelta(days=30)


@transaction.atomic
def invite(*, person: User, by: User, at: datetime) -> Invitation:
    """Mail a link that opens once; earlier invitations of the person close."""
    _require_active(person)
    if not person.email:
        raise ValidationError(
            _("%(person)s has no e-mail. Print a sign-in slip.") % {"person": person}, code="no-email"
        )
    token = secrets.token_urlsafe(32)
    invitation = _open(person=person, way=Invitation.Way.MAIL, secret=token, lasts=LINK_OPENS_FOR, by=by, at=at)
    mails.send_invitation(invitation=invitation, token=token)
    return invitation


@transaction.atomic
def print_slip(*, person: User, by: User, at: datetime) -> tuple[Invitation, str]:
    """The invitation and the code for the paper, which is kept nowhere else; earlier invitations close."""
    _require_active(person)
    if not person.sign_in_name:
        raise ValidationError(
            _("%(person)s has neither an e-mail nor a record-book number to sign in with.") % {"person": person},
            code="no-sign-in-name",
        )
    code = new_slip_code()
    secret = f"{person.pk}:{code}"
    invitation = _open(person=person, way=Invitation.Way.SLIP, secret=secret, lasts=SLIP_OPENS_FOR, by=by, at=at)
    return invitation, "-".join(code[start : start + 4] for start in range(0, SLIP_LENGTH, 4))


def close_those_for_mere_students(*, person: User, at: datetime) -> None:
    """A way in that a dean's office opened to a student must not open what that person is given now."""
    administrators = User.objects.holding(RoleKind.ADMINISTRATOR, on=localdate(at))
    person.invitations.filter(closed_at__isnull=True).exclude(created_by__in=administrators).update(closed_at=at)


def _require_active(person: User) -> None:
    if not person.is_active:
        raise ValidationError(_("Sign-in is blocked for %(person)s.") % {"person": person}, code="blocked")


def _open(*, person: User, way: str, secret: str, lasts: timedelta, by: User, at: datetime) -> Invitation:
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    person.invitations.filter(closed_at__isnull=True).update(closed_at=at)
    invitation = Invitation.objects.create(
        person=person, way=way, digest=digest(secret), created_by=by, created_at=at, expires_at=at + lasts
    )
    journal.record(event="invited", of=invitation, by=by)
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, password: str, at: datetime) -> User:
    """Set the person's password and tell them; the invitation closes, and so do sessions under an older password."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    person = invitation.person
    if invitation.closed_at is not None or invitation.expires_at <= at or not person.is_active:
        raise ValidationError(_("This invitation is used or out of date. Ask for a new one."), code="closed")
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.closed_at, invitation.accepted = at, True
    invitation.save(update_fields=["closed_at", "accepted"])
    journal.record(event="invitation-accepted", of=invitation, by=person)
    mails.send_notice(about="account/email/password_set", to=person)
    return person
