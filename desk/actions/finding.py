"""Finding a pass at the gate: by its link, its code, a plate or a name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk import passes, plates
from desk.actions.actors import post_among
from desk.errors import NotFound
from desk.ports import Work
from desk.records import Estate, Json, Person, Timer
from desk.records.visitors import Visitor
from desk.visitors import GATE

#: who is asked for at the gate may be early or late by so much
EARLY, LATE = timedelta(days=3), timedelta(hours=12)
#: how many of a name are looked at, and how many of them are shown
LOOKED_THROUGH, SHOWN = 50, 5
#: how many different wrong codes a guard may type, and how long the first of them counts
GUESSES, GUESSES_COUNT_FOR = 10, timedelta(minutes=10)


def by_link(work: Work, shown: str) -> Visitor | None:
    """Whose pass was opened; None for a link that we never made, or took back."""
    number = passes.visitor_of(shown)
    try:
        visitor = work.visitors.get(number) if number is not None else None
    except NotFound:
        return None
    if visitor is None or not visitor.issue:
        return None
    key = work.visitors.key(visitor.estate_id)
    return visitor if passes.genuine(key, shown, visitor.id, visitor.issue) else None


@dataclass(frozen=True, slots=True)
class Search:
    """What a guard's words led to."""

    found: tuple[Visitor, ...]
    #: too many wrong codes: codes are not looked for any more, for some minutes
    wait: bool = False


def search(work: Work, person: Person, estate: Estate, typed: str, now: datetime) -> Search:
    """Whom a guard means by a code, a plate or a name; raises `NotAllowed`."""
    post_among(work, person, estate.id, GATE, now)
    code = "".join(sign for sign in plates.ascii_digits(typed) if not sign.isspace())
    is_code = code.isascii() and code.isdigit() and len(code) == passes.DIGITS
    wait = is_code and len(_guessed(work, person)) >= GUESSES
    if is_code and not wait:
        key = work.visitors.key(estate.id)
        holder = work.visitors.by_code(estate.id, passes.code_hash(key, code))
        if holder is not None:
            return Search((holder,))
    by_words = _by_plate(work, estate, typed) or _by_name(work, estate, typed, now)
    if is_code and not by_words and not wait:
        _count_guess(work, person, code, now)
    return Search(by_words[:SHOWN], wait and not by_words)


def _by_plate(work: Work, estate: Estate, typed: str) -> tuple[Visitor, ...]:
    plate = plates.normal(typed)
    return work.visitors.by_plate(estate.id, plate, SHOWN) if plate else ()


def _by_name(work: Work, estate: Estate, typed: str, now: datetime) -> tuple[Visitor, ...]:
    wanted = plates.comparable(typed)
    if not wanted:
        return ()
    found = work.visitors.by_name(estate.id, wanted, now - LATE, now + EARLY, LOOKED_THROUGH)
    return tuple(sorted(found, key=lambda one: not one.state.open))


def _guessed(work: Work, person: Person) -> list[Json]:
    kept = work.timers.get(_guesses(person))
    tried = kept.payload.get("tried") if kept else None
    return tried if isinstance(tried, list) else []


def _count_guess(work: Work, person: Person, code: str, now: datetime) -> None:
    """Kept by the timer that forgets them; the same wrong code typed again is no new guess."""
    kept = work.timers.get(_guesses(person))
    tried: list[Json] = [*dict.fromkeys([*map(str, _guessed(work, person)), code])]
    until = kept.due_at if kept else now + GUESSES_COUNT_FOR
    work.timers.set(Timer(key=_guesses(person), kind="guesses", due_at=until, payload={"tried": tried}))


def _guesses(person: Person) -> str:
    return f"gate_guesses/{person.id}"
