import os
from typing import Any

import django
from django.core.handlers.wsgi import LimitedStream, WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings")


class WholeBody(LimitedStream):
    """A connection cut on the way is an error: Django would read the end of what came as the end of what was sent."""

    def read(self, size: int | None = -1, /) -> bytes:
        left = self.limit - self._pos
        wanted = left if size is None or size < 0 else min(size, left)
        parts = []
        while wanted > 0:
            part = super().read(wanted)
            if not part:
                raise OSError("The connection was cut before the whole body came.")
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)


class WholeRequest(WSGIRequest):
    """Text is UTF-8, whatever charset a request declares: Python knows base64 as one, and Django breaks on it."""

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        self._stream = WholeBody(environ["wsgi.input"], self._stream.limit)

    def _set_content_type_params(self, meta) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Handler(WSGIHandler):
    request_class = WholeRequest


django.setup(set_prefix=False)
application = Handler()
