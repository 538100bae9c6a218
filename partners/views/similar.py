from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.forms import typed_names
from partners.models import Institution
from partners.permissions import can_edit_institutions


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Part of the admin's page on which an institution is added: what there is already."""
    if not can_edit_institutions(request.user):
        raise Http404
    found = Institution.objects.similar_to(names=typed_names(request.GET), website=request.GET.get("website", ""))
    return render(request, "partners/_similar.html", {"institutions": found})
