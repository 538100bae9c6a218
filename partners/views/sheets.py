import hashlib
from io import BytesIO

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mobility.web.spreadsheets import Preview, answer, csv_bytes, preview, read, xlsx_bytes
from partners import resources
from partners.actions import import_institutions
from partners.forms import Known, RowForm, UploadForm
from partners.models import Institution
from partners.permissions import can_edit_institutions

KEPT_FOR = 60 * 60
SHOWN = ":100"


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


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """First the file is checked and shown; what was seen is then carried out, or seen again if anything has changed."""
    if not can_edit_institutions(request.user):
        raise Http404
    if "seen" in request.POST:
        return carry_out(request)
    form = UploadForm(request.POST or None, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            found = previewed(content)
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            cache.set(place_of(request), content, KEPT_FOR)
            return show(request, found)
    return render(request, "partners/import.html", {"form": form})


def carry_out(request: HttpRequest) -> HttpResponse:
    content = cache.get(place_of(request))
    if content is None:
        messages.warning(request, _("The file was checked too long ago. Choose it again."))
        return redirect("partner-import")
    found = previewed(content)
    if not found.is_good or fingerprint(found) != request.POST["seen"]:
        messages.warning(request, _("The partners have changed since you saw this. Look again."))
        return show(request, found)
    rows = [row.values | {"code": row.key} for row in found.changes]
    count = len(import_institutions(rows=rows, by=request.user))
    cache.delete(place_of(request))
    done = ngettext("%(count)s institution is imported.", "%(count)s institutions are imported.", count)
    messages.success(request, done % {"count": count})
    return redirect("admin:partners_institution_changelist")


def show(request: HttpRequest, found: Preview) -> HttpResponse:
    context = {"preview": found, "shown": SHOWN, "seen": fingerprint(found), "form": UploadForm()}
    return render(request, "partners/import.html", context)


def previewed(content: bytes) -> Preview:
    known = Known()
    return preview(
        read(BytesIO(content)),
        headings=resources.HEADINGS,
        form=RowForm({}, known=known).again,
        key=known.code_of,
        present=resources.present,
    )


def fingerprint(found: Preview) -> str:
    seen = [(row.key, row.state, sorted(row.values.items()), row.changes) for row in found.changes]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def place_of(request: HttpRequest) -> str:
    return f"partner-import-{request.user.pk}"
