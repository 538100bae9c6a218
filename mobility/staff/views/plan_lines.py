"""Pages that change a plan's programmes and its candidates."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mobility.staff.actions import plan_lines as lines
from mobility.staff.actions import plans as actions
from mobility.staff.forms.plans import ChooseForm, PlaceForm, ProposeForm
from mobility.staff.models import LineState, PlanLine, PlanPlace
from mobility.staff.plans import permissions

from .plan_acts import PlanAct


class PlaceAct(PlanAct):
    place: PlanPlace

    def find(self) -> None:
        super().find()
        self.place = get_object_or_404(self.plan.places.select_related("partner"), pk=self.kwargs["place"])
        self.place.plan = self.plan

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(place=self.place, **kwargs)


class PlaceAdd(PlanAct):
    form_class = PlaceForm
    title, button, done = _("Add a programme"), _("Add the programme"), _("The programme is added.")
    allowed = staticmethod(permissions.can_enter_places)

    def act(self, **entered: Any) -> None:
        actions.add_place(plan=self.plan, values=entered, by=self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": PlanPlace(plan=self.plan)}


class PlaceEdit(PlaceAct):
    form_class = PlaceForm
    title, button, done = _("Change the programme"), _("Save the programme"), _("The programme is changed.")
    allowed = staticmethod(permissions.can_enter_places)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.place}

    def act(self, **entered: Any) -> None:
        actions.change_place(place=self.place, values=entered, by=self.request.user)


class PlaceRemove(PlaceAct):
    danger = True
    title, button = _("Remove the programme"), _("Remove the programme")
    sentence, done = _("It leaves the plan. Nobody is proposed for it."), _("The programme is removed.")
    allowed = staticmethod(permissions.can_enter_places)

    def act(self) -> None:
        actions.remove_place(place=self.place, by=self.request.user)


class Propose(PlaceAct):
    form_class = ProposeForm
    title, button = _("Propose a candidate"), _("Propose the candidate")
    sentence = _("Propose them in the order in which the department wants them to go.")
    done = _("The candidate is proposed.")
    allowed = staticmethod(permissions.can_propose)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"head": self.request.user}

    def act(self, **entered: Any) -> None:
        lines.propose(place=self.place, **entered, **self.by_at)


class Choose(PlaceAct):
    form_class = ChooseForm
    title, button = _("Choose the candidates"), _("Save the choice")
    done = _("The choice is saved. It can be changed until the plan goes to the rector.")
    allowed = staticmethod(permissions.can_choose)

    @property
    def sentence(self) -> str:
        told = ngettext("%(count)s place.", "%(count)s places.", self.place.seats) % {"count": self.place.seats}
        return told + " " + gettext("Each department's order stands before the reason.")

    @property
    def subject(self) -> PlanPlace:
        return self.place

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"place": self.place}

    def get_initial(self) -> dict[str, Any]:
        found = list(self.place.lines.all())
        noted = next((line.note for line in found if line.note), "")
        return {"included": [line.pk for line in found if line.state == LineState.INCLUDED], "reason": noted}

    def act(self, **entered: Any) -> None:
        lines.choose(place=self.place, **entered, **self.by_at)


class LineAct(PlanAct):
    line: PlanLine
    allowed = staticmethod(permissions.can_change_line)

    def find(self) -> None:
        super().find()
        visible = PlanLine.objects.visible_to(self.request.user).of_plan(self.plan)
        related = visible.select_related("place__plan", "place__partner", "person", "department")
        self.line = get_object_or_404(related, pk=self.kwargs["line"])

    @property
    def subject(self) -> PlanLine:
        return self.line

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(line=self.line, place=self.line.place, **kwargs)


class Withdraw(LineAct):
    danger = True
    title, button, done = _("Withdraw the candidate"), _("Withdraw the candidate"), _("The candidate is withdrawn.")

    @property
    def sentence(self) -> str:
        return gettext("“%(person)s” is no longer proposed.") % {"person": self.line.person}

    def act(self) -> None:
        lines.withdraw(line=self.line, by=self.request.user)


class MoveUp(LineAct):
    title, button, done = _("Move one up"), _("Move the candidate up"), _("The candidate stands one higher.")

    @property
    def sentence(self) -> str:
        return gettext("“%(person)s” goes before the candidate above.") % {"person": self.line.person}

    def act(self) -> None:
        lines.move_up(line=self.line, by=self.request.user)


class Begin(LineAct):
    title, button = _("Begin"), _("Begin the memo")
    done = _("The memo is begun with what the plan knows. Complete it and send it.")
    allowed = staticmethod(permissions.can_begin)

    @property
    def sentence(self) -> str:
        return gettext("A memo for “%(person)s” is written with host, days and purpose from the plan.") % {
            "person": self.line.person
        }

    def act(self) -> None:
        self.activity = lines.begin(line=self.line, **self.by_at)

    def where_next(self) -> str:
        """Where the memo is completed."""
        return reverse("activity-edit", args=[self.activity.pk])


class CarryOver(PlanAct):
    title, button = _("Carry over"), _("Carry over to the next year")
    allowed = staticmethod(permissions.can_carry_over)

    def find(self) -> None:
        super().find()
        self.left = list(PlanLine.objects.of_plan(self.plan).not_done().in_order().select_related("person", "place"))

    @property
    def sentence(self) -> str:
        if not self.left:
            return gettext("Everything was done, or is carried over already.")
        told = ngettext(
            "%(count)s person has not gone. They become a candidate of the plan of %(year)s, with their programme.",
            "%(count)s people have not gone. They become candidates of the plan of %(year)s, with their programmes.",
            len(self.left),
        )
        return told % {"count": len(self.left), "year": self.plan.year + 1}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(names=[str(line) for line in self.left], **kwargs)

    def act(self) -> None:
        self.carried = lines.carry_over(plan=self.plan, **self.by_at)

    @property
    def done(self) -> str:
        count = len(self.carried)
        told = ngettext("%(count)s person is carried over.", "%(count)s people are carried over.", count)
        return told % {"count": count}

    def where_next(self) -> str:
        return self.carried[0].place.plan.get_absolute_url()
