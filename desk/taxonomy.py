"""The kinds of requests that every estate knows: 18 groups, 116 kinds, each with its priority."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.resources import files

from desk.records import Place, Priority, Terms, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a request is about. `title` is English and also the message id of its translations."""

    code: str
    title: str
    group: str
    priority: Priority
    #: who pays, where it is unless somebody says otherwise, and whether "done" needs a photo
    terms: Terms = field(default_factory=Terms)
    place: Place = Place.HOME
    photo: bool = False
    #: what an estate calls it, by language; empty is `title`
    names: Mapping[str, str] = field(default_factory=dict)
    #: the estate's own queue for it, by code, and its own promises; none is as for everything else
    queue: str = ""
    respond: timedelta | None = None
    solve: timedelta | None = None

    def __hash__(self) -> int:
        return hash((self.group, self.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds that belong together."""

    code: str
    title: str
    kinds: tuple[Kind, ...]


#: who pays for the kinds of a group, if not the estate
_TERMS = {"paid": "paid", "warranty": "warranty"}
#: what is not in somebody's home, by kind or group
_PLACES = {
    **dict.fromkeys(("corridor_light", "motion_sensor", "area_outage", "mailbox", "lift"), Place.BUILDING),
    **dict.fromkeys(("fire", "rubbish", "bulky", "clutter", "chute", "graffiti"), Place.BUILDING),
    **dict.fromkeys(("gate", "cctv_fault", "cctv_footage", "guard", "suspicious"), Place.GROUNDS),
    **dict.fromkeys(("falling_facade", "snow_ice", "grounds", "parking"), Place.GROUNDS),
}


@cache
def groups() -> tuple[Group, ...]:
    """All groups, in the order in which they are shown."""
    table = json.loads(files("desk").joinpath("taxonomy.json").read_text("utf-8"))
    return tuple(
        Group(
            code=group["code"],
            title=group["en"],
            kinds=tuple(
                Kind(
                    code=kind["code"],
                    title=kind["en"],
                    group=group["code"],
                    priority=Priority(kind["priority"]),
                    terms=Terms(kind=_TERMS.get(group["code"], "free")),
                    place=_PLACES.get(kind["code"]) or _PLACES.get(group["code"], Place.HOME),
                )
                for kind in group["children"]
            ),
        )
        for group in table["categories"]
    )


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its code."""
    return {kind.code: kind for group in groups() for kind in group.kinds}


#: what kinds outside of repairs are about, by their code or their group's
_TYPES = {
    "complaint": Type.COMPLAINT,
    "suggestion": Type.SUGGESTION,
    "praise": Type.PRAISE,
    "enquiry": Type.QUESTION,
    "billing": Type.FEES,
    "paperwork": Type.SERVICE,
}


def type_of(kind: Kind) -> Type:
    """Which rules of the procedure hold for a kind; what is nothing else is a repair."""
    return _TYPES.get(kind.code) or _TYPES.get(kind.group, Type.REPAIR)


@cache
def group_codes() -> frozenset[str]:
    """The codes of the groups."""
    return frozenset(group.code for group in groups())


@cache
def visit_reasons() -> Mapping[str, str]:
    """Why somebody visits: code → title, which is English and also the message id of its translations."""
    table = json.loads(files("desk").joinpath("taxonomy.json").read_text("utf-8"))
    return {reason["code"]: reason["en"] for reason in table["visit_reasons"]}
