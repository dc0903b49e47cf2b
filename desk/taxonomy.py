"""The kinds of requests that every estate knows: 18 groups, 116 kinds, each with its priority."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from desk.records import Priority, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a request is about. `title` is English and also the message id of its translations."""

    code: str
    title: str
    group: str
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds that belong together."""

    code: str
    title: str
    kinds: tuple[Kind, ...]


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
