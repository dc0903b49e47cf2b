"""The kinds that an estate offers: the taxonomy, and what the estate has made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from desk.ports import Work
from desk.records import Place, Priority, Terms
from desk.records.kinds import EstateKind
from desk.taxonomy import Group, Kind, groups


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """What can be asked for in one estate. The same one comes back as long as nothing changes, so that it can
    itself be a key."""

    #: in the order in which they are shown; one without kinds is left out
    groups: tuple[Group, ...]
    #: what is offered, by code
    kinds: Mapping[str, Kind]
    #: those that the estate added or renamed, which are found by their names
    named: tuple[Kind, ...] = ()


def catalogue(work: Work, estate_id: int) -> Catalogue:
    """What can be asked for in an estate."""
    return _catalogue(tuple(map(_Key, work.kinds.all(estate_id))))


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """A record as part of a key: names by language cannot be hashed, so they are compared."""

    kind: EstateKind

    def __hash__(self) -> int:
        return hash((self.kind.estate_id, self.kind.code))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.kind == other.kind


@lru_cache(maxsize=64)
def _catalogue(keys: tuple[_Key, ...]) -> Catalogue:
    own = {key.kind.code: key.kind for key in keys}
    shown = tuple(filter(lambda group: group.kinds, (_group(group, own) for group in groups())))
    offered = {kind.code: kind for group in shown for kind in group.kinds}
    return Catalogue(shown, offered, tuple(kind for kind in offered.values() if kind.names))


def _group(group: Group, own: Mapping[str, EstateKind]) -> Group:
    known = [kind for kind in group.kinds if not (kind.code in own and own[kind.code].off)]
    changed = [_changed(kind, own[kind.code]) if kind.code in own else kind for kind in known]
    codes = {kind.code for kind in group.kinds}
    added = [
        _added(kind, group)
        for kind in own.values()
        if kind.group == group.code and kind.code not in codes and not kind.off
    ]
    return replace(group, kinds=(*changed, *added))


def _changed(kind: Kind, own: EstateKind) -> Kind:
    return replace(
        kind,
        names=own.title,
        queue=own.queue,
        priority=own.priority or kind.priority,
        respond=own.respond,
        solve=own.solve,
        terms=own.terms or kind.terms,
        photo=own.photo,
        place=own.place or kind.place,
    )


def _added(own: EstateKind, group: Group) -> Kind:
    """A kind that only this estate knows, like the others of its group in what it does not say."""
    like = group.kinds[0]
    title = next(iter(own.title.values()), own.code)
    fresh = Kind(
        code=own.code,
        title=title,
        group=group.code,
        priority=Priority.NORMAL,
        terms=Terms(kind=like.terms.kind),
        place=Place.HOME,
    )
    return _changed(fresh, own)
