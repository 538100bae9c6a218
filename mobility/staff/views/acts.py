"""The base of every page that changes an activity."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.staff import permissions
from mobility.staff.forms.acts import OrderForm
from mobility.staff.models import Activity
from mobility.web import acts


class Act(acts.Step):
    template_name = "staff/act.html"
    of = "activity"
    activity: Activity

    def find(self) -> None:
        visible = Activity.objects.visible_to(self.request.user).select_related("person", "department", "partner")
        self.activity = get_object_or_404(visible, pk=self.kwargs["pk"])

    @property
    def where_it_stands(self) -> str:
        """In the words of whoever reads: the office's, or the traveller's own."""
        mine = permissions.is_own(self.request.user, self.activity)
        return self.activity.travellers_state if mine else str(self.activity.get_state_display())

    def could_be_late(self) -> bool:
        return self.activity.steps.exists() and super().could_be_late()


class OrderAct(Act):
    """Its draft is printed here, in three languages; number and date of what was signed are entered."""

    form_class = OrderForm
    template_name = "staff/order.html"
    button = _("Enter the order")
    draft = ""
    """The URL name of the draft, which asks for what this page's own address asks."""

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = {suffix: reverse(self.draft, kwargs=self.kwargs | {"suffix": suffix}) for suffix in ("docx", "pdf")}
        return super().get_context_data(drafts=drafts, **kwargs)
