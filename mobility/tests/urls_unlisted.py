"""The site with one page that nobody listed: the access matrix must name it."""

from django.urls import path

from mobility import home
from mobility.urls import urlpatterns

urlpatterns = [*urlpatterns, path("secrets/", home.home, name="secret-list")]
