"""What follows here from signals of packages and of web."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.web.signals import language_chosen


@receiver(authenticator_added)
def count_a_new_factor_as_shown(*, request, user, authenticator, **_others) -> None:
    """Whoever has just added a factor has used it to do so."""
    journal.record(event="second-factor-added", of=user, by=user, reason=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)


@receiver(authenticator_removed)
def journal_a_removed_factor(*, user, authenticator, **_others) -> None:
    journal.record(event="second-factor-removed", of=user, by=user, reason=authenticator.type)


@receiver(language_chosen)
def keep_the_language(*, user, language, **_others) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


@receiver(authenticator_reset)
def journal_new_recovery_codes(*, user, **_others) -> None:
    journal.record(event="recovery-codes-renewed", of=user, by=user)
