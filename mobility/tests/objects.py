"""One object of any model: from the factories of our apps, or made here for models that have none."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model
from django_tasks_db.models import DBTaskResult
from factory.django import DjangoModelFactory

from mobility.journal.models import Event
from mobility.people.models import CalendarDay
from mobility.people.tests.factories import LONG_AGO, FacultyFactory
from mobility.post.models import JobRun
from partners.models import Party
from partners.tests.factories import AgreementFactory

from .imports import PACKAGES

MADE_HERE: dict[type[Model], Callable[[], Model]] = {
    CalendarDay: lambda: CalendarDay.objects.create(day=date(2027, 7, 3), kind="holiday"),
    DBTaskResult: lambda: DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="mobility.post.tasks.send",
        backend_name="default",
        run_after=LONG_AGO,
    ),
    Event: lambda: (FacultyFactory(), Event.objects.order_by("-pk").first())[1],
    Party: lambda: Party.objects.get(agreement=AgreementFactory()),
    JobRun: lambda: JobRun.objects.create(name="a job of nobody's"),
}


@cache
def factories() -> dict[type[Model], type[DjangoModelFactory]]:
    """The first factory of each model, in the order in which its app writes them."""
    found: dict[type[Model], type[DjangoModelFactory]] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.tests.factories"
        if app.name.split(".")[0] not in PACKAGES or find_spec(name) is None:
            continue
        for value in vars(import_module(name)).values():
            if isinstance(value, type) and issubclass(value, DjangoModelFactory) and value._meta.model:
                found.setdefault(value._meta.model, value)
    return found


def makes(model: type[Model]) -> Callable[[], Model] | None:
    return MADE_HERE.get(model) or factories().get(model)
