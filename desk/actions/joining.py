"""Coming in by a single-use code: residents to their home, staff to their post."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.actions.households import move_in
from desk.errors import BadCode
from desk.ports import Work
from desk.records import Code, Home, HomeRole, Json, Occupancy, Person, Queue, Role, Staff, Timer

#: how long a slip with a code is good
CODE_LIFE = timedelta(days=30)
#: how many different wrong codes somebody may try, and how long the first of them counts
GUESSES, GUESSES_COUNT_FOR = 5, timedelta(hours=1)


def digest_of(code: str) -> str:
    """What is kept of a code: its hash, so that nobody who reads the database can use it."""
    return hashlib.sha256(code.encode()).hexdigest()


def issue_home_code(
    work: Work,
    home: Home,
    code: str,
    now: datetime,
    *,
    role: HomeRole = HomeRole.OWNER,
    until: datetime | None = None,
    by: int | None = None,
) -> None:
    """Makes a random code good for one person of this home."""
    work.people.issue(
        Code(
            hash=digest_of(code),
            estate_id=home.estate_id,
            home_id=home.id,
            home_role=role,
            lives_until=until,
            issued_by=by,
            issued_at=now,
            expires_at=now + CODE_LIFE,
        )
    )


def issue_post_code(
    work: Work, estate_id: int, role: Role, queue: Queue | None, badge: str, code: str, now: datetime
) -> None:
    """Makes a random code good for one person in this role."""
    work.people.issue(
        Code(
            hash=digest_of(code),
            estate_id=estate_id,
            role=role,
            queue_id=queue.id if queue else None,
            badge=badge,
            issued_at=now,
            expires_at=now + CODE_LIFE,
        )
    )


def look_up(work: Work, code: str, now: datetime) -> Code:
    """The code, still unspent; raises `BadCode`."""
    found = work.people.code(digest_of(code))
    if found is None or found.spent_at is not None or found.expires_at <= now:
        raise BadCode
    if found.lives_until is not None and found.lives_until <= now:
        raise BadCode
    return found


def may_try(work: Work, person: Person) -> bool:
    """Whether the person may try a code: who guesses has to wait, even with a good one."""
    return len(_guessed(work.timers.get(_guesses(person)))) < GUESSES


def guessed(work: Work, code: str, person: Person, now: datetime) -> None:
    """Counts a wrong code; the same slip tried again is no new guess. Kept by the timer that forgets them."""
    kept = work.timers.get(_guesses(person))
    tried: list[Json] = [*dict.fromkeys([*_guessed(kept), digest_of(code)[:8]])]
    until = kept.due_at if kept else now + GUESSES_COUNT_FOR
    work.timers.set(
        Timer(key=_guesses(person), kind="guesses", due_at=until, payload={"tried": tried[:GUESSES]})
    )


def forget_guesses(work: Work, person: Person) -> None:
    """Their wrong codes are forgotten with them."""
    work.timers.cancel(_guesses(person))


def _guesses(person: Person) -> str:
    return f"guesses/{person.id}"


def _guessed(kept: Timer | None) -> list[str]:
    tried = kept.payload.get("tried") if kept else None
    return [str(one) for one in tried] if isinstance(tried, list) else []


@dataclass(frozen=True, slots=True)
class MovedIn:
    """A resident was linked to a home."""

    occupancy: Occupancy


@dataclass(frozen=True, slots=True)
class Hired:
    """Somebody took up a post."""

    staff: Staff


def redeem(work: Work, code: str, person: Person, now: datetime) -> MovedIn | Hired:
    """Spends the code, once: two people with the same slip get one link. Raises `BadCode`."""
    found = look_up(work, code, now)
    if not work.people.spend(found.hash, person.id, now):
        raise BadCode
    if found.home_id is not None:
        home = work.estates.home(found.home_id)
        role, until = found.home_role, found.lives_until
        return MovedIn(move_in(work, person.id, home, role, until, now, found.issued_by))
    return Hired(work.people.hire(_post(work, found, person, now)))


def _post(work: Work, code: Code, person: Person, now: datetime) -> Staff:
    """The post that a code gives; who holds it already serves one more queue."""
    role = code.role or Role.WORKER
    queues = (code.queue_id,) if code.queue_id else ()
    for held in work.people.staff_of(person.id, now):
        if (held.estate_id, held.role) == (code.estate_id, role):
            both = tuple(dict.fromkeys((*held.queues, *queues))) if held.queues and queues else ()
            return replace(held, queues=both, badge=code.badge or held.badge)
    return Staff(
        person_id=person.id,
        estate_id=code.estate_id,
        role=role,
        badge=code.badge,
        queues=queues,
        since=now,
    )


def speak(work: Work, person: Person, language: str) -> Person:
    """The person chooses the language to be spoken to in."""
    return work.people.save(replace(person, language=language))
