from django.urls import path

from partners.views import agreement_acts, agreements, conditions, corrections, outlook, papers

urlpatterns = [
    path("", agreements.AgreementList.as_view(), name="agreement-list"),
    path("new/", agreement_acts.AgreementNew.as_view(), name="agreement-new"),
    path("export.xlsx", agreements.AgreementExport.as_view(), name="agreement-export"),
    path("expiring/", outlook.AgreementExpiring.as_view(), name="agreement-expiring"),
    path("coverage/", outlook.AgreementCoverage.as_view(), name="agreement-coverage"),
    path("parity/", outlook.AgreementParity.as_view(), name="agreement-parity"),
    path("<int:pk>/", agreements.agreement_detail, name="agreement-detail"),
    path("<int:pk>/edit/", agreement_acts.AgreementEdit.as_view(), name="agreement-edit"),
    path("<int:pk>/discard/", corrections.AgreementDiscard.as_view(), name="agreement-discard"),
    path("<int:pk>/correct/", corrections.AgreementCorrect.as_view(), name="agreement-correct"),
    path("<int:pk>/put-in-force/", agreement_acts.AgreementPutInForce.as_view(), name="agreement-put-in-force"),
    path("<int:pk>/prolong/", agreement_acts.AgreementRenew.as_view(), name="agreement-renew"),
    path("<int:pk>/terminate/", agreement_acts.AgreementTerminate.as_view(), name="agreement-terminate"),
    path("<int:pk>/hand-over/", agreement_acts.AgreementHandOver.as_view(), name="agreement-hand-over"),
    path("<int:pk>/scans/add/", agreement_acts.ScanAdd.as_view(), name="scan-add"),
    path("<int:pk>/scans/<int:scan>/", papers.scan, name="scan-file"),
    path("<int:pk>/prolongations/<int:prolongation>/", papers.prolongation_letter, name="prolongation-file"),
    path("<int:pk>/seats/<int:seats>/", papers.seats_letter, name="seats-file"),
    path("<int:pk>/partners/add/", agreement_acts.PartyAdd.as_view(), name="party-add"),
    path("<int:pk>/partners/<int:party>/remove/", agreement_acts.PartyRemove.as_view(), name="party-remove"),
    path("<int:pk>/conditions/add/", conditions.ConditionAdd.as_view(), name="condition-add"),
    path("<int:pk>/conditions/exchange/", conditions.ExchangeAdd.as_view(), name="exchange-add"),
    path("<int:pk>/conditions/<int:condition>/edit/", conditions.ConditionEdit.as_view(), name="condition-edit"),
    path("<int:pk>/conditions/<int:condition>/remove/", conditions.ConditionRemove.as_view(), name="condition-remove"),
    path("<int:pk>/conditions/<int:condition>/seats/", conditions.SeatsConfirm.as_view(), name="seats-confirm"),
]
