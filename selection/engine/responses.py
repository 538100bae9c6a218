"""How a student's answer to an offer rewrites their own list for the next run. Nothing else changes with it."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class Response(StrEnum):
    FINAL = "final"  # accepted for good
    WAITING = "waiting"  # accepted, or silent while the window is open: keeps the place, waits for better
    DECLINED = "declined"  # gives the place up, waits for better
    WITHDRAWN = "withdrawn"  # or missed the deadline
    RESERVE = "reserve"  # holds nothing yet


def rewritten(choices: Sequence[str], held: str | None, response: Response) -> tuple[str, ...]:
    """The student's list in the next run."""
    if response is Response.WITHDRAWN:
        return ()
    if (held is None) != (response is Response.RESERVE):
        raise ValueError(f"{response} does not go with {held or 'no place'}")
    if held is None:
        return tuple(choices)
    above = tuple(choices[: choices.index(held)])
    return {Response.FINAL: (held,), Response.WAITING: (*above, held), Response.DECLINED: above}[response]


def frozen(choices: Sequence[str], held: str | None) -> tuple[str, ...]:
    """The list after the freeze date: whoever is placed counts as final."""
    return (held,) if held is not None else tuple(choices)


def shortened(choices: Sequence[str], deleted: Collection[str]) -> tuple[str, ...]:
    """The list of somebody on the reserve without what they no longer want; they may not add or reorder."""
    if unknown := set(deleted) - set(choices):
        raise ValueError(f"not on the list: {sorted(unknown)}")
    return tuple(choice for choice in choices if choice not in deleted)
