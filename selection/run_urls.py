from django.urls import path

from .views import runs

ONE = "<slug:call>/<int:number>/"

urlpatterns = [
    path("<slug:call>/", runs.index, name="run-list"),
    path("<slug:call>/run/", runs.make, name="run-make"),
    path("<slug:call>/places/", runs.places, name="place-list"),
    path(ONE, runs.detail, name="run-detail"),
    path(f"{ONE}market.json", runs.market, name="run-market"),
    path(f"{ONE}input.json", runs.frozen, name="run-input"),
    path(f"{ONE}verify/", runs.verify, name="run-verify"),
    path(f"{ONE}prepare/", runs.prepare, name="publication-prepare"),
    path(f"{ONE}publish/", runs.publish, name="publication-publish"),
    path(f"{ONE}take-back/", runs.take_back, name="publication-take-back"),
]
