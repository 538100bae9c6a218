from django.db import models


class ReadingQuerySet(models.QuerySet):
    def latest_of(self, claims) -> "ReadingQuerySet":
        """The last reading of each claim."""
        return self.filter(claim__in=claims).order_by("claim_id", "-number").distinct("claim_id")

    def pending(self) -> "ReadingQuerySet":
        return self.filter(needs_second=True, seconded_at=None, refused_at=None)

    def to_settle(self) -> "ReadingQuerySet":
        """Those that a second person can still settle: nobody settles them in a call that is over or called off."""
        going_on = self.filter(
            claim__application__state="submitted",
            claim__application__call__called_off_at=None,
            claim__application__call__published_at=None,
        )
        return going_on.pending()

    def pending_in(self, call, faculty) -> "ReadingQuerySet":
        return self.pending().filter(claim__application__call=call, claim__application__faculty=faculty)


class ConflictQuerySet(models.QuerySet):
    def of_person(self, person) -> "ConflictQuerySet":
        return self.filter(person=person)


class PublicationQuerySet(models.QuerySet):
    def waiting_for(self, person) -> "PublicationQuerySet":
        """Prepared by somebody else, for calls that nothing was published of."""
        return self.filter(published_at=None, run__call__published_at=None).exclude(prepared_by=person)


class StandingQuerySet(models.QuerySet):
    def in_force(self, call, faculty) -> "StandingQuerySet":
        """The lock that nobody has undone; at most one."""
        return self.filter(call=call, faculty=faculty, undone_at=None)
