"""What the room of calls asks of its applicants, and where its pages lead them; it must not import this one."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mobility.calls.above import Way
from mobility.calls.models import Call
from mobility.people.models import User
from mobility.students.models import Application, ApplicationState
from mobility.students.permissions import can_apply, can_enter


def concerned(call: Call) -> QuerySet[User]:
    """Whoever has begun, and has not withdrawn."""
    return User.objects.filter(pk__in=call.applications.exclude(state=ApplicationState.WITHDRAWN).values("student"))


def applied(call: Call) -> dict[str, int]:
    submitted = call.applications.submitted().order_by()
    return dict(submitted.values_list("faculty__code").annotate(count=Count("pk")))


def points(call: Call) -> list[Mapping[str, int]]:
    """Of those who were scored."""
    return list(call.applications.submitted().exclude(parts={}).values_list("parts", flat=True))


def ways(call: Call, user: User, at: datetime) -> Iterator[Way]:
    """To the application and its result; for whoever is outside, while the call is open, to the door."""
    beginning = reverse("application-new", args=[call.code])
    is_open = call.accepts_at(at)
    if not user.is_authenticated:
        if is_open:
            yield Way(
                _("Sign in and apply"), f"{reverse('account_login')}?{urlencode({'next': beginning})}", is_main=True
            )
        return
    if can_enter(user) and is_open:
        yield Way(
            _("Enter an application on paper"), f"{reverse('application-enter')}?{urlencode({'call': call.code})}"
        )
    if not can_apply(user):
        return
    own = Application.objects.of_student(user).filter(call=call).first()
    if own is not None:
        yield from _ways_of(own, call, is_open=is_open)
    elif is_open:
        yield Way(_("Start your application"), beginning, is_main=True)
    elif not call.is_draft and not call.is_settled and at < call.opens_at:
        yield Way(_("See what is open to you"), beginning)


def _ways_of(own: Application, call: Call, *, is_open: bool) -> Iterator[Way]:
    has_result = own.is_submitted and call.published_at is not None
    to_finish = is_open and (own.is_draft or own.has_unsent_changes)
    label = _("Continue your application") if to_finish else _("Your application")
    yield Way(label, own.get_absolute_url(), is_main=not has_result)
    if has_result:
        yield Way(_("Result and reasons"), reverse("outcome", args=[own.number]), is_main=True)
