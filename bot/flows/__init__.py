"""All families of requests, in the order in which the first page offers them."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from bot.flows import (
    announcements,
    answers,
    complaints,
    dispatching,
    emergency,
    fees,
    following,
    gate,
    household,
    investigations,
    my_requests,
    outages,
    personal,
    services,
    visitors,
)
from bot.flows.base import Act, Exports, Fires, Flow, Forgets, Page, Pays, Reads, Subjects, Tells
from bot.scene import Scene, Tap
from desk.records import Person
from dialogs.engine.heard import Heard
from locales.text import Value

FLOWS: tuple[Flow, ...] = (
    emergency.FLOW,
    my_requests.FLOW,
    complaints.FLOW,
    investigations.FLOW,
    answers.FLOW,
    visitors.FLOW,
    gate.FLOW,
    services.FLOW,
    announcements.FLOW,
    fees.FLOW,
    following.FLOW,
    outages.FLOW,
    dispatching.FLOW,
    household.FLOW,
    personal.FLOW,
)


def _all(part: str) -> dict[Any, Any]:
    """One part of every flow, merged; raises `ValueError` for a name that two of them use."""
    found: dict[Any, Any] = {}
    for name, value in chain.from_iterable(getattr(flow, part).items() for flow in FLOWS):
        if name in found:
            raise ValueError(f"two flows have {part} for {name!r}")
        found[name] = value
    return found


BEGINS: Mapping[str, Subjects] = _all("begins")
ENDINGS: Mapping[str, Value] = _all("endings")
INSTEAD: Mapping[type, Value] = _all("instead")
TELLS: Mapping[type, Tells] = _all("tells")
PAGES: Mapping[str, Page] = _all("pages")
ACTS: Mapping[str, Act] = _all("acts")
TIMERS: Mapping[str, Fires] = _all("timers")
FILES: Mapping[str, Reads] = _all("files")
PAYMENTS: Mapping[str, Pays] = _all("payments")
LINKS: Mapping[str, Act] = _all("links")
EXPORTS: Mapping[str, Exports] = _all("exports")
FORGETS: tuple[Forgets, ...] = tuple(flow.forgets for flow in FLOWS if flow.forgets is not None)


def menu(scene: Scene, person: Person) -> list[list[Tap]]:
    """What the first page offers this person."""
    return [row for flow in FLOWS for row in flow.menu(scene, person)]


def more(scene: Scene, person: Person) -> list[list[Tap]]:
    """What the second page offers this person."""
    return [row for flow in FLOWS for row in flow.more(scene, person)]


def hears(scene: Scene, person: Person, heard: Heard) -> bool:
    """Whether words out of the blue were for one of the flows."""
    return any(flow.hears(scene, person, heard) for flow in FLOWS)
