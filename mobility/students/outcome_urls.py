from django.urls import path

from .views import outcome

urlpatterns = [
    path("", outcome.latest, name="outcome-latest"),
    path("<slug:number>/", outcome.detail, name="outcome"),
    path("<slug:number>/confirm/", outcome.confirm, name="place-confirm"),
    path("<slug:number>/decline/", outcome.decline, name="place-decline"),
    path("<slug:number>/reasons.pdf", outcome.as_paper, name="outcome-paper"),
    path("<slug:number>/stay.ics", outcome.as_calendar, name="outcome-calendar"),
]
