from django.urls import path

from bench.limit import views

urlpatterns = [
    path("static", views.static_table),
    path("list", views.signed_in_list),
    path("insert", views.insert),
]
