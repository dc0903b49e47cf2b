"""Two months of requests, each played by the desk's own rules, as if everybody had been there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from bot.setup.past.people import hours_later
from bot.setup.past.stories import Book, Story, language_of
from desk.actions import closing, orders
from desk.actions.perform import perform
from desk.actions.reporting import ReportRepair
from desk.ports import Work
from desk.records import Actor, Change, Estate, Person, Request, Role
from desk.routing import may_work
from desk.service_levels import forget

DAYS: Final = 60
#: requests a day, on most days
A_DAY: Final = (3, 4, 5, 5, 6, 7, 9)
#: what a request of the past must not set going any more
TIMERS: Final = ("unclaimed", "silence", "survey", "survey_reminder")


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that the players of the past have in common."""

    work: Work
    estate: Estate
    residents: Sequence[Person]
    book: Book
    dice: Random
    #: nothing happens later than this
    now: datetime


def play_repairs(past: Past) -> None:
    """The last sixty days; the latest may still be open, and two wait for somebody to claim them."""
    zone = ZoneInfo(past.estate.time_zone)
    today = past.now.astimezone(zone).date()
    for ago in range(DAYS, -1, -1):
        day = today - timedelta(days=ago)
        moments = sorted(_moment(past.dice, day, zone) for _ in range(past.dice.choice(A_DAY)))
        for moment in moments:
            if moment < hours_later(past.now, -1):
                _play(past, past.book.story(), moment)
    for hours in (0.4, 0.15):
        _filed(past, past.book.story(), past.dice.choice(past.residents), hours_later(past.now, -hours))


def _moment(dice: Random, day: date, zone: ZoneInfo) -> datetime:
    """Some time of the day; most people write in the morning and after work."""
    hour = dice.choice((7, 8, 8, 9, 9, 10, 11, 12, 14, 16, 18, 18, 19, 19, 20, 21))
    return datetime.combine(day, time(hour, dice.randrange(60)), zone).astimezone(UTC)


def _play(past: Past, story: Story, filed_at: datetime) -> None:
    resident = past.dice.choice(past.residents)
    request = _filed(past, story, resident, filed_at)
    worker = _worker(past, request)
    steps = _steps(past, request, story, worker, filed_at) if worker else []
    for order, who, at in steps:
        if at > past.now:
            return
        perform(past.work, who, order, at)
    if worker and steps:
        _closed(past, request, steps[-1][2])


def _filed(past: Past, story: Story, resident: Person, at: datetime) -> Request:
    language = language_of(resident.name)
    order = ReportRepair(
        resident_id=resident.id,
        home_id=past.work.people.occupancies(resident.id, past.now)[0].home_id,
        kind=story.kind,
        problem=past.dice.choice(story.said[language]),
        entry=past.dice.random() < 0.4,
        language=resident.language or "",
    )
    change = perform(past.work, resident, order, at)
    if not isinstance(change, Change):
        raise TypeError(f"a report came to {type(change).__name__}")
    return change.request


def _worker(past: Past, request: Request) -> Person | None:
    posts = past.work.people.staff(past.estate.id, past.now)
    able = [one.person_id for one in posts if one.role is Role.WORKER and may_work(one, request.queue_id)]
    return past.work.people.get(past.dice.choice(able)) if able else None


_Step = tuple[object, Person, datetime]


def _steps(past: Past, request: Request, story: Story, worker: Person, filed_at: datetime) -> list[_Step]:
    """Who does what when; now and then it is late, or not fixed the first time."""
    dice, number = past.dice, request.id
    resident = past.work.people.get(request.resident_id)
    note = dice.choice(story.done[language_of(worker.name)])
    claimed = hours_later(filed_at, dice.lognormvariate(-1.6, 0.9))
    started = hours_later(claimed, dice.uniform(0.3, 6))
    done = hours_later(started, dice.uniform(0.3, 3) * (6 if dice.random() < 0.08 else 1))
    said = hours_later(done, dice.uniform(0.1, 8))
    steps: list[_Step] = [
        (orders.Claim(request_id=number), worker, claimed),
        (orders.Start(request_id=number), worker, started),
        (orders.Finish(request_id=number, note=note), worker, done),
    ]
    if dice.random() < 0.05:
        why = {"zh": "还是不行", "en": "It is the same as before"}[language_of(resident.name)]
        steps.append((orders.NotFixed(request_id=number, why=why), resident, said))
        steps.append((orders.Finish(request_id=number, note=note), worker, hours_later(said, 4)))
        said = hours_later(said, 8)
    return [*steps, (orders.Confirm(request_id=number), resident, said)]


def _closed(past: Past, request: Request, at: datetime) -> None:
    """Most say how it was; what remains to be asked is not asked any more."""
    asked, told = hours_later(at, 2), hours_later(at, 3)
    closed = past.work.requests.get(request.id)
    if told < past.now and closing.ask_score(past.work, closed, asked) and past.dice.random() < 0.7:
        score = past.book.score()
        rated = closing.rate(past.work, request.id, request.resident_id, score, told)
        resident = past.work.people.get(request.resident_id)
        words = past.book.comment(score, language_of(resident.name))
        closing.explain(past.work, request.id, request.resident_id, (), words, told)
        if rated.review_due is not None and rated.review_due < past.now:
            _looked_into(past, request, hours_later(told, 5))
    forget(past.work.timers, request.id, *TIMERS)


def _looked_into(past: Past, request: Request, at: datetime) -> None:
    manager = Actor(role=Role.MANAGER, name="Grace Chen", badge="0101")
    closing.review(past.work, request.id, manager, at)
