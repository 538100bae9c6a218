from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from mobility.people.models import User


class SignInName(BaseBackend):
    """Knows a person by e-mail or record-book number and password; rights come by role, not from here."""

    def authenticate(self, request, *, sign_in_name: str = "", password: str = "") -> User | None:  # noqa: ARG002 -- Django's signature
        person = User.objects.by_sign_in_name(sign_in_name)
        if person is None:
            make_password(password)  # as much work as for someone who exists
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> User | None:
        try:
            return User.objects.get(pk=user_id, is_active=True)
        except User.DoesNotExist:
            return None
