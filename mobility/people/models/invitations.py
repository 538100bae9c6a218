import re
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import InvitationQuerySet

from .users import CODE_LETTERS

SLIP_LENGTH = 12


def new_slip_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(SLIP_LENGTH))


def read_slip_code(typed: str) -> str:
    """As it was printed, however it was typed: case, spaces and hyphens do not matter."""
    return re.sub(r"[\s-]", "", typed).upper()


def digest(secret: str) -> str:
    """What the table keeps of a link's token or of a slip's code; worth nothing without the site's key."""
    return salted_hmac("mobility.people.invitation", secret, algorithm="sha256").hexdigest()


class Invitation(models.Model):
    """A way in for someone who has no password yet: by mail, or on a printed slip. It opens once."""

    class Way(models.TextChoices):
        MAIL = "mail", _("by mail")
        SLIP = "slip", _("on a printed slip")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name=_("person")
    )
    way = models.CharField(_("way"), max_length=4, choices=Way.choices)
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("opens until"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    accepted = models.BooleanField(_("accepted"), default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        triggers = [Journaled(without=["digest"], part_of="person")]
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_opens_for_a_while"),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(closed_at__isnull=False), name="accepted_invitation_is_closed"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at__isnull=True), name="one_open_invitation_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_way_display()}"
