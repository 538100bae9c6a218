from django.contrib import admin
from django.urls import include, path

from mobility import home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("mobility.web.urls")),
    path("", include("mobility.journal.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
