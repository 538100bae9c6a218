import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken

from mobility.people.adapters import SecondFactorAdapter

from .factories import UserFactory


@pytest.mark.django_db
def test_an_apps_key_is_not_stored_in_the_clear():
    person = UserFactory()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    stored = Authenticator.objects.get(user=person)
    assert "JBSWY3DPEHPK3PXP" not in str(stored.data)
    assert SecondFactorAdapter().decrypt(stored.data["secret"]) == "JBSWY3DPEHPK3PXP"


def test_a_new_site_key_still_reads_what_the_old_one_wrote(settings):
    written = SecondFactorAdapter().encrypt("secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert SecondFactorAdapter().decrypt(written) == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondFactorAdapter().decrypt(written)
