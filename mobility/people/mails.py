from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Invitation, User
from mobility.post.actions import queue

# What the sign-in package has to tell, by the name of its own template.
NOTICES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was changed by a link from a letter."),
    "account/email/password_set": _("A password was set for you."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones no longer work."),
    "mfa/email/totp_activated": _("An authenticator app was added as your second factor."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed as your second factor."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "socialaccount/email/account_connected": _("Your university account was connected; you can sign in with it."),
    "socialaccount/email/account_disconnected": _("Your university account was disconnected."),
    "second-factor-reset": _("An administrator took your second factor away. Add a new one when you sign in."),
}


def send_notice(*, about: str, to: User) -> None:
    """Tell someone what was done to their account, if there is an address to tell it to."""
    if to.email:
        queue(template="people/mail/notice", to=to, context={"what": NOTICES[about]})


def send_invitation(*, invitation: Invitation, token: str) -> None:
    path = reverse("invitation-accept", args=[token])
    context = {"invitation": invitation, "link": f"{settings.SITE_URL}{path}"}
    queue(template="people/mail/invitation", to=invitation.person, context=context, secret=True)


def send_password_reset(*, person: User) -> None:
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    link = f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=key)}"
    queue(template="people/mail/password_reset", to=person, context={"link": link}, secret=True)


def send_email_change(*, person: User, address: str, token: str) -> None:
    """To the new address, which has to prove that it is theirs."""
    link = f"{settings.SITE_URL}{reverse('email-confirm', args=[token])}"
    context = {"person": person, "link": link}
    queue(template="people/mail/email_change", to=address, context=context, language=person.language, secret=True)


def send_email_changed(*, person: User, old_address: str) -> None:
    """To the old address: whoever reads it may not have asked for this."""
    queue(template="people/mail/email_changed", to=old_address, context={"person": person}, language=person.language)
