from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mobility.web.imports import Import
from mobility.web.spreadsheets import Preview, answer, csv_bytes, preview, read, xlsx_bytes
from partners import resources
from partners.actions import import_institutions
from partners.forms import Known, RowForm
from partners.models import Institution
from partners.permissions import can_edit_institutions


@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Every institution outside the archive, ourselves included; an import of the file changes nothing."""
    if not can_edit_institutions(request.user) or kind not in {"xlsx", "csv"}:
        raise Http404
    return sheet_of(Institution.objects.active().order_by("code"), kind=kind)


def sheet_of(institutions, *, kind: str) -> HttpResponse:
    header, rows = resources.header(), resources.rows(institutions)
    content = xlsx_bytes(header=header, rows=rows) if kind == "xlsx" else csv_bytes(header=header, rows=rows)
    return answer(content, name=f"partners-{timezone.localdate().isoformat()}.{kind}")


class InstitutionImport(Import):
    template_name = "partners/import.html"
    name, after = "partner-import", "admin:partners_institution_changelist"
    moved = _("The partners have changed since you saw this. Look again.")
    allowed = staticmethod(can_edit_institutions)

    def previewed(self, content: bytes) -> Preview:
        known = Known()
        return preview(
            read(BytesIO(content)),
            headings=resources.HEADINGS,
            form=RowForm({}, known=known).again,
            key=known.code_of,
            present=resources.present,
        )

    def carry_out(self, found: Preview) -> str:
        rows = [row.values | {"code": row.key} for row in found.changes]
        count = len(import_institutions(rows=rows, by=self.request.user))
        done = ngettext("%(count)s institution is imported.", "%(count)s institutions are imported.", count)
        return done % {"count": count}
