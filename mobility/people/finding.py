"""One of our staff, found by the words that were typed; for the forms of the rooms above."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.people.models import User


def one_of_staff(text: str) -> User:
    """The e-mail or the full name decides, else the words if they fit one person alone."""
    found = list(User.objects.of_staff().search(text).filter(is_active=True)[:4])
    exact = [person for person in found if text.lower() in ((person.email or ""), str(person).lower())]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise ValidationError(_("Nobody of our staff is called that. Write the e-mail."), code="nobody")
    names = ", ".join(f"{person} ({person.email})" for person in found[:3])
    raise ValidationError(_("Several people match: %(names)s. Write the e-mail.") % {"names": names}, code="many")
