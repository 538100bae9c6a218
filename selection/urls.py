from django.urls import path

from .views import desks, protocols, queue, readings, records, standings, verify

OF = "<slug:call>/<slug:faculty>/"
ONE = f"{OF}verify/<str:number>/"

urlpatterns = [
    path("queue/", desks.desk, {"page": "queue"}, name="desk-queue"),
    path("ranking/", desks.desk, {"page": "standing-detail"}, name="desk-ranking"),
    path("protocol/", desks.desk, {"page": "protocol-detail"}, name="desk-protocol"),
    path(f"{OF}queue/", queue.Queue.as_view(), name="queue"),
    path(ONE, verify.Verify.as_view(), name="verify"),
    path(f"{ONE}next/", verify.VerifyNext.as_view(), name="verify-next"),
    path(f"{ONE}keys/", verify.Keys.as_view(), name="verify-keys"),
    path(f"{ONE}roster/", records.RecordTakeOver.as_view(), name="record-take-over"),
    path(f"{ONE}conflict/", readings.ConflictDeclare.as_view(), name="conflict-declare"),
    path(f"{ONE}evidence/<int:evidence>/<int:page>/", verify.EvidencePage.as_view(), name="evidence-page"),
    path(f"{ONE}evidence/<int:evidence>/", verify.EvidenceFile.as_view(), name="claim-evidence-file"),
    path(f"{ONE}verdict/<int:reading>/agree/", readings.VerdictAgree.as_view(), name="verdict-agree"),
    path(f"{ONE}verdict/<int:reading>/disagree/", readings.VerdictDisagree.as_view(), name="verdict-disagree"),
    path(f"{OF}standing/", standings.StandingPage.as_view(), name="standing-detail"),
    path(f"{OF}standing/export/", standings.StandingExport.as_view(), name="standing-export"),
    path(f"{OF}standing/notice/", standings.NoticeBoard.as_view(), name="standing-notice"),
    path(f"{OF}standing/content/", standings.StandingContent.as_view(), name="standing-content"),
    path(f"{OF}standing/points/", standings.PointsShow.as_view(), name="points-show"),
    path(f"{OF}standing/lock/", standings.Lock.as_view(), name="standing-lock"),
    path(f"{OF}standing/unlock/", standings.Unlock.as_view(), name="standing-unlock"),
    path(f"{OF}commission/", protocols.CommissionPage.as_view(), name="commission-detail"),
    path(f"{OF}commission/<int:member>/remove/", protocols.MemberRemove.as_view(), name="commission-remove"),
    path(f"{OF}protocol/", protocols.ProtocolPage.as_view(), name="protocol-detail"),
    path(f"{OF}protocol/write/", protocols.ProtocolWrite.as_view(), name="protocol-write"),
    path(f"{OF}protocol/protocol.<str:suffix>", protocols.ProtocolPaper.as_view(), name="protocol-paper"),
    path(f"{OF}protocol/number/", protocols.ProtocolNumber.as_view(), name="protocol-number"),
    path(f"{OF}protocol/scan/add/", protocols.ProtocolScanAdd.as_view(), name="protocol-scan-add"),
    path(f"{OF}protocol/scan/", protocols.ProtocolScan.as_view(), name="protocol-scan"),
]
