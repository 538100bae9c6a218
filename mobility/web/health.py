"""Whether the process lives (/healthz), and whether the site can work (/readyz). Apps add checks of their own."""

import shutil
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LEAST_FREE = 500 * 1024 * 1024  # bytes: room for an evening of uploads before somebody looks

Check = Callable[[], bool]
CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """`@check("mail")` above a function that says whether all is well; its app imports it when the site starts."""

    def add(function: Check) -> Check:
        CHECKS[name] = function
        return function

    return add


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """Names what fails and nothing more: everybody may ask."""
    failed = sorted(name for name, function in CHECKS.items() if not _passes(function))
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    return JsonResponse({"ready": not failed, "failed": failed}, status=status)


def _passes(function: Check) -> bool:
    try:
        return function()
    except (Error, OSError):
        return False


@check("database")
def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


@check("migrations")
def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@check("disk")
def disk_has_room() -> bool:
    place = settings.MEDIA_ROOT
    while not place.exists():  # nothing has been uploaded yet
        place = place.parent
    return shutil.disk_usage(place).free >= LEAST_FREE
