"""Our university as an institution, and its twelve key student partners."""

import tomllib
from functools import cache
from typing import Any

from mobility.sample.names import DATA
from partners.models import Institution, Name, NameKind


@cache
def read_institutions() -> list[dict[str, Any]]:
    with (DATA / "partners.toml").open("rb") as file:
        return tomllib.load(file)["institutions"]


def found() -> None:
    plans = read_institutions()
    institutions = Institution.objects.bulk_create(map(_institution, plans))
    Name.objects.bulk_create(
        name
        for institution, plan in zip(institutions, plans, strict=True)
        for name in [*_current_names(institution, plan), *_former_names(institution, plan)]
    )


def _institution(plan: dict[str, Any]) -> Institution:
    latitude, longitude = plan["place"]
    city = plan["city"]
    return Institution(
        code=plan["code"],
        country=plan["country"],
        city=city["own"],
        city_en=city["en"],
        city_ru=city["ru"],
        city_be=city["be"],
        latitude=latitude,
        longitude=longitude,
        website=plan.get("website", ""),
        ror=plan.get("ror"),
        schac=plan.get("schac"),
        is_key=plan.get("is_key", False),
        is_home=plan.get("is_home", False),
    )


def _current_names(institution: Institution, plan: dict[str, Any]) -> list[Name]:
    kinds = {NameKind.FULL: plan["full"], NameKind.SHORT: plan.get("short", {})}
    return [
        Name(
            institution=institution,
            text=text,
            language=language,
            kind=kind,
            is_primary=kind == NameKind.FULL and language == plan["own"],
            since=plan.get("since"),
        )
        for kind, names in kinds.items()
        for language, text in names.items()
    ]


def _former_names(institution: Institution, plan: dict[str, Any]) -> list[Name]:
    return [Name(institution=institution, kind=NameKind.FORMER, **name) for name in plan.get("former", [])]
