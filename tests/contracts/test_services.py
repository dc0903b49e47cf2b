"""What an estate offers, and that a seat is given once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.errors import Conflict, NotFound
from desk.records import Opening
from desk.records.services import Asks, Booking, Field, Service
from tests.contracts.samples import HOUR, NOW, Place, Store, file, settled


def hall(place: Place, **changes: object) -> Service:
    """A room to be booked."""
    service = Service(
        estate_id=place.estate.id,
        code="hall",
        title={"en": "Community hall", "zh_CN": "活动室"},
        about={"en": "Free for two hours"},
        fields=(
            Field(code="when", title={"en": "When?"}, asks=Asks.SLOT),
            Field(code="size", title={"en": "How many?"}, asks=Asks.CHOICE, options={"s": {"en": "Few"}}),
        ),
        queue_id=place.queue.id,
        kinds=("amenity",),
        promise=timedelta(days=2, microseconds=1),
        hours=(Opening(weekday=0, start=NOW.time(), end=(NOW + HOUR).time()),),
        length=timedelta(minutes=90),
        room=2,
        ticket="H",
    )
    return replace(service, **changes)  # type: ignore[arg-type]


def test_services_are_kept_and_replaced_by_code(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        kept = work.services.save(hall(place))
        assert (work.services.get(kept.id), work.services.all(place.estate.id)) == (kept, (kept,))
        closed = work.services.save(replace(kept, open=False))
        assert work.services.all(place.estate.id) == (closed,)
        assert work.services.all(other.estate.id) == ()
        second = work.services.save(hall(other))
        with pytest.raises(Conflict):
            work.services.save(replace(second, id=0))
        for missing in (lambda: work.services.get(99), lambda: work.services.save(hall(place, id=99))):
            with pytest.raises(NotFound):
                missing()


def test_a_seat_is_given_once_and_comes_back(database: Store):
    place = settled(database)
    with database.write() as work:
        service = work.services.save(hall(place))
        first, second = (file(work, place).id for _ in range(2))
        seat = Booking(service_id=service.id, start=NOW, end=NOW + HOUR, seat=1, request_id=first)
        work.services.book(seat)
        for taken in (replace(seat, request_id=second), replace(seat, seat=2)):
            with pytest.raises(Conflict):
                work.services.book(taken)
        work.services.book(replace(seat, seat=2, request_id=second))
        assert [one.seat for one in work.services.bookings(service.id, NOW)] == [1, 2]
        assert work.services.bookings(service.id, NOW + HOUR) == ()
        work.services.release(first)
        work.services.release(first)
        assert (work.services.booking(first), work.services.booking(second)) == (
            None,
            replace(seat, seat=2, request_id=second),
        )
        work.services.book(replace(seat, request_id=first))
