from django.urls import path

from partners import views

urlpatterns = [
    path("", views.PartnerList.as_view(), name="partner-list"),
    path("<slug:code>/", views.partner_detail, name="partner-detail"),
]
