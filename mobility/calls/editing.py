"""Changes of a call's rules: a copy of the content with one part replaced. Pure; `actions.rules` writes it."""

from collections.abc import Mapping
from copy import deepcopy
from itertools import count
from typing import Any

Content = dict[str, Any]


def with_eligibility(content: Mapping[str, Any], facts: Mapping[str, Any], academic: Mapping[str, Any]) -> Content:
    new = deepcopy(dict(content))
    new["eligibility"] |= facts
    new["academic"] |= academic
    return new


def with_criterion(content: Mapping[str, Any], code: str, facts: Mapping[str, Any]) -> Content:
    return _replaced(content, "criteria", code, facts)


def with_entry(content: Mapping[str, Any], code: str, facts: Mapping[str, Any]) -> Content:
    """A changed achievement of the catalogue, or a new one at its end."""
    if code in {row["code"] for row in content["catalogue"]}:
        return _replaced(content, "catalogue", code, facts)
    new = deepcopy(dict(content))
    new["catalogue"].append({"each": False, "steps": [], "group": "", **facts, "code": code})
    return new


def without_entry(content: Mapping[str, Any], code: str) -> Content:
    new = deepcopy(dict(content))
    new["catalogue"] = [row for row in new["catalogue"] if row["code"] != code]
    return new


def with_modifiers(content: Mapping[str, Any], modifiers: Mapping[str, int]) -> Content:
    return deepcopy(dict(content)) | {"modifiers": dict(modifiers)}


def with_levels(content: Mapping[str, Any], levels: Mapping[str, int]) -> Content:
    return deepcopy(dict(content)) | {"language_levels": dict(levels)}


def with_documents(content: Mapping[str, Any], titles: list[dict[str, str]]) -> Content:
    """A paper keeps its code as long as it keeps its English name: files that are attached stand under it."""
    known = {row["title"]["en"]: row["code"] for row in content.get("documents", [])}
    taken = set(known.values())
    free = (code for number in count(1) if (code := f"document-{number}") not in taken)
    documents = [{"code": known.pop(title["en"], None) or next(free), "title": title} for title in titles]
    return deepcopy(dict(content)) | {"documents": documents}


def with_order(content: Mapping[str, Any], tie_breakers: list[str]) -> Content:
    return deepcopy(dict(content)) | {"tie_breakers": tie_breakers}


def _replaced(content: Mapping[str, Any], part: str, code: str, facts: Mapping[str, Any]) -> Content:
    new = deepcopy(dict(content))
    new[part] = [row | facts if row["code"] == code else row for row in new[part]]
    return new
