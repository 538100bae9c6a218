from functools import partial
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mobility.staff import trips
from mobility.staff.actions.imports import import_trips
from mobility.staff.forms.sheets import Known, TripForm
from mobility.staff.models import Form
from mobility.staff.permissions import can_import
from mobility.web.imports import Import
from mobility.web.spreadsheets import Preview, answer, preview, read, xlsx_bytes


class TripImport(Import):
    template_name = "staff/import.html"
    name, after = "staff-import", "staff-board"
    moved = _("Staff mobility has changed since you saw this. Look again.")
    allowed = staticmethod(can_import)

    def previewed(self, content: bytes) -> Preview:
        return preview(
            read(BytesIO(content)),
            headings=trips.HEADINGS,
            form=partial(TripForm, known=Known(), today=timezone.localdate()),
            key=trips.key_of,
            present=trips.present,
        )

    def carry_out(self, found: Preview) -> str:
        count = import_trips(rows=[row.values for row in found.changes], by=self.request.user, at=timezone.now())
        return ngettext("%(count)s trip is imported.", "%(count)s trips are imported.", count) % {"count": count}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = [str(label) for label in Form.labels]
        return super().get_context_data(columns=trips.header(), forms=forms, **kwargs)


@require_safe
def empty_sheet(request: HttpRequest) -> HttpResponse:
    """To be filled: the columns that the import reads, in the reader's language."""
    if not can_import(request.user):
        raise Http404
    content = xlsx_bytes(header=trips.header(), rows=[], title=_now("Earlier years"))
    return answer(content, name="staff-trips.xlsx")
