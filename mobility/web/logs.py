"""Log lines as JSON, with the request's number and the person's, and without what people wrote."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

SECRET = re.compile(r"(?<=/)[^/\s]{36,}")

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonFormatter(logging.Formatter):
    """Of an exception: its class, its SQLSTATE and the way there. Its message may hold a row, and a row holds marks."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            "request": request_id.get(),
        }
        line |= getattr(record, "about", {})
        if record.exc_info and record.exc_info[1]:
            line |= _told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def without_secrets(text: str) -> str:
    """Addresses end in the tokens of letters, which open accounts; every other part of an address is shorter."""
    return SECRET.sub("…", text)


def _told(exception: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(exception.__traceback__)
    cause = exception.__cause__
    return {
        "exception": type(exception).__qualname__,
        "sqlstate": getattr(cause, "pgcode", None),
        "way": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
