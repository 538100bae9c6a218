"""What is wrong with a page before anybody reads it: headers and markup that the policy forbids."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.http import HttpResponse

SOURCES_OF_SCRIPTS = {"default-src": {"'none'"}, "base-uri": {"'none'"}, "frame-ancestors": {"'none'"}}
LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "http:", "https:", "*", "blob:")


def faults_of_headers(response: HttpResponse, *, signed_in: bool) -> list[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    return [
        *(faults_of_file(response, policy) if is_file(response) else faults_of_policy(policy)),
        *([] if response.headers.get("X-Content-Type-Options") == "nosniff" else ["may be sniffed"]),
        *([] if "Referrer-Policy" in response.headers else ["tells where the reader came from"]),
        *(
            ["may be kept by the browser: no-store is missing"]
            if signed_in and "no-store" not in response.headers.get("Cache-Control", "")
            else []
        ),
    ]


def faults_of_file(response: HttpResponse, policy: str) -> Iterator[str]:
    """An upload goes out in a sandbox, a sheet of ours under the pages' policy; neither opens in the browser."""
    if {"sandbox", "default-src 'none'"} - {part.strip() for part in policy.split(";")}:
        yield from faults_of_policy(policy)
    if not response.headers["Content-Disposition"].startswith("attachment"):
        yield "the file opens in the browser"


def faults_of_policy(policy: str) -> Iterator[str]:
    if not policy:
        yield "no Content-Security-Policy"
        return
    directives = {words[0]: set(words[1:]) for part in policy.split(";") if (words := part.split())}
    for name, sources in SOURCES_OF_SCRIPTS.items():
        if directives.get(name) != sources:
            yield f"{name} is {directives.get(name)}"
    if "form-action" not in directives:
        yield "forms may be sent anywhere"
    for name, sources in directives.items():
        if loose := [source for source in sources if any(word in source for word in LOOSE)]:
            yield f"{name} allows {loose}"


class Inspector(HTMLParser):
    """Collects inline styles, inline scripts and handlers: the policy blocks them, so the page would be broken."""

    def __init__(self):
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        where = f"<{tag} {' '.join(f'{name}={value!r}' for name, value in attrs)}>"
        if tag == "style" or "style" in named:
            self.faults.append(f"inline style: {where}")
        is_data = named.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and not {"src", "nonce"} & named.keys() and not is_data:
            self.faults.append(f"inline script: {where}")
        if handlers := [name for name in named if name.startswith(("on", "hx-on"))]:
            self.faults.append(f"handler {handlers}: {where}")
        if any((value or "").strip().lower().startswith("javascript:") for value in named.values()):
            self.faults.append(f"script in an address: {where}")
        if tag in {"script", "link", "img"} and (named.get("src") or named.get("href") or "").startswith(
            ("http:", "https:", "//")
        ):
            self.faults.append(f"from elsewhere: {where}")


def faults_of_markup(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults


def is_html(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def is_file(response: HttpResponse) -> bool:
    return "Content-Disposition" in response.headers


def body(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")
