from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from mobility.people.context import current
from mobility.post.actions import queue
from mobility.students.models import Application
from selection.records import Difference


def send_record(*, application: Application, differences: Sequence[Difference], reason: str) -> None:
    link = f"{settings.SITE_URL}{application.get_absolute_url()}"
    told = {"application": application, "call": application.call, "link": link}
    context = told | {"differences": differences, "reason": reason}
    queue(template="selection/mail/record", to=application.student, context=context)


def send_points(*, application: Application) -> None:
    """Points are not in it: they stand on the student's own page."""
    link = f"{settings.SITE_URL}{reverse('home')}"
    context = {"application": application, "call": application.call, "university": current(), "link": link}
    queue(template="selection/mail/points", to=application.student, context=context)
