"""What awaits a person: one task for each kind of work, saying how much of it there is. Everything here only asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.people.models import RoleKind, User
from mobility.post.models import Letter


@dataclass(frozen=True)
class Task:
    """`state` is one of those in templates/_ui/task_list.html."""

    name: str
    hint: str
    url: str
    state: str = "todo"


def tasks_of(user: User, *, at: datetime) -> list[Task]:  # noqa: ARG001 -- the tasks of other rooms depend on the hour
    return [*letters_not_delivered(user)]


def letters_not_delivered(user: User) -> Iterator[Task]:
    if not user.holds(RoleKind.ADMINISTRATOR):
        return
    if count := Letter.objects.undelivered().count():
        name = ngettext("%(count)s letter was not delivered", "%(count)s letters were not delivered", count)
        yield Task(
            name=name % {"count": count},
            hint=_("The list says why. Correct the address, then send it again."),
            url=reverse("admin:post_letter_changelist") + "?state__exact=failed",
            state="problem",
        )
