"""Every door of the site, read from the URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from .access.words import SIGN_IN


@dataclass(frozen=True)
class Door:
    name: str | None
    route: str

    def __str__(self):
        return self.name or f"/{self.route} (without a name)"


def doors(resolver: URLResolver | None = None, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Door]:
    for pattern in (resolver or get_resolver()).url_patterns:
        path = f"{route}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield Door(":".join([*spaces, pattern.name]) if pattern.name else None, path)
        else:
            yield from doors(pattern, path, (*spaces, pattern.namespace) if pattern.namespace else spaces)


def outcome(response: HttpResponse, path: str) -> int | str:
    """The status, or SIGN_IN for a redirection to the sign-in page that will lead back to the path."""
    if response.status_code != 302:
        return response.status_code
    target = urlsplit(response["Location"])
    if target.path == reverse("account_login") and parse_qs(target.query).get("next") == [path]:
        return SIGN_IN
    return 302
