"""Below /applications/: what the student sees and does, and what the dean's office enters from paper."""

from django.urls import path

from .views import applications, calls, choices, claims, papers

urlpatterns = [
    path("", calls.mine, name="application-list"),
    path("new/<slug:code>/", calls.new, name="application-new"),
    path("enter/", calls.enter, name="application-enter"),
    path("<slug:number>/", applications.Detail.as_view(), name="application-detail"),
    path("<slug:number>/details/", applications.Details.as_view(), name="application-details"),
    path("<slug:number>/marks/", applications.Marks.as_view(), name="application-marks"),
    path("<slug:number>/choices/", choices.Choices.as_view(), name="application-choices"),
    path("<slug:number>/achievements/", claims.Claims.as_view(), name="application-claims"),
    path("<slug:number>/achievements/new/", claims.ClaimAdd.as_view(), name="application-claim-add"),
    path("<slug:number>/achievements/language/", claims.LanguageAdd.as_view(), name="application-language-add"),
    path("<slug:number>/achievements/<int:claim>/", claims.ClaimEdit.as_view(), name="application-claim"),
    path(
        "<slug:number>/achievements/<int:claim>/remove/", claims.ClaimRemove.as_view(), name="application-claim-remove"
    ),
    path("<slug:number>/achievements/<int:claim>/earlier/", claims.EvidenceReuse.as_view(), name="evidence-reuse"),
    path(
        "<slug:number>/achievements/<int:claim>/evidence/<int:evidence>/remove/",
        claims.EvidenceRemove.as_view(),
        name="evidence-remove",
    ),
    path("<slug:number>/evidence/<int:evidence>/", claims.EvidenceFile.as_view(), name="evidence-file"),
    path("<slug:number>/papers/<slug:code>/", papers.PaperAttach.as_view(), name="application-paper"),
    path("<slug:number>/papers/<slug:code>/remove/", papers.PaperRemove.as_view(), name="application-paper-remove"),
    path("<slug:number>/papers/<slug:code>/file/", papers.PaperFile.as_view(), name="application-paper-file"),
    path("<slug:number>/consents/", applications.Consents.as_view(), name="application-consents"),
    path("<slug:number>/submit/", applications.Submit.as_view(), name="application-submit"),
    path("<slug:number>/receipt/", applications.Receipt.as_view(), name="application-receipt"),
    path("<slug:number>/receipt.pdf", applications.ReceiptPaper.as_view(), name="application-receipt-paper"),
    path("<slug:number>/application.docx", applications.ToSign.as_view(), name="application-to-sign"),
    path("<slug:number>/discard/", applications.Discard.as_view(), name="application-discard"),
    path("<slug:number>/withdraw/", applications.Withdraw.as_view(), name="application-withdraw"),
    path("<slug:number>/withdraw/ask/", applications.AskToWithdraw.as_view(), name="application-ask-to-withdraw"),
    path("<slug:number>/resume/", applications.Resume.as_view(), name="application-resume"),
]
