"""Who belongs to a home: asking to be linked, letting in, inviting, and moving out.

Whoever asks learns nothing of a home: the same is said of one that is not there, of one that has no owner,
and of one whose owner refuses.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.actions import my_requests, visitors
from desk.actions.actors import Handler, holds, resident
from desk.errors import Conflict, NotAllowed, NotFound, NotPossible, Rejected, TooOften
from desk.lifecycle import OFFICE, possible
from desk.ports import Work
from desk.records import Change, Home, HomeRole, Knock, Occupancy, Person, Request, Timer
from desk.records.visitors import Stay

#: how often somebody may ask to be linked in a day
KNOCKS, KNOCKS_COUNT_FOR = 3, timedelta(days=1)
#: when the office hears of what the owners have not answered, and when it lapses
OFFICE_AFTER, LAPSES_AFTER = timedelta(days=2), timedelta(days=14)
#: the longest door that is kept of what somebody typed
DOOR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIn:
    """Please link me to this home."""

    estate_id: int
    door: str
    role: HomeRole
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKnock:
    """Let in, or not; the office may name another home, role or end."""

    knock_id: int
    granted: bool
    home_id: int | None = None
    role: HomeRole | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A single-use code for one more person of this home."""

    home_id: int
    role: HomeRole
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLink:
    """Somebody is no longer part of a home, from then on."""

    occupancy_id: int
    until: datetime | None = None
    #: whether their open requests about that home are called off
    cancel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """The office wants to know who belongs to a home."""

    home_id: int


@dataclass(frozen=True, slots=True)
class Household:
    """A home, and everybody who belongs to it now."""

    home: Home
    links: tuple[Occupancy, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A knock was answered; the link that came of it, if any."""

    knock: Knock
    occupancy: Occupancy | None


@dataclass(frozen=True, slots=True)
class MayInvite:
    """The person may have a code made that says this."""

    invite: Invite
    home: Home


@dataclass(frozen=True, slots=True)
class LinkEnded:
    """A link ends, now or on its day; which requests were called off with it."""

    occupancy: Occupancy
    by: int | None
    cancelled: tuple[Change, ...] = ()


def door_key(door: str) -> str:
    """A door as it is compared: one width, small letters, and whatever separates as one dash."""
    plain = unicodedata.normalize("NFKC", door).casefold()
    return re.sub(r"[\W_]+|[栋幢座号楼单元室]+", "-", plain).strip("-")


def home_at(work: Work, estate_id: int, door: str) -> Home | None:
    """The home with this door. Only for whoever may know of it."""
    wanted = door_key(door)
    return next((one for one in work.estates.homes(estate_id) if door_key(one.code) == wanted), None)


def owners(work: Work, home_id: int, now: datetime) -> tuple[int, ...]:
    """The persons who may decide about a home."""
    living = work.households.living_in(home_id, now)
    return tuple(dict.fromkeys(one.person_id for one in living if one.role is HomeRole.OWNER))


def owns(work: Work, person_id: int, home_id: int, now: datetime) -> bool:
    """Whether somebody may decide about a home."""
    return person_id in owners(work, home_id, now)


def in_office(work: Work, person_id: int, estate_id: int, now: datetime) -> bool:
    """Whether somebody belongs to the office of an estate."""
    return holds(work, person_id, estate_id, OFFICE, now)


def move_in(
    work: Work,
    person_id: int,
    home: Home,
    role: HomeRole,
    until: datetime | None,
    now: datetime,
    by: int | None,
) -> Occupancy:
    """Links somebody to a home. Who belongs to it changes to this role and end; an owner stays one."""
    living = work.households.living_in(home.id, now)
    held = next((one for one in living if one.person_id == person_id), None)
    if held is not None and held.role is HomeRole.OWNER and held.until is None:
        return held
    link = Occupancy(person_id=person_id, home_id=home.id, estate_id=home.estate_id, since=now, added_by=by)
    kept = work.people.occupy(replace(held or link, role=role, until=until, added_by=by))
    if kept.role is not role or kept.until != until:  # an insert that found the row there changes nothing
        kept = work.people.occupy(replace(kept, role=role, until=until))
    watch_end(work, kept)
    return kept


def watch_end(work: Work, link: Occupancy) -> None:
    """Says when the end of a link is to be told."""
    key = f"moves_out/{link.id}"
    if link.until is None:
        return work.timers.cancel(key)
    return work.timers.set(
        Timer(key=key, kind="moves_out", due_at=link.until, payload={"occupancy": link.id})
    )


def may_knock(work: Work, person: Person, now: datetime) -> bool:
    """Whether somebody may ask once more today."""
    return len(work.households.knocked(person.id, now - KNOCKS_COUNT_FOR)) < KNOCKS


def _ask_in(work: Work, person: Person, order: AskIn, now: datetime) -> Knock:
    if not may_knock(work, person, now):
        raise TooOften
    home = home_at(work, order.estate_id, order.door)
    knock = work.households.knock(
        Knock(
            estate_id=order.estate_id,
            person_id=person.id,
            home_id=home.id if home else None,
            door=order.door[:DOOR],
            role=order.role,
            words=order.words,
            asked_at=now,
        )
    )
    work.timers.set(knock_timer(knock, now + OFFICE_AFTER))
    return knock


def knock_timer(knock: Knock, due: datetime) -> Timer:
    """When a knock that nobody has answered is looked at again."""
    return Timer(key=f"knock/{knock.id}", kind="knock", due_at=due, payload={"knock": knock.id})


def answerable(work: Work, person: Person, knock: Knock, now: datetime) -> bool:
    """Whether this person may let them in: an owner of that home, or the office."""
    theirs = knock.home_id is not None and owns(work, person.id, knock.home_id, now)
    return theirs or in_office(work, person.id, knock.estate_id, now)


def _answer(work: Work, person: Person, order: AnswerKnock, now: datetime) -> Settled:
    knock = work.households.knock_of(order.knock_id)
    if not answerable(work, person, knock, now):
        raise NotAllowed
    home = _meant(work, person, knock, order, now) if order.granted else None
    if not work.households.settle(knock.id, person.id, order.granted, now):
        raise Conflict
    work.timers.cancel(f"knock/{knock.id}")
    link = None
    if home is not None:
        role = order.role or knock.role
        link = move_in(work, knock.person_id, home, role, order.until, now, person.id)
    return Settled(work.households.knock_of(knock.id), link)


def _meant(work: Work, person: Person, knock: Knock, order: AnswerKnock, now: datetime) -> Home:
    """The home that a knock was for. Only the office may name another one."""
    if work.people.get(knock.person_id).forgotten:
        raise NotPossible
    home_id = order.home_id or knock.home_id
    if home_id is None:
        raise NotFound
    home = work.estates.home(home_id)
    office = in_office(work, person.id, knock.estate_id, now)
    if home.estate_id != knock.estate_id or not (home.id == knock.home_id or office):
        raise NotAllowed
    return home


def _invite(work: Work, person: Person, order: Invite, now: datetime) -> MayInvite:
    home = work.estates.home(order.home_id)
    office = in_office(work, person.id, home.estate_id, now)
    if not office and (not owns(work, person.id, home.id, now) or order.role is HomeRole.OWNER):
        raise NotAllowed
    if order.until is not None and order.until <= now:
        raise Rejected("until", "This day has passed.")
    return MayInvite(order, home)


def may_end(work: Work, person: Person, link: Occupancy, now: datetime) -> bool:
    """Everybody their own, an owner that of tenants and family, the office every one."""
    if link.person_id == person.id or in_office(work, person.id, link.estate_id, now):
        return True
    return link.role is not HomeRole.OWNER and owns(work, person.id, link.home_id, now)


def _end(work: Work, person: Person, order: EndLink, now: datetime) -> LinkEnded:
    link = work.households.occupancy(order.occupancy_id)
    if not may_end(work, person, link, now):
        raise NotAllowed
    if link.until is not None and link.until <= now:
        raise NotPossible
    cancelled = _call_off(work, person, link, now) if order.cancel and link.person_id == person.id else ()
    return LinkEnded(end(work, link, order.until or now, now, person.id), person.id, cancelled)


def end(work: Work, link: Occupancy, until: datetime, now: datetime, by: int | None) -> Occupancy:
    """Ends a link on a day, and on that day all that hangs on it."""
    ended = work.people.occupy(replace(link, until=max(until, now), ended_by=by))
    watch_end(work, ended)
    if until <= now:
        work.timers.cancel(f"moves_out/{link.id}")
        cut_off(work, ended, now)
    return ended


def cut_off(work: Work, link: Occupancy, now: datetime) -> None:
    """Whoever is no longer of a home lets nobody in there, hears nothing of its neighbours' faults, and what
    they handed out and nobody has used is worthless."""
    work.households.void_codes(link.home_id, link.person_id, now)
    for one in work.followers.by(link.person_id):
        if one.home_id == link.home_id:
            work.followers.drop(one.request_id, link.person_id)
    host = work.people.get(link.person_id)
    for visitor in work.visitors.open_in_home(link.home_id):
        if visitor.host_id == host.id and visitor.state in {Stay.REQUESTED, Stay.ACTIVE}:
            visitors.revoke(work, host, visitors.RevokeVisitor(visitor_id=visitor.id), now)


def _look_at(work: Work, person: Person, order: LookAt, now: datetime) -> Household:
    home = work.estates.home(order.home_id)
    if not in_office(work, person.id, home.estate_id, now):
        raise NotAllowed
    return Household(home, work.households.living_in(home.id, now))


def open_requests(work: Work, person_id: int, home_id: int | None = None) -> tuple[Request, ...]:
    """What somebody reported that is still open, of one home or at all."""
    mine = work.requests.of_resident(person_id, limit=1000)
    return tuple(one for one in mine if one.state.open and home_id in (None, one.home_id))


def _call_off(work: Work, person: Person, link: Occupancy, now: datetime) -> tuple[Change, ...]:
    mine = open_requests(work, person.id, link.home_id)
    actor = resident(person)
    can = [one for one in mine if possible(one, "cancelled", actor)]
    return tuple(my_requests.call_off(work, one, actor, "Moving out", now) for one in can)


HANDLERS: Mapping[type, Handler] = {
    AskIn: _ask_in,
    AnswerKnock: _answer,
    Invite: _invite,
    EndLink: _end,
    LookAt: _look_at,
}
