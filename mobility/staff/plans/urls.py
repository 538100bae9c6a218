from django.urls import path

from mobility.staff.views import plan_acts, plan_lines, plans

urlpatterns = [
    path("", plans.plan_list, name="plan-list"),
    path("new/", plan_acts.PlanNew.as_view(), name="plan-new"),
    path("<int:year>/", plans.plan_detail, name="plan-detail"),
    path("<int:year>/fact/", plans.plan_fact, name="plan-fact"),
    path("<int:year>/plan.xlsx", plans.plan_sheet, name="plan-sheet"),
    path("<int:year>/plan.docx", plans.plan_paper, {"suffix": "docx"}, name="plan-docx"),
    path("<int:year>/plan.pdf", plans.plan_paper, {"suffix": "pdf"}, name="plan-pdf"),
    path("<int:year>/scan/", plans.plan_scan, name="plan-scan"),
    path("<int:year>/postpone/", plan_acts.PlanPostpone.as_view(), name="plan-postpone"),
    path("<int:year>/open/", plan_acts.PlanOpen.as_view(), name="plan-open"),
    path("<int:year>/prepare/", plan_acts.PlanPrepare.as_view(), name="plan-prepare"),
    path("<int:year>/send-back/", plan_acts.PlanSendBack.as_view(), name="plan-send-back"),
    path("<int:year>/approve/", plan_acts.PlanApprove.as_view(), name="plan-approve"),
    path("<int:year>/register/", plan_acts.PlanRegister.as_view(), name="plan-register"),
    path("<int:year>/scan/add/", plan_acts.PlanScanAdd.as_view(), name="plan-scan-add"),
    path("<int:year>/carry-over/", plan_lines.CarryOver.as_view(), name="plan-carry-over"),
    path("<int:year>/programmes/add/", plan_lines.PlaceAdd.as_view(), name="plan-place-add"),
    path("<int:year>/programmes/<int:place>/edit/", plan_lines.PlaceEdit.as_view(), name="plan-place-edit"),
    path("<int:year>/programmes/<int:place>/remove/", plan_lines.PlaceRemove.as_view(), name="plan-place-remove"),
    path("<int:year>/programmes/<int:place>/propose/", plan_lines.Propose.as_view(), name="plan-propose"),
    path("<int:year>/programmes/<int:place>/choose/", plan_lines.Choose.as_view(), name="plan-choose"),
    path("<int:year>/lines/<int:line>/withdraw/", plan_lines.Withdraw.as_view(), name="plan-withdraw"),
    path("<int:year>/lines/<int:line>/up/", plan_lines.MoveUp.as_view(), name="plan-move-up"),
    path("<int:year>/lines/<int:line>/begin/", plan_lines.Begin.as_view(), name="plan-begin"),
]
