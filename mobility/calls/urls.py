from django.urls import path

from mobility.calls.views import desk, destinations, points, public, quota_acts, quotas, rules

urlpatterns = [
    path("", public.CallList.as_view(), name="call-list"),
    path("new/", desk.CallNew.as_view(), name="call-new"),
    path("<slug:code>/", public.CallDetail.as_view(), name="call-detail"),
    path("<slug:code>/rules/", public.call_rules, name="call-rules-shown"),
    path("<slug:code>/at/<slug:destination>/", public.destination_detail, name="destination-detail"),
    path("<slug:code>/desk/", desk.call_desk, name="call-desk"),
    path("<slug:code>/edit/", desk.CallEdit.as_view(), name="call-edit"),
    path("<slug:code>/texts/", desk.CallTexts.as_view(), name="call-texts"),
    path("<slug:code>/open/", desk.CallOpen.as_view(), name="call-open"),
    path("<slug:code>/extend/", desk.CallExtend.as_view(), name="call-extend"),
    path("<slug:code>/call-off/", desk.CallOff.as_view(), name="call-call-off"),
    path("<slug:code>/copy/", desk.CallCopy.as_view(), name="call-copy"),
    path("<slug:code>/remove/", desk.CallRemove.as_view(), name="call-remove"),
    path("<slug:code>/destinations/", destinations.call_destinations, name="call-destinations"),
    path("<slug:code>/destinations/add/", destinations.DestinationAdd.as_view(), name="destination-add"),
    path("<slug:code>/at/<slug:destination>/edit/", destinations.DestinationEdit.as_view(), name="destination-edit"),
    path(
        "<slug:code>/at/<slug:destination>/remove/", destinations.DestinationRemove.as_view(), name="destination-remove"
    ),
    path("<slug:code>/at/<slug:destination>/weights/", points.DestinationWeights.as_view(), name="destination-weights"),
    path("<slug:code>/rules/edit/", rules.call_rules, name="call-rules"),
    path("<slug:code>/rules/edit/template/", rules.RulesTemplate.as_view(), name="rules-template"),
    path("<slug:code>/rules/edit/eligibility/", rules.RulesEligibility.as_view(), name="rules-eligibility"),
    path("<slug:code>/rules/edit/taken-away/", points.RulesModifiers.as_view(), name="rules-modifiers"),
    path("<slug:code>/rules/edit/documents/", points.RulesDocuments.as_view(), name="rules-documents"),
    path("<slug:code>/rules/edit/languages/", points.RulesLevels.as_view(), name="rules-levels"),
    path("<slug:code>/rules/edit/scales/", rules.RulesScales.as_view(), name="rules-scales"),
    path("<slug:code>/rules/edit/order/", rules.RulesOrder.as_view(), name="rules-order"),
    path("<slug:code>/rules/edit/criteria/<slug:part>/", rules.RulesCriterion.as_view(), name="rules-criterion"),
    path("<slug:code>/rules/edit/catalogue-add/", rules.RulesEntryAdd.as_view(), name="rules-entry-add"),
    path("<slug:code>/rules/edit/catalogue/<slug:part>/", rules.RulesEntry.as_view(), name="rules-entry"),
    path(
        "<slug:code>/rules/edit/catalogue/<slug:part>/remove/",
        rules.RulesEntryRemove.as_view(),
        name="rules-entry-remove",
    ),
    path("<slug:code>/quotas/", quotas.call_quotas, name="call-quotas"),
    path("<slug:code>/quotas/export.xlsx", quotas.quotas_export, name="quotas-export"),
    path("<slug:code>/quotas/import/", quotas.quotas_import, name="quotas-import"),
    path("<slug:code>/quotas/paper.pdf", quotas.quotas_paper, name="quotas-paper"),
    path("<slug:code>/quotas/approve/", quota_acts.QuotasApprove.as_view(), name="quotas-approve"),
    path("<slug:code>/quotas/approvals/<int:approval>/", quota_acts.quotas_scan, name="quotas-scan"),
    path(
        "<slug:code>/quotas/of/<slug:destination>/<slug:faculty>/",
        quota_acts.QuotaDetail.as_view(),
        name="quota-detail",
    ),
]
