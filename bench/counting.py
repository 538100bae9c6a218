"""Run with the product's settings as `python -m bench.counting 60`: signs the sample's people in, and counts what each
page asks of the database. The number is how often an act is to be repeated.

Prints JSON. It stands outside the product, which needs no switch for being counted.
"""

import django

django.setup()

import json  # noqa: E402 -- what needs Django comes after it
import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.pages import Competition, Page, named_pages  # noqa: E402
from bench.sessions import session_of  # noqa: E402
from mobility.calls.models import Call  # noqa: E402
from mobility.people.models import User  # noqa: E402
from mobility.sample.people import DOMAIN  # noqa: E402
from mobility.students.models import Application  # noqa: E402

FACULTY, OFFICE = "general", "office.general"
WARMING_UP = 2


class Counter:
    """Statements sent, and the rows that came back."""

    def __init__(self) -> None:
        self.queries = self.rows = 0

    def __call__(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        self.queries += 1
        if context["cursor"].description:
            self.rows += max(context["cursor"].rowcount, 0)
        return answer


def count(page: Page, session: str) -> dict:
    client = Client(raise_request_exception=False)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    counter = Counter()
    for number, asked in enumerate((Counter(), counter), start=1):  # what is read once a process is no page's price
        with connection.execute_wrapper(asked):
            answer = ask(client, page, -number)
    return {"status": answer.status_code, "queries": counter.queries, "rows": counter.rows}


def ask(client: Client, page: Page, number: int):
    if not page.posts:
        return client.get(page.address)
    return client.post(page.posts[number], page.body, content_type="application/x-www-form-urlencoded")


def competition(rounds: int) -> Competition:
    """An application that is read, and as many unread and unsent ones as there are rounds, and two to count by."""
    now = timezone.now()
    call = Call.objects.being_read_at(now).get()
    submitted = Application.objects.submitted().filter(call=call, faculty__code=FACULTY, claims_count__gte=3)
    unread = submitted.filter(claims_read=0).order_by("number").values_list("number", flat=True)
    read = submitted.filter(claims_read__gt=0).order_by("number").values_list("number", flat=True)
    own = submitted.exclude(student__email=None).select_related("student").order_by("number")[0]
    unsent = Application.objects.with_unsent_changes().filter(call__in=Call.objects.accepting_at(now))
    unsent = unsent.filter(entered_by__isnull=False).order_by("number").values_list("number", flat=True)
    office = {"call": call.code, "faculty": FACULTY, "office": OFFICE}
    wanted = {"unread": list(unread[: rounds + WARMING_UP]), "unsent": list(unsent[: rounds + WARMING_UP])}
    return Competition(**office, **wanted, read=read[0], own=own.number, student=own.student.email)


student = User.objects.get(email=f"student.general@{DOMAIN}")
pages = named_pages(person=student.pk, here=competition(int(sys.argv[1])))
sessions = {"": ""} | {page.signed_in: session_of(page.signed_in) for page in pages if page.signed_in}
found = [
    {**asdict(page), "session": sessions[page.signed_in], "found": count(page, sessions[page.signed_in])}
    for page in pages
]
cookies = {"cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME}
print(json.dumps({**cookies, "pages": found}))
