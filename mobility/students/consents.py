"""Which consents an application needs: to processing, and to sending data to each country of the hosts chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.utils import timezone
from django_countries import countries

from mobility.students.models import Application, ConsentText
from partners.models import Institution


@dataclass(frozen=True)
class Need:
    text: ConsentText
    country: str = ""

    @property
    def key(self) -> str:
        return f"{self.text.pk}-{self.country}"

    @property
    def country_name(self) -> str:
        return str(countries.name(self.country)) if self.country else ""


def needed_by(application: Application, *, at: datetime) -> list[Need]:
    chosen = application.choices.values_list("destination__condition__partner__country", flat=True)
    return needed_for(chosen, at=at)


def needed_for(hosts: Iterable[str], *, at: datetime) -> list[Need]:
    """`hosts` are the countries of the choices. Where a purpose has no text in force, there is nothing to ask."""
    home = ArraySubquery(Institution.objects.home().order_by().values("country"))
    in_force = ConsentText.objects.in_force_on(timezone.localdate(at)).annotate(home=home)
    texts = {text.purpose: text for text in in_force}
    found = []
    if processing := texts.get(ConsentText.Purpose.PROCESSING):
        found.append(Need(processing))
    if transfer := texts.get(ConsentText.Purpose.TRANSFER):
        found += [Need(transfer, country) for country in _abroad(hosts, transfer.home)]
    return found


def _abroad(hosts: Iterable[str], home: Iterable[str]) -> list[str]:
    """Each once, in their order, without our own."""
    return [country for country in dict.fromkeys(str(host) for host in hosts) if country and country not in home]
