"""Brings what is kept in line with an estate's file, and says what changed."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from bot.setup.codes import find_queue
from bot.setup.estate_file import EstateFile
from desk.ports import Work
from desk.records import Estate, Home, Queue
from desk.records.answers import Answer
from desk.records.kinds import EstateKind
from desk.records.services import Service
from desk.service_levels import digest

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: what decides when the next digest is due
MORNING: Final = {"digest_at", "time_zone"}


def import_estate(work: Work, file: EstateFile, now: datetime) -> tuple[str, ...]:
    """Adds or updates the estate, its homes and its queues, in the one transaction given; nothing is deleted.

    A line for each, such as `home 1-1-101: added`. What is not in the file at all stays as it is: homes and
    queues left out of it, and the groups and topics that `/setup` bound.
    """
    estate, told = _estate(work, file.estate, now)
    homes = {home.code: home for home in work.estates.homes(estate.id)}
    queues = {queue.code: queue for queue in work.estates.queues(estate.id)}
    return (
        told,
        *(_home(work, home, homes.get(home.code), estate) for home in file.homes),
        *(_queue(work, queue, queues.get(queue.code), estate) for queue in file.queues),
        *(_kind(work, kind, estate) for kind in file.kinds),
        *(_service(work, queue, service, estate) for queue, service in file.services),
        *(_answer(work, answer, estate) for answer in file.answers),
    )


def _estate(work: Work, told: Estate, now: datetime) -> tuple[Estate, str]:
    old = next((estate for estate in work.estates.all() if estate.name == told.name), None)
    if old:
        told = replace(told, id=old.id, staff_chat=old.staff_chat, staff_forum=old.staff_forum)
    changes = _changes(old, told)
    kept = work.estates.save(told) if changes != [] else told
    if changes is None or MORNING & set(changes) or work.timers.get(digest(kept, now).key) is None:
        work.timers.set(digest(kept, now))
    return kept, _line("estate", kept.name, changes)


def _home(work: Work, told: Home, old: Home | None, estate: Estate) -> str:
    told = replace(told, id=old.id if old else 0, estate_id=estate.id)
    changes = _changes(old, told)
    if changes != []:
        work.estates.save_home(told)
    return _line("home", told.code, changes)


def _queue(work: Work, told: Queue, old: Queue | None, estate: Estate) -> str:
    told = replace(told, id=old.id if old else 0, estate_id=estate.id, topic=old.topic if old else None)
    changes = _changes(old, told)
    if changes != []:
        work.estates.save_queue(told)
    return _line("queue", told.code, changes)


def _kind(work: Work, told: EstateKind, estate: Estate) -> str:
    """Raises `NotThere` where it is to go to a queue that there is not."""
    if told.queue:
        find_queue(work, estate, told.queue)
    old = next((one for one in work.kinds.all(estate.id) if one.code == told.code), None)
    told = replace(told, id=old.id if old else 0, estate_id=estate.id)
    changes = _changes(old, told)
    if changes != []:
        work.kinds.save(told)
    return _line("kind", told.code, changes)


def _service(work: Work, queue: str, told: Service, estate: Estate) -> str:
    """Goes to the queue that it names; raises `NotThere` where there is none of that code."""
    old = next((one for one in work.services.all(estate.id) if one.code == told.code), None)
    told = replace(
        told, id=old.id if old else 0, estate_id=estate.id, queue_id=find_queue(work, estate, queue).id
    )
    changes = _changes(old, told)
    if changes != []:
        work.services.save(told)
    return _line("service", told.code, changes)


def _answer(work: Work, told: Answer, estate: Estate) -> str:
    """What the file says counts, also where it was changed by chat meanwhile."""
    old = next((one for one in work.answers.of(estate.id) if one.code == told.code), None)
    told = replace(told, id=old.id if old else 0, estate_id=estate.id)
    changes = _changes(old, told)
    if changes != []:
        work.answers.save(told)
    return _line("answer", told.code, changes)


def _changes(old: "DataclassInstance | None", new: "DataclassInstance") -> list[str] | None:
    """The names of what differs; None if there was nothing before."""
    return None if old is None else list(_different(old, new))


def _different(old: "DataclassInstance", new: "DataclassInstance") -> Iterator[str]:
    return (one.name for one in fields(new) if getattr(old, one.name) != getattr(new, one.name))


def _line(kind: str, name: str, changes: list[str] | None) -> str:
    if changes is None:
        return f"{kind} {name}: added"
    return f"{kind} {name}: " + (f"updated {', '.join(changes)}" if changes else "unchanged")
