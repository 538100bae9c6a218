"""The base of every page that changes an agreement."""

from django.shortcuts import get_object_or_404

from mobility.web import acts
from partners.models import Agreement


class Act(acts.Act):
    template_name = "agreements/act.html"
    of = "agreement"
    agreement: Agreement

    def find(self) -> None:
        self.agreement = get_object_or_404(Agreement.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
