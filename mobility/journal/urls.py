from django.urls import path

from mobility.journal import views

urlpatterns = [
    path("history/<slug:app_label>/<slug:model>/<str:pk>/", views.history, name="history"),
]
