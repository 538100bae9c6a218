from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.people import actions
from mobility.people.doors import require_recent_sign_in
from mobility.people.filters import PeopleFilter
from mobility.people.forms import ReasonForm
from mobility.people.models import RoleKind, User
from mobility.people.permissions import (
    can_appoint_deputy,
    can_manage_account,
    can_manage_roles,
    can_open_doors,
    can_open_people,
)
from mobility.web.lists import List
from mobility.web.tables import Column

from .account import FORM

FACULTY, FACULTY_SHORT, DEPARTMENT = "student__faculty__name", "student__faculty__short_name", "staff__department__name"


class PeopleList(List):
    template_name = "people/person_list.html"
    filterset_class = PeopleFilter
    sort = "name"
    columns = (
        Column(gettext_lazy("Name"), "name", ("sort_name",)),
        Column(gettext_lazy("Faculty or department")),
        Column(gettext_lazy("Roles today")),
        Column(gettext_lazy("Signs in as")),
        Column(gettext_lazy("Last signed in"), "seen", ("last_login",)),
    )
    own_fields = (
        "pk",
        "family_name",
        "given_name",
        "patronymic",
        "latin_family_name",
        "latin_given_name",
        "email",
        "record_book",
        "is_active",
        "last_login",
        "student__course_year",
        "student__group",
        "kinds",
    )

    @property
    def fields(self) -> list[str]:
        """With the names of places in the reader's language: joined, they cost less than a query of their own."""
        return [*self.own_fields, *self.places]

    @cached_property
    def places(self) -> list[str]:
        return [f"{place}_{get_language()}" for place in (FACULTY, FACULTY_SHORT, DEPARTMENT)]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not can_open_people(request.user):
            raise Http404
        if can_open_doors(request.user):
            self.columns = (*self.columns, Column(gettext_lazy("Slip")))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return User.objects.visible_to(self.request.user).with_kinds(on=timezone.localdate())

    def count(self, found, chosen):
        counted = None if chosen else User.objects.count_of_office(self.request.user)
        return super().count(found, chosen) if counted is None else counted

    def rows(self, found, chosen, *, order, page):
        """The page is cut before its faculties and roles are looked up, where its people are found by a shorter way."""
        near = found if self.request.GET.get("search") else None
        if not chosen and order == [*self.columns[0].sort, "pk"]:
            near = User.objects.first_of_office(self.request.user, until=page.stop)
        if near is None:
            return super().rows(found, chosen, order=order, page=page)
        keys = near.order_by(*order).values("pk")[page]
        people = User.objects.with_kinds(on=timezone.localdate()).filter(pk__in=keys)
        return super().rows(people, chosen, order=order, page=slice(None))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        words = {"blocked": _("blocked")}  # looked up once, not in each row
        return super().get_context_data(may_open_doors=can_open_doors(self.request.user), words=words, **kwargs)

    @cached_property
    def role_names(self) -> dict[str, str]:
        return {kind: str(label) for kind, label in RoleKind.choices}

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        name = joined(row["family_name"], row["given_name"], row["patronymic"])
        latin = joined(row["latin_family_name"], row["latin_given_name"])
        return {
            "pk": str(row["pk"]),  # a page would ask how the reader's language writes a number
            "name": name,
            "latin": latin if latin != name else "",
            "place": self.place(row),
            "roles": ", ".join(self.role_names[kind] for kind in row["kinds"]),
            "sign_in_name": row["email"] or row["record_book"] or "",
            "seen": row["last_login"],
            "blocked": not row["is_active"],
        }

    def place(self, row: dict[str, Any]) -> str:
        faculty, short, department = (row[place] for place in self.places)
        if faculty is None:
            return department or ""
        return " · ".join(filter(None, [short or faculty, str(row["student__course_year"]), row["student__group"]]))


def joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    today = timezone.localdate()
    roles = list(person.role_grants.select_related("faculty", "department", "granted_by"))
    context = {
        "person": person,
        "student": getattr(person, "student", None),
        "staff": getattr(person, "staff", None),
        "present_roles": [role for role in roles if role.ends is None or role.ends >= today],
        "past_roles": [role for role in roles if role.ends is not None and role.ends < today],
        "deputyships": person.deputyships.lasting_on(today).with_role(),
        "appointable": {role.pk for role in roles if can_appoint_deputy(request.user, role)},
        "invitation": person.invitations.filter(closed_at__isnull=True).first(),
        "may_invite": User.objects.invitable_by(request.user, on=today).filter(pk=pk).exists(),
        "may_manage_roles": can_manage_roles(request.user),
        "may_manage_account": can_manage_account(request.user, person),
    }
    return render(request, "people/person_detail.html", context)


def visible_person(request: HttpRequest, pk: int) -> User:
    if not can_open_people(request.user):
        raise Http404
    people = User.objects.visible_to(request.user).select_related("student__faculty", "staff__department")
    return get_object_or_404(people, pk=pk)


@FORM
def block(request: HttpRequest, pk: int) -> HttpResponse:
    person = _manageable(request, pk)
    return _with_reason(
        request,
        person,
        act=actions.block,
        title=_("Block sign-in"),
        sentence=_("Nobody will be able to sign in as %(person)s, and their open sessions end at once."),
        button=_("Block sign-in"),
        done=_("Sign-in is blocked."),
        danger=True,
    )


@FORM
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    person = _manageable(request, pk)
    return _with_reason(
        request,
        person,
        act=actions.unblock,
        title=_("Open sign-in again"),
        sentence=_("%(person)s will be able to sign in with the password they had."),
        button=_("Open sign-in"),
        done=_("Sign-in is open again."),
    )


@FORM
def second_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    person = _manageable(request, pk)
    return _with_reason(
        request,
        person,
        act=actions.reset_second_factor,
        title=_("Take the second factor away"),
        sentence=_(
            "The authenticator app, the passkeys and the recovery codes of %(person)s stop working. Make sure that it "
            "is really they who asked for it."
        ),
        button=_("Take the second factor away"),
        done=_("The second factor is taken away."),
        danger=True,
    )


def _manageable(request: HttpRequest, pk: int) -> User:
    person = visible_person(request, pk)
    if not can_manage_account(request.user, person):
        raise Http404
    require_recent_sign_in(request)
    return person


def _with_reason(request: HttpRequest, person: User, *, act, done: str, sentence: str, **words) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(person=person, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect(person)
    cancel = reverse("person-detail", args=[person.pk])
    words |= {"form": form, "line": person, "sentence": sentence % {"person": person}, "cancel": cancel}
    return render(request, "confirm.html", words)
