"""Everything of one application: what pages show of it, what it lacks, and what a submission says."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from mobility.calls.models import RulesVersion
from mobility.calls.rubric import documents_by_code, engine_rules
from mobility.students.completeness import Gap, gaps_in
from mobility.students.consents import Need, needed_for
from mobility.students.content import Content, content_of
from mobility.students.models import Application, AttachedPaper, Choice, Claim, Consent, Evidence
from mobility.students.openings import Opening, choices_in, offered_to, version_in_force
from mobility.students.record import claimed_score
from selection.engine.scoring import Line, Rules, Score


def papers_of(application: Application, version: RulesVersion) -> list[AttachedPaper]:
    """Those that the call still asks for; where it asks for none, nothing is read."""
    asked = documents_by_code(version.content)
    return list(application.papers.filter(code__in=asked).select_related("file").order_by("code")) if asked else []


def asked_papers(application: Application, version: RulesVersion) -> list[dict[str, Any]]:
    """Each paper with its file, or with none."""
    attached = {paper.code: paper for paper in papers_of(application, version)}
    asked = documents_by_code(version.content).items()
    return [{"code": code, "title": title, "paper": attached.get(code)} for code, title in asked]


class Dossier:
    """Each part is read when it is first asked for: few pages show all of them."""

    def __init__(self, application: Application, *, at: datetime) -> None:
        self.application, self.at = application, at

    @cached_property
    def version(self) -> RulesVersion:
        return version_in_force(self.application.call)

    @cached_property
    def rules(self) -> Rules:
        return engine_rules(self.application.call, self.version)

    # Rows in the order of their keys: the models' own order would join the application and its call.
    @cached_property
    def claims(self) -> list[Claim]:
        evidence = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
        return list(self.application.claims.order_by("pk").prefetch_related(evidence))

    @cached_property
    def consents(self) -> list[Consent]:
        return list(self.application.consents.select_related("text").order_by("pk"))

    @cached_property
    def papers(self) -> list[AttachedPaper]:
        return papers_of(self.application, self.version)

    @cached_property
    def openings(self) -> list[Opening]:
        return offered_to(self.application, rules=self.rules, claims=self.claims)

    @cached_property
    def choices(self) -> list[Choice]:
        """They came with the openings."""
        return choices_in(self.openings)

    @cached_property
    def needs(self) -> list[Need]:
        return needed_for([choice.destination.condition.partner.country.code for choice in self.choices], at=self.at)

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps_in(
            self.application,
            choices=self.choices,
            claims=self.claims,
            consents=self.consents,
            openings=self.openings,
            needs=self.needs,
        )

    @cached_property
    def content(self) -> Content:
        parts = {"choices": self.choices, "claims": self.claims, "consents": self.consents, "papers": self.papers}
        return content_of(self.application, **parts)

    @cached_property
    def score(self) -> Score:
        return claimed_score(self.application, self.claims, self.rules)

    @cached_property
    def lines(self) -> dict[int, Line]:
        """What the rules make of each claim, if the office accepts all of them."""
        return {int(line.claim): line for line in self.score.lines}


class Sent(Dossier):
    """Of who chooses nothing any more: what else the call offers is not read."""

    @cached_property
    def choices(self) -> list[Choice]:
        return list(self.application.choices.select_related("destination__condition__partner").order_by("position"))
