from datetime import datetime

import pytest

from selection.forms.protocols import NumberForm, ProtocolForm
from selection.models import CommissionMember

MET = datetime(2027, 4, 20, 14, 0)  # noqa: DTZ001 -- as it stands in the form


@pytest.mark.parametrize(
    ("kind", "options", "name", "picker", "value"),
    [
        (ProtocolForm, {"members": CommissionMember.objects.none()}, "met_at", "datetime-local", "2027-04-20T14:00"),
        (NumberForm, {}, "dated", "date", "2027-04-20"),
    ],
)
def test_the_days_of_a_protocol_are_picked_from_a_calendar(kind, options, name, picker, value):
    day = MET if picker == "datetime-local" else MET.date()
    shown = str(kind(initial={name: day}, **options)[name])
    assert (f'type="{picker}"' in shown, f'value="{value}"' in shown) == (True, True)
