"""The base of every page that changes an event."""

from typing import Any

from django.shortcuts import get_object_or_404

from mobility.events import permissions
from mobility.events.models import Event, TeamMember
from mobility.web import acts


class Act(acts.Step):
    template_name = "events/act.html"
    of = "event"
    event: Event

    @property
    def where_it_stands(self) -> str:
        is_office = permissions.can_read_facts(self.request.user, self.event)
        return str(self.event.get_state_display()) if is_office else self.event.students_state

    def find(self) -> None:
        rows = Event.objects.visible_to(self.request.user).select_related("partner", "chaperone", "owner")
        self.event = get_object_or_404(rows, pk=self.kwargs["pk"])


class OfMember(Act):
    """An act on one student of the team."""

    member: TeamMember

    def find(self) -> None:
        super().find()
        found = TeamMember.objects.visible_to(self.request.user).select_related("person", "faculty")
        self.member = get_object_or_404(found.filter(event=self.event), pk=self.kwargs["member"])
        self.member.event = self.event

    @property
    def subject(self) -> TeamMember:
        return self.member

    @property
    def moving(self) -> tuple[TeamMember, Event]:
        return self.member, self.event

    @property
    def where_it_stands(self) -> str:
        mine = self.member.person_id == self.request.user.pk
        return self.member.own_state if mine else str(self.member.get_state_display())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(member=self.member, **kwargs)
