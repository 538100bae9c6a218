from django.urls import path

from mobility.web import gallery, health, views

urlpatterns = [
    path("language/", views.choose_language, name="language"),
    path("appearance/", views.choose_appearance, name="appearance"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("personal-data/", views.personal_data, name="personal-data"),
    path("pieces/", gallery.gallery, name="gallery"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
