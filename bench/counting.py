"""Run with the product's settings: signs the sample's people in, and counts what each page asks of the database.

Prints JSON. It stands outside the product, which needs no switch for being counted.
"""

import django

django.setup()

import json  # noqa: E402 -- what needs Django comes after it
from dataclasses import asdict  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.pages import Page, named_pages  # noqa: E402
from bench.sessions import session_of  # noqa: E402
from mobility.people.models import User  # noqa: E402
from mobility.sample.people import DOMAIN  # noqa: E402


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
    client.get(page.address)  # what is read once a process is not a page's price
    counter = Counter()
    with connection.execute_wrapper(counter):
        answer = client.get(page.address)
    return {"status": answer.status_code, "queries": counter.queries, "rows": counter.rows}


student = User.objects.get(email=f"student.general@{DOMAIN}")
pages = named_pages(person=student.pk)
sessions = {"": ""} | {page.signed_in: session_of(page.signed_in) for page in pages if page.signed_in}
found = [
    {**asdict(page), "session": sessions[page.signed_in], "found": count(page, sessions[page.signed_in])}
    for page in pages
]
print(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "pages": found}))
