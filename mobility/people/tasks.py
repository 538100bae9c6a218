from django.db import transaction
from django_tasks import task

from mobility.people import mails
from mobility.people.models import User


@task()
@transaction.atomic
def answer_forgotten_password(email: str) -> None:
    """Done by the worker, so that the page does the same work whether or not someone has this e-mail."""
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is not None:
        mails.send_password_reset(person=person)
