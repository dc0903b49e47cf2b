"""Telling many residents at once: made by the office, sent in batches, ended by whoever knows it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from desk import announcements
from desk.actions.actors import Handler, own_home, post_among
from desk.errors import NotAllowed, NotPossible, Rejected
from desk.lifecycle import OFFICE
from desk.ports import Work
from desk.records import Media, Occupancy, Person, Timer
from desk.records.announcements import Announcement

#: how many links to homes are looked at in one transaction
BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """What somebody of the office confirmed."""

    estate_id: int
    words: Mapping[str, str]
    media: tuple[Media, ...] = ()
    building: str = ""
    floor: int | None = None
    #: what is off (`desk.announcements.OUTAGES`); "" explains no reports
    outage: str = ""
    #: None: at once
    start: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAnnouncement:
    """It is over."""

    announcement_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prolong:
    """It takes longer than was said."""

    announcement_id: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Somebody was about to report what is announced already."""

    announcement_id: int
    home_id: int


@dataclass(frozen=True, slots=True)
class Announced:
    """It is on its way."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Ended:
    """It is over, and that is on its way too."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Prolonged:
    """It takes longer."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Explained:
    """The resident knows now, and nothing was filed."""

    announcement: Announcement


def announce(work: Work, person: Person, order: Announce, now: datetime) -> Announced:
    """Keeps it and sets its sending going. Raises `NotAllowed` for everybody but the office."""
    post_among(work, person, order.estate_id, OFFICE, now)
    if order.until is not None and order.until <= max(now, order.start or now):
        raise Rejected("until", "It must end after it begins.")
    kept = work.announcements.save(
        Announcement(
            estate_id=order.estate_id,
            author_id=person.id,
            words=order.words,
            media=order.media,
            building=order.building,
            floor=order.floor,
            kinds=announcements.OUTAGES.get(order.outage, ()),
            start=order.start or now,
            until=order.until,
            made_at=now,
            over_at=None if order.outage else now,
        )
    )
    work.timers.set(sending(kept, "announce", now))
    _remind(work, kept)
    return Announced(kept)


def sending(announcement: Announcement, kind: str, due: datetime, after: int = 0) -> Timer:
    """When the next batch goes out; `after` is the person up to whom it has gone."""
    return Timer(
        key=f"{kind}/{announcement.id}",
        kind=kind,
        due_at=due,
        payload={"announcement": announcement.id, "after": after},
    )


def _remind(work: Work, announcement: Announcement) -> None:
    """Its author is asked at the expected end whether it is over."""
    key = f"announcement_due/{announcement.id}"
    work.timers.cancel(key)
    if announcement.until is not None and announcement.over_at is None:
        payload = {"announcement": announcement.id}
        work.timers.set(Timer(key=key, kind="announcement_due", due_at=announcement.until, payload=payload))


def _lasting(work: Work, person: Person, announcement_id: int, now: datetime) -> Announcement:
    """One that is not over yet, for somebody of its estate's office."""
    found = work.announcements.get(announcement_id)
    post_among(work, person, found.estate_id, OFFICE, now)
    if found.over_at is not None:
        raise NotPossible
    return found


def end(work: Work, person: Person, order: EndAnnouncement, now: datetime) -> Ended:
    """It explains nothing any more, and those who heard of it hear that it is over."""
    found = _lasting(work, person, order.announcement_id, now)
    over = work.announcements.save(replace(found, over_at=now))
    _remind(work, over)
    work.timers.set(sending(over, "announcement_over", now))
    return Ended(over)


def prolong(work: Work, person: Person, order: Prolong, now: datetime) -> Prolonged:
    """Moves the expected end; later reports are told the new one."""
    found = _lasting(work, person, order.announcement_id, now)
    if order.until <= now:
        raise Rejected("until", "It must be a time to come.")
    longer = work.announcements.save(replace(found, until=order.until))
    _remind(work, longer)
    work.timers.set(sending(longer, "announcement_longer", now))
    return Prolonged(longer)


def heard(work: Work, person: Person, order: Heard, now: datetime) -> Explained:
    """Counts a report that the announcement answered. Raises `NotAllowed` for a home of somebody else."""
    found = work.announcements.get(order.announcement_id)
    if own_home(work, person, order.home_id, now).estate_id != found.estate_id:
        raise NotAllowed
    work.announcements.count(found.id, explained=1)
    return Explained(work.announcements.get(found.id))


@dataclass(frozen=True, slots=True)
class Batch:
    """Who is next to be told; those who are left in peace now, by when they are told instead."""

    now: tuple[Person, ...]
    later: Mapping[datetime, tuple[Person, ...]] = field(default_factory=dict)
    #: the person up to whom it has gone; None where that was the last
    after: int | None = None


def next_batch(work: Work, announcement: Announcement, after: int, now: datetime) -> Batch:
    """The next of those whom it concerns, each once, however many homes they have."""
    found = work.announcements.audience(announcement.estate_id, now, after, BATCH)
    full = len(found) == BATCH
    whole = [one for one in found if not full or one.person_id != found[-1].person_id] or found
    people = [work.people.get(one) for one in _concerned(work, announcement, whole)]
    estate = work.estates.get(announcement.estate_id)
    due: dict[datetime, list[Person]] = {}
    for person in filter(announcements.wanted, people):
        due.setdefault(announcements.when(announcement, person, estate, now), []).append(person)
    return Batch(
        now=tuple(due.pop(now, [])),
        later={moment: tuple(told) for moment, told in due.items()},
        after=whole[-1].person_id if full else None,
    )


def _concerned(work: Work, announcement: Announcement, found: Sequence[Occupancy]) -> list[int]:
    homes = {one: work.estates.home(one) for one in {one.home_id for one in found}}
    told = (one.person_id for one in found if announcements.concerns(announcement, homes[one.home_id]))
    return list(dict.fromkeys(told))


HANDLERS: Mapping[type, Handler] = {
    Announce: announce,
    EndAnnouncement: end,
    Prolong: prolong,
    Heard: heard,
}
