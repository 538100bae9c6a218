from django.urls import path

from partners import views

urlpatterns = [
    path("", views.PartnerList.as_view(), name="partner-list"),
    path("sheet/import/", views.InstitutionImport.as_view(), name="partner-import"),
    path("sheet/export.<str:kind>", views.download, name="partner-export"),
    path("new/similar/", views.similar, name="partner-similar"),
    path("<slug:code>/", views.partner_detail, name="partner-detail"),
    path("<slug:code>/archive/", views.archive, name="partner-archive"),
    path("<slug:code>/restore/", views.restore, name="partner-restore"),
    path("<slug:code>/rename/", views.rename, name="partner-rename"),
]
