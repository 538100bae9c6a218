"""What rooms above tell this one, which must not import them: each registers its answer when it is ready.

above.knows_concerned(lambda call: User.objects.filter(applications__call=call))
above.knows_applied(lambda call: {"general": 71, "pediatrics": 24})
above.knows_points(lambda call: [{"academic": 3800, "science": 300}, …])
above.counts_anew(lambda call: rescore_call(call=call))
above.knows_ways(lambda call, user, at: [Way(_("Start your application"), "/applications/new/PT27/", is_main=True)])
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mobility.people.models import User

from .models import Call

Concerned = Callable[[Call], Iterable[User]]
Applied = Callable[[Call], Mapping[str, int]]
Points = Callable[[Call], Sequence[Mapping[str, int]]]

Recount = Callable[[Call], None]


@dataclass(frozen=True)
class Way:
    """A link from a page of a call to where this reader goes on; `is_main` is what most of them come for."""

    label: str
    url: str
    is_main: bool = False


Ways = Callable[[Call, User, datetime], Iterable[Way]]

_recounts: list[Recount] = []
_concerned: list[Concerned] = []
_applied: list[Applied] = []
_points: list[Points] = []
_ways: list[Ways] = []


def knows_concerned(answer: Concerned) -> None:
    """Whom a change of an opened call is told, besides the deans' offices."""
    _concerned.append(answer)


def knows_applied(answer: Applied) -> None:
    """How many applied, by the faculty's code."""
    _applied.append(answer)


def knows_points(answer: Points) -> None:
    """Each applicant's points by criterion, in hundredths, as far as there are any."""
    _points.append(answer)


def counts_anew(act: Recount) -> None:
    """What follows, in the same transaction, from new rules of an opened call."""
    _recounts.append(act)


def knows_ways(answer: Ways) -> None:
    """Where the reader of a call's page goes on; whoever is outside is a reader too."""
    _ways.append(answer)


def recount(call: Call) -> None:
    for act in _recounts:
        act(call)


def concerned(call: Call) -> list[User]:
    found = {person.pk: person for answer in _concerned for person in answer(call)}
    return list(found.values())


def applied(call: Call) -> dict[str, int]:
    return {faculty: count for answer in _applied for faculty, count in answer(call).items()}


def ways(call: Call, user: User, *, at: datetime) -> list[Way]:
    return [way for answer in _ways for way in answer(call, user, at)]


def points(call: Call) -> list[Mapping[str, int]]:
    return [row for answer in _points for row in answer(call)]
