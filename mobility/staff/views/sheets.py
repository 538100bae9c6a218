import hashlib
from functools import partial
from io import BytesIO

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mobility.staff import trips
from mobility.staff.actions.imports import import_trips
from mobility.staff.forms.sheets import Known, TripForm, UploadForm
from mobility.staff.models import Form
from mobility.staff.permissions import can_import
from mobility.web.spreadsheets import Preview, preview, read

KEPT_FOR = 60 * 60
SHOWN = ":100"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """First the file is checked and shown; what was seen is then carried out, or seen again if anything has changed."""
    if not can_import(request.user):
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
    context = {"form": form, "columns": trips.header(), "forms": [str(label) for label in Form.labels]}
    return render(request, "staff/import.html", context)


def carry_out(request: HttpRequest) -> HttpResponse:
    content = cache.get(place_of(request))
    if content is None:
        messages.warning(request, _("The file was checked too long ago. Choose it again."))
        return redirect("staff-import")
    found = previewed(content)
    if not found.is_good or fingerprint(found) != request.POST["seen"]:
        messages.warning(request, _("Staff mobility has changed since you saw this. Look again."))
        return show(request, found)
    count = import_trips(rows=[row.values for row in found.changes], by=request.user, at=timezone.now())
    cache.delete(place_of(request))
    done = ngettext("%(count)s trip is imported.", "%(count)s trips are imported.", count)
    messages.success(request, done % {"count": count})
    return redirect("staff-board")


def show(request: HttpRequest, found: Preview) -> HttpResponse:
    context = {"preview": found, "shown": SHOWN, "seen": fingerprint(found), "form": UploadForm()}
    return render(request, "staff/import.html", context)


def previewed(content: bytes) -> Preview:
    return preview(
        read(BytesIO(content)),
        headings=trips.HEADINGS,
        form=partial(TripForm, known=Known(), today=timezone.localdate()),
        key=trips.key_of,
        present=trips.present,
    )


def fingerprint(found: Preview) -> str:
    seen = [(row.key, row.state, sorted(map(repr, row.values.items())), row.changes) for row in found.changes]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def place_of(request: HttpRequest) -> str:
    return f"staff-import-{request.user.pk}"
