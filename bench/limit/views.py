from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie

from bench.limit.models import Row

COLUMNS = ["id", "name", "city", "country", "state", "points", "changed"]
A_ROW = (
    '<tr><th scope="row"><a href="/rows/{0}">University {0:05}</a></th><td>City {0}</td><td>Country</td>'
    "<td>in force</td><td>50.00</td><td>2026-11-23</td></tr>"
)
STATIC_TABLE = "<!doctype html><title>Rows</title><table>" + "".join(map(A_ROW.format, range(50))) + "</table>"


def static_table(_request):
    return HttpResponse(STATIC_TABLE)


@login_required
@ensure_csrf_cookie
def signed_in_list(request):
    """The limit: session, user, CSRF, one query of 50 rows in the order of an index, and Django's own templates."""
    rows = Row.objects.order_by("name").values_list(*COLUMNS)[:50]
    return render(request, "list.html", {"rows": rows})


@csrf_exempt
@login_required
def insert(request):
    Row.objects.create(
        name=request.POST["name"], city="City", country="Country", state="draft", points=0, changed=date(2026, 11, 23)
    )
    return HttpResponse("saved")
