"""An estate's services: which slots have room, and whether a form is filled in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.calendar import EVERY_WEEK, Days, slots
from desk.records import Estate, Json, Opening, Queue, Slot
from desk.records.services import Asks, Booking, Field, Service

#: how many slots are offered at once
OFFERED = 8
#: how many are looked at to find them
LOOKED_AT = 60


def open_slots(
    service: Service,
    queue: Queue,
    estate: Estate,
    booked: Sequence[Booking],
    now: datetime,
    days: Days = EVERY_WEEK,
) -> tuple[Slot, ...]:
    """The next slots with room in them."""
    taken, hours = Counter(one.start for one in booked), _hours(service, queue, estate)
    found = slots(hours, estate.time_zone, now, LOOKED_AT, service.length, days)
    return tuple(one for one in found if taken[one.start] < service.room)[:OFFERED]


def _hours(service: Service, queue: Queue, estate: Estate) -> tuple[Opening, ...]:
    return service.hours or queue.hours or estate.hours


def ticket(service: Service, queue: Queue, estate: Estate, slot: Slot, seat: int) -> str:
    """The number that somebody waits with, counted through the day from its first opening on: A-07. A break
    leaves numbers out, and no two people have the same."""
    hours = _hours(service, queue, estate)
    if not service.ticket or not hours:
        return ""
    local = slot.start.astimezone(ZoneInfo(estate.time_zone))
    opens = datetime.combine(local, min(one.start for one in hours), local.tzinfo)
    return f"{service.ticket}-{(local - opens) // service.length * service.room + seat:02}"


def free_seat(service: Service, slot: Slot, booked: Sequence[Booking]) -> int | None:
    """The first seat of the slot that nobody has; None where it is full."""
    taken = {one.seat for one in booked if one.start == slot.start}
    return next((seat for seat in range(1, service.room + 1) if seat not in taken), None)


def missing(fields: Sequence[Field], form: Mapping[str, Json], files: int, slot: Slot | None) -> Field | None:
    """The first question that is left open; None where the form is filled in."""
    return next((one for one in fields if not one.optional and not _answered(one, form, files, slot)), None)


def _answered(field: Field, form: Mapping[str, Json], files: int, slot: Slot | None) -> bool:
    match field.asks:
        case Asks.FILES:
            return files > 0
        case Asks.SLOT:
            return slot is not None
        case Asks.CHOICE:
            return form.get(field.code) in field.options
        case Asks.CONSENT:
            return form.get(field.code) is True
        case _:
            return form.get(field.code) not in {None, ""}
