from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mobility.people.models import Department, Faculty, Role, RoleKind, User
from mobility.sample import load, sign_ins
from mobility.sample.rows import PASSWORD

MOST_STUDENTS = 99_999
STUDENTS_AN_APPLICATION = 2.3


class Command(BaseCommand):
    help = "Load the sample university into an empty database, and print who can sign in."

    def add_arguments(self, parser):
        parser.add_argument("--students", type=int, default=700, help="how many (default: 700)")
        parser.add_argument("--applications", type=int, help="to this year's call (default: 160); brings its students")
        parser.add_argument("--seed", type=int, default=1, help="another number draws other people (default: 1)")
        parser.add_argument("--sign-ins", action="store_true", help="only print who can sign in")

    def handle(
        self, *, students: int, applications: int | None, seed: int, sign_ins: bool, verbosity: int, **_options
    ) -> None:
        if sign_ins:
            self.print_sign_ins()
            return
        if not 0 <= students <= MOST_STUDENTS:
            raise CommandError(f"--students takes a number from 0 to {MOST_STUDENTS}.")
        was_here = load.is_here()
        started = monotonic()
        if not was_here:
            self.load(students=students, applications=applications, seed=seed)
        if not verbosity:
            return
        self.stdout.write(
            "The sample university is here already; nothing was changed."
            if was_here
            else f"The sample university was loaded in {monotonic() - started:.1f} s."
        )
        self.print_summary()
        self.print_sign_ins()

    def load(self, *, students: int, applications: int | None, seed: int) -> None:
        """Of 23 students ten have marks to apply with."""
        asked = {} if applications is None else {"asked": applications}
        students = max(students, round(STUDENTS_AN_APPLICATION * (applications or 0)))
        try:
            load.load(seed=seed, students=min(students, MOST_STUDENTS), day=timezone.localdate(), **asked)
        except load.NotEmptyError as refusal:
            raise CommandError(
                "This database holds people or a university that are not of the sample; nothing was changed. "
                "Point DATABASE_URL to an empty database to load the sample."
            ) from refusal

    def print_summary(self) -> None:
        roles = Role.objects.in_force_on(timezone.localdate())
        self.stdout.write(
            f"{Faculty.objects.count()} faculties, {Department.objects.count()} departments, "
            f"{roles.filter(kind=RoleKind.STUDENT).count():,} students, {User.objects.count():,} people in all."
        )

    def print_sign_ins(self) -> None:
        """Nothing where the database holds another university: ./run asks this of every database."""
        if not load.is_here():
            return
        width = max(len(who) for who, _name in sign_ins.table())
        self.stdout.write("\nSign in with:")
        for who, name in sign_ins.table():
            self.stdout.write(f"  {who:<{width}}  {name}")
        alone = "" if settings.SECOND_FACTOR_REQUIRED else " (it opens everything: the second factor is switched off)"
        self.stdout.write(f"\nEverybody's password: {PASSWORD}{alone}")
