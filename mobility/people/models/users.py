import secrets
from datetime import date

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import UserManager, folded, spaced
from mobility.web.fields import NfcCharField

from .roles import Role, RoleKind

IR_OFFICERS_APPS = {"partners"}
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, none that reads like another


GIVES_SORT_NAME = pgtrigger.Trigger(
    name="gives_sort_name",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__sort_name__df=pgtrigger.F("new__sort_name")),
    func="UPDATE people_studentprofile SET sort_name = NEW.sort_name WHERE person_id = NEW.id; RETURN NULL;",
)


def new_code() -> str:
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in secrets.token_bytes(8))


class User(AbstractBaseUser):
    """A person. Roles say what they may do; `code` stands for them where their name must be erasable."""

    code = models.CharField(_("code"), max_length=8, unique=True, default=new_code, editable=False)
    email = models.EmailField(
        _("e-mail"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Someone has this e-mail already.")},
    )
    record_book = models.CharField(
        _("record-book number"),
        max_length=30,
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Someone has this record-book number already.")},
    )
    family_name = NfcCharField(_("family name"), max_length=150, help_text=_("In the person's own script."))
    given_name = NfcCharField(_("given name"), max_length=150, blank=True)
    patronymic = NfcCharField(_("patronymic"), max_length=150, blank=True)
    latin_family_name = NfcCharField(_("family name in Latin letters"), max_length=150, blank=True)
    latin_given_name = NfcCharField(_("given name in Latin letters"), max_length=150, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=[("en", "English"), ("ru", "Русский"), ("be", "Беларуская")],
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    sort_name = models.GeneratedField(
        expression=folded(spaced("family_name", "given_name", "patronymic")),
        output_field=models.TextField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=folded(
            spaced(
                "family_name",
                "given_name",
                "patronymic",
                "latin_family_name",
                "latin_given_name",
                "email",
                "record_book",
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["family_name", "given_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "id"]
        triggers = [Journaled(without=["password"]), GIVES_SORT_NAME]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_small_letters"),
            models.CheckConstraint(
                condition=models.Q(record_book=Upper("record_book")), name="record_book_in_capital_letters"
            ),
            models.CheckConstraint(
                condition=~models.Q(record_book__contains="@"),
                name="record_book_is_no_email",
                violation_error_message=_("A record-book number has no @ in it."),
            ),
            models.CheckConstraint(condition=~models.Q(family_name=""), name="person_has_a_name"),
        ]
        indexes = [
            models.Index("sort_name", "id", name="person_by_name"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="person_search"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_absolute_url(self) -> str:
        return reverse("person-detail", args=[self.pk])

    def get_full_name(self) -> str:
        return " ".join(filter(None, [self.family_name, self.given_name, self.patronymic]))

    def get_short_name(self) -> str:
        """For the band on top and greetings."""
        return " ".join(filter(None, [self.given_name, self.family_name]))

    @property
    def latin_name(self) -> str:
        return " ".join(filter(None, [self.latin_family_name, self.latin_given_name]))

    @property
    def sign_in_name(self) -> str:
        return self.email or self.record_book or ""

    def clean(self) -> None:
        super().clean()
        self._settle_sign_in_names()

    def save(self, **kwargs) -> None:
        self._settle_sign_in_names()
        super().save(**kwargs)

    def _settle_sign_in_names(self) -> None:
        self.email = (self.email or "").strip().lower() or None
        self.record_book = (self.record_book or "").strip().upper() or None

    @cached_property
    def roles(self) -> list[Role]:
        """Today's, own and acted for: one query, kept for the request."""
        return self.roles_on(timezone.localdate())

    def roles_on(self, day: date) -> list[Role]:
        return list(Role.objects.held_by(self, day)) if self.is_active else []

    def holds(self, kind: RoleKind, *, faculty=None, department=None) -> bool:
        """Today, in their own right or as a deputy; for the given faculty or department where one is given."""
        return any(
            role.kind == kind
            and (faculty is None or role.faculty_id == faculty.pk)
            and (department is None or role.department_id == department.pk)
            for role in self.roles
        )

    # What Django's admin asks, answered by role: there are no groups, no superusers and no rights of single persons.

    @property
    def is_staff(self) -> bool:
        return self.holds(RoleKind.ADMINISTRATOR) or self.holds(RoleKind.IR_OFFICER)

    def has_perm(self, perm: str, obj=None) -> bool:  # noqa: ARG002 -- the signature is Django's
        return self.has_module_perms(perm.partition(".")[0])

    def has_perms(self, perm_list, obj=None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        if self.holds(RoleKind.ADMINISTRATOR):
            return True
        return app_label in IR_OFFICERS_APPS and self.holds(RoleKind.IR_OFFICER)
