from django.contrib import admin
from django.urls import include, path

from mobility import home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("mobility.web.urls")),
    path("", include("mobility.journal.urls")),
    path("partners/", include("partners.urls")),
    path("agreements/", include("partners.agreement_urls")),
    path("calls/", include("mobility.calls.urls")),
    path("runs/", include("selection.run_urls")),
    path("outcome/", include("mobility.students.outcome_urls")),
    path("applications/", include("mobility.students.urls")),
    path("events/", include("mobility.events.urls")),
    path("staff/", include("mobility.staff.urls")),
    path("selection/", include("selection.urls")),
    path("", include("mobility.people.urls")),
    path("staff/plans/", include("mobility.staff.plans.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "mobility.web.errors.bad_request"
handler403 = "mobility.web.errors.forbidden"
handler404 = "mobility.web.errors.not_found"
handler429 = "mobility.web.errors.too_many"
handler500 = "mobility.web.errors.broken"
