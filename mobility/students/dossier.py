"""Everything of one application, read at once: what pages show of it, what it lacks, and what a submission says."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Dossier:
    application: Application
    version: RulesVersion
    rules: Rules
    claims: list[Claim]
    openings: list[Opening]
    choices: list[Choice]
    consents: list[Consent]
    needs: list[Need]
    papers: list[AttachedPaper]

    @classmethod
    def of(cls, application: Application, *, at: datetime) -> "Dossier":
        version = version_in_force(application.call)
        rules = engine_rules(application.call, version)
        # Each in the order of its keys: the models' own order would join the application and its call.
        evidence = Prefetch("evidence", Evidence.objects.select_related("file").order_by("pk"))
        claims = list(application.claims.order_by("pk").prefetch_related(evidence))
        openings = offered_to(application, rules=rules, claims=claims)
        choices = choices_in(openings)
        hosts = [choice.destination.condition.partner.country.code for choice in choices]
        return cls(
            application=application,
            version=version,
            rules=rules,
            claims=claims,
            openings=openings,
            choices=choices,
            consents=list(application.consents.select_related("text").order_by("pk")),
            needs=needed_for(hosts, at=at),
            papers=papers_of(application, version),
        )

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
