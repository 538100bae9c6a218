"""Who may open what: one row for every URL name, data only. test_access.py tries every row.

To add a page, add a line to TABLE, under its app:

    "partner-list": Page(get=everyone(200)),
    "person-detail": Page(at=lambda place: {"pk": StudentFactory(faculty=place.faculty).pk},
                          get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200}, others=404)),
    "invitation-send": Page(at=lambda place: {"pk": InvitationFactory(by=place.me).pk},
                            get=405, post=only({ADMINISTRATOR: 302}, others=404)),

* `at` makes the object that the URL speaks of and returns the URL's arguments. It is called afresh for each person,
  once with `place.faculty` that person's own and once another; `place.me` is who asks. Without arguments, leave it out.
* `get` and `post` say what happens: a status for everybody signed in, `everyone(…)` for anonymous too, or
  `only({who: …}, others=…)`. Anonymous is sent to the sign-in page, to come back afterwards, unless a row says
  otherwise. `OWN_FACULTY` is 200 at home and 404 elsewhere; any other pair is `(own, other)`. POST goes without data:
  200 is a form that comes back with its errors.
* A post is 405 unless the row says otherwise. What one may not see does not exist: 404, not 403.
* Pages of the admin have no rows: test_admin_access.py makes them from the registry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from mobility.files.tests.factories import StoredFileFactory
from mobility.people.tests.factories import (
    DeputyFactory,
    RoleFactory,
    RosterFactory,
    StudentFactory,
    StudentLeaveFactory,
    UserFactory,
)
from partners.tests.factories import (
    AgreementFactory,
    ConditionFactory,
    ConfirmedSeatsFactory,
    InstitutionFactory,
    ProlongationFactory,
    ScanFactory,
)

ANONYMOUS = "anonymous"
NOBODY = "signed in, without a role"
STUDENT = "student"
TEACHING_STAFF = "teaching-staff"
HEAD_OF_DEPARTMENT = "head-of-department"
DEANS_OFFICE = "deans-office"
IR_OFFICER = "ir-officer"
RECTOR = "rector"
ADMINISTRATOR = "administrator"
ROLES = (STUDENT, TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
WHO = (ANONYMOUS, NOBODY, *ROLES)

# Who enters the admin, and the apps they find there.
EVERYTHING = "every app"
IN_THE_ADMIN = {ADMINISTRATOR: EVERYTHING, IR_OFFICER: {"partners"}}

SIGN_IN = "to the sign-in page, and back"
OWN_FACULTY = (200, 404)

Outcome = int | str | tuple[int | str, int | str]


@dataclass(frozen=True)
class Place:
    """Where a row is tried: by whom, on an object of which faculty."""

    me: Any
    faculty: Any


@dataclass(frozen=True)
class Page:
    at: Callable[[Place], dict[str, Any]] | None = None
    get: dict[str, Outcome] | int | str = 405
    post: dict[str, Outcome] | int | str = 405

    def expected(self, method: str, who: str, *, own: bool) -> int | str:
        rule = getattr(self, method)
        if not isinstance(rule, dict):
            rule = only({}, others=rule)
        outcome = rule.get(who, rule["others"])
        return outcome[0 if own else 1] if isinstance(outcome, tuple) else outcome


def only(outcomes: dict[str, Outcome], *, others: int | str) -> dict[str, Outcome]:
    return {ANONYMOUS: SIGN_IN, "others": others, **outcomes}


def everyone(outcome: int | str) -> dict[str, Outcome]:
    return {ANONYMOUS: outcome, "others": outcome}


def visitors(outcome: int | str, *, signed_in: int | str = 302) -> dict[str, Outcome]:
    """For pages of the door itself: whoever is in already is sent on."""
    return {ANONYMOUS: outcome, "others": signed_in}


IN_OFFICE = (HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
ADMINISTRATORS_FORM = {
    "get": only({ADMINISTRATOR: 200}, others=404),
    "post": only({ADMINISTRATOR: 200}, others=404),
}


def student(place: Place) -> dict[str, Any]:
    return {"pk": StudentFactory(student__faculty=place.faculty).pk}


def office(place: Place) -> dict[str, Any]:
    """Somebody else's role."""
    return {"pk": RoleFactory(kind=DEANS_OFFICE, faculty=place.faculty).pk}


def foreign_passkey(place: Place) -> dict[str, Any]:
    owner = StudentFactory(student__faculty=place.faculty)
    return {"pk": Authenticator.objects.create(user=owner, type="webauthn", data={}).pk}


def editors(outcome: int | str) -> dict[str, Outcome]:
    """Those who keep the partners and the agreements."""
    return only({IR_OFFICER: outcome, ADMINISTRATOR: outcome}, others=404)


def archived_institution(*, by: Any) -> Any:
    by = by or UserFactory()
    return InstitutionFactory(archived_at=timezone.now(), archived_by=by, archive_reason="It closed.")


SEE_STUDENTS = (DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
KEEP_STUDENTS = (DEANS_OFFICE, IR_OFFICER, ADMINISTRATOR)
STUDENTS_LIST = only(dict.fromkeys(SEE_STUDENTS, 200), others=404)
ROSTERS_PAGE = only(dict.fromkeys(KEEP_STUDENTS, 200), others=404)
STUDENTS_FORM = {
    method: only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, ADMINISTRATOR: 200}, others=404)
    for method in ("get", "post")
}


def waiting_roster(place: Place) -> dict[str, Any]:
    """Seen by whoever sent it, if they may import at all."""
    return {"pk": RosterFactory(uploaded_by=place.me or UserFactory()).pk}


def readers(outcome: int | str) -> dict[str, Outcome]:
    who = (IR_OFFICER, ADMINISTRATOR, RECTOR, DEANS_OFFICE, HEAD_OF_DEPARTMENT)
    return only(dict.fromkeys(who, outcome), others=404)


def an_agreement(_place: Place) -> dict[str, Any]:
    return {"pk": AgreementFactory().pk}


def a_draft(_place: Place) -> dict[str, Any]:
    return {"pk": AgreementFactory(sealed_at=None, sealed_by=None).pk}


def a_party(_place: Place) -> dict[str, Any]:
    draft = AgreementFactory(sealed_at=None, sealed_by=None, parties=InstitutionFactory.create_batch(2))
    return {"pk": draft.pk, "party": draft.parties.first().pk}


def a_condition(_place: Place) -> dict[str, Any]:
    condition = ConditionFactory()
    return {"pk": condition.agreement_id, "condition": condition.pk}


def a_scan(_place: Place) -> dict[str, Any]:
    scan = ScanFactory()
    return {"pk": scan.agreement_id, "scan": scan.pk}


def a_prolongation(_place: Place) -> dict[str, Any]:
    letter = ProlongationFactory()
    return {"pk": letter.agreement_id, "prolongation": letter.pk}


def a_seats_letter(_place: Place) -> dict[str, Any]:
    entry = ConfirmedSeatsFactory(file=StoredFileFactory())
    return {"pk": entry.condition.agreement_id, "seats": entry.pk}


TABLE = {
    # web: the frame
    "language": Page(get=everyone(405), post=everyone(400)),
    "appearance": Page(get=everyone(405), post=everyone(302)),
    "help": Page(get=everyone(200), post=everyone(405)),
    "accessibility": Page(get=everyone(200), post=everyone(405)),
    "personal-data": Page(get=everyone(200), post=everyone(405)),
    "gallery": Page(get=200),
    "healthz": Page(get=everyone(200), post=everyone(405)),
    "readyz": Page(get=everyone(200), post=everyone(405)),
    # journal: each model's own door decides; a faculty's history has none
    "history": Page(
        at=lambda place: {"app_label": "people", "model": "faculty", "pk": place.faculty.pk},
        get=only({}, others=404),
    ),
    "home": Page(get=everyone(200), post=everyone(405)),
    # partners
    "partner-list": Page(get=everyone(200), post=everyone(405)),
    "partner-detail": Page(
        at=lambda _place: {"code": InstitutionFactory().code}, get=everyone(200), post=everyone(405)
    ),
    "partner-import": Page(get=editors(200), post=editors(200)),
    "partner-export": Page(at=lambda _place: {"kind": "csv"}, get=editors(200)),
    "partner-similar": Page(get=editors(200)),
    "partner-archive": Page(at=lambda _place: {"code": InstitutionFactory().code}, get=editors(200), post=editors(200)),
    "partner-restore": Page(
        at=lambda place: {"code": archived_institution(by=place.me).code}, get=editors(200), post=editors(302)
    ),
    "partner-rename": Page(at=lambda _place: {"code": InstitutionFactory().code}, get=editors(200), post=editors(200)),
    # people: the doors, for whoever has no session yet
    "account_login": Page(get=visitors(200), post=visitors(200)),
    "account_logout": Page(get={ANONYMOUS: 302, "others": 200}, post=everyone(302)),
    "account_inactive": Page(get=everyone(200), post=everyone(405)),
    "account_reset_password": Page(get=everyone(200), post=everyone(200)),
    "account_reset_password_done": Page(get=everyone(200), post=everyone(405)),
    "account_reset_password_from_key": Page(
        at=lambda _place: {"uidb36": "1", "key": "x-y"}, get=everyone(200), post=everyone(200)
    ),
    "account_reset_password_from_key_done": Page(get=everyone(200), post=everyone(405)),
    "invitation-accept": Page(at=lambda _place: {"token": "x"}, get=everyone(410), post=everyone(410)),
    "slip-accept": Page(get=everyone(200), post=everyone(200)),
    "mfa_authenticate": Page(get=everyone(302), post=everyone(302)),
    "mfa_login_webauthn": Page(get=everyone(302), post=everyone(302)),
    # people: my account
    "account": Page(get=200),
    "account-about-me": Page(get=200, post=200),
    "email-change": Page(get=200, post=200),
    "email-confirm": Page(at=lambda _place: {"token": "x"}, get=200, post=302),
    "account_reauthenticate": Page(get=200, post=200),
    "account_change_password": Page(get=200, post=200),
    "account_set_password": Page(get=302, post=302),
    "usersessions_list": Page(get=200, post=302),
    "mfa_index": Page(get=200),
    "mfa_reauthenticate": Page(get=302, post=302),
    "mfa_reauthenticate_webauthn": Page(get=302, post=302),
    "mfa_activate_totp": Page(get=200, post=200),
    "mfa_deactivate_totp": Page(get=404, post=404),
    "mfa_view_recovery_codes": Page(get=404, post=405),
    "mfa_generate_recovery_codes": Page(get=200, post=200),
    "mfa_download_recovery_codes": Page(get=404, post=404),
    "mfa_list_webauthn": Page(get=200),
    "mfa_add_webauthn": Page(get=200, post=200),
    "mfa_edit_webauthn": Page(at=foreign_passkey, get=404, post=404),
    "mfa_remove_webauthn": Page(at=foreign_passkey, get=404, post=404),
    # people: people, their roles and their ways in
    "person-list": Page(
        get=only(dict.fromkeys(IN_OFFICE, 200), others=404), post=only(dict.fromkeys(IN_OFFICE, 405), others=404)
    ),
    "person-detail": Page(
        at=student,
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, RECTOR: 200, ADMINISTRATOR: 200}, others=404),
    ),
    "person-invite": Page(
        at=student,
        get=only({DEANS_OFFICE: OWN_FACULTY, ADMINISTRATOR: 200}, others=404),
        post=only({DEANS_OFFICE: (302, 404), ADMINISTRATOR: 302}, others=404),
    ),
    "slip-list": Page(get=404, post=404),
    "person-block": Page(at=student, **ADMINISTRATORS_FORM),
    "person-unblock": Page(at=student, **ADMINISTRATORS_FORM),
    "person-second-factor-reset": Page(at=student, **ADMINISTRATORS_FORM),
    "role-grant": Page(at=student, **ADMINISTRATORS_FORM),
    "role-end": Page(at=office, **ADMINISTRATORS_FORM),
    "deputy-appoint": Page(at=office, **ADMINISTRATORS_FORM),
    "deputy-dismiss": Page(
        at=lambda place: {"pk": DeputyFactory(role=RoleFactory(kind=DEANS_OFFICE, faculty=place.faculty)).pk},
        **ADMINISTRATORS_FORM,
    ),
    # people: students, their rosters and what an office decides of them
    "student-list": Page(get=STUDENTS_LIST, post=only(dict.fromkeys(SEE_STUDENTS, 405), others=404)),
    "student-gaps": Page(get=STUDENTS_LIST),
    "student-detail": Page(
        at=student,
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, RECTOR: 200, ADMINISTRATOR: 200}, others=404),
    ),
    "student-correct": Page(at=student, **STUDENTS_FORM),
    "student-status": Page(at=student, **STUDENTS_FORM),
    "student-transfer": Page(at=student, **STUDENTS_FORM),
    "student-leave": Page(at=student, **STUDENTS_FORM),
    "student-sanction": Page(at=student, **STUDENTS_FORM),
    "leave-end": Page(
        at=lambda place: {"pk": StudentLeaveFactory(person__student__faculty=place.faculty).pk}, **STUDENTS_FORM
    ),
    "roster-list": Page(get=ROSTERS_PAGE, post=only(dict.fromkeys(KEEP_STUDENTS, 405), others=404)),
    "roster-new": Page(at=lambda _place: {"kind": "marks"}, get=ROSTERS_PAGE, post=ROSTERS_PAGE),
    "roster-detail": Page(
        at=waiting_roster, get=ROSTERS_PAGE, post=only(dict.fromkeys(KEEP_STUDENTS, 302), others=404)
    ),
    "roster-problems": Page(at=waiting_roster, get=ROSTERS_PAGE),
    "roster-changes": Page(at=waiting_roster, get=ROSTERS_PAGE),
    "move-up-list": Page(get=ROSTERS_PAGE),
    "move-up": Page(
        at=lambda place: {"pk": place.faculty.pk},
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, ADMINISTRATOR: 200}, others=404),
        post=only({DEANS_OFFICE: (302, 404), IR_OFFICER: 302, ADMINISTRATOR: 302}, others=404),
    ),
    # agreements: read by those who work with places, written by International Relations
    "agreement-list": Page(get=readers(200), post=readers(405)),
    "agreement-export": Page(get=readers(200), post=readers(405)),
    "agreement-expiring": Page(get=readers(200), post=readers(405)),
    "agreement-coverage": Page(get=readers(200)),
    "agreement-parity": Page(get=readers(200)),
    "agreement-detail": Page(at=an_agreement, get=readers(200)),
    "agreement-new": Page(get=editors(200), post=editors(200)),
    "agreement-edit": Page(at=a_draft, get=editors(200), post=editors(200)),
    "agreement-put-in-force": Page(at=a_draft, get=editors(200), post=editors(302)),
    "agreement-renew": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "agreement-terminate": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "agreement-hand-over": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "scan-add": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "scan-file": Page(at=a_scan, get=readers(200)),
    "prolongation-file": Page(at=a_prolongation, get=readers(200)),
    "seats-file": Page(at=a_seats_letter, get=readers(200)),
    "party-add": Page(at=a_draft, get=editors(200), post=editors(200)),
    "party-remove": Page(at=a_party, get=editors(200), post=editors(302)),
    "condition-add": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "exchange-add": Page(at=an_agreement, get=editors(200), post=editors(200)),
    "condition-edit": Page(at=a_condition, get=editors(200), post=editors(200)),
    "condition-remove": Page(at=a_condition, get=editors(200), post=editors(302)),
    "seats-confirm": Page(at=a_condition, get=editors(200), post=editors(200)),
}
