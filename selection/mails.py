from django.conf import settings
from django.urls import reverse

from mobility.people.context import current
from mobility.post.actions import queue
from mobility.students.models import Application


def send_points(*, application: Application) -> None:
    """Points are not in it: they stand on the student's own page."""
    link = f"{settings.SITE_URL}{reverse('home')}"
    context = {"application": application, "call": application.call, "university": current(), "link": link}
    queue(template="selection/mail/points", to=application.student, context=context)
