import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

from mobility.post.models import Letter

pytestmark = pytest.mark.django_db
OUTBOX = "mobility.post.outbox.Outbox"


def test_is_the_sites_backend():
    from mobility import settings

    assert settings.EMAIL_BACKEND == OUTBOX


def test_what_a_package_sends_is_queued_as_secret_letters():
    message = EmailMultiAlternatives(
        "Reset\nit", "Follow https://x/", to=["a@example.org", "b@example.org"], connection=get_connection(OUTBOX)
    )
    message.attach_alternative("<p>Follow</p>", "text/html")
    assert message.send() == 1
    assert list(Letter.objects.order_by("id").values_list("recipient", "subject", "text", "html", "secret")) == [
        ("a@example.org", "Reset it", "Follow https://x/\n", "<p>Follow</p>", True),
        ("b@example.org", "Reset it", "Follow https://x/\n", "<p>Follow</p>", True),
    ]


def test_attachments_are_refused():
    message = EmailMessage("s", "t", to=["a@example.org"], connection=get_connection(OUTBOX))
    message.attach("a.txt", "x", "text/plain")
    with pytest.raises(ValueError, match="attachments"):
        message.send()
