"""The sample's people, signed in; after `django.setup()`."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from mobility.people.models import User
from mobility.sample.people import DOMAIN


def session_of(address: str) -> str:
    """The whole of an address, or its part before the university's."""
    email = address if "@" in address else f"{address}@{DOMAIN}"
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return request.session.session_key
