"""What residents told the office lately, and whom they expect: two complaints of noise in building 2, which
one more turns into an investigation; a suggestion, praise, and a visitor for this evening."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.setup.past.people import hours_later
from desk.actions import orders
from desk.actions.complaints import Complain, Complained
from desk.actions.feedback import Praise, Reply, Suggest
from desk.actions.perform import perform
from desk.actions.visitors import RegisterVisitor
from desk.calendar import next_at
from desk.places import building_of
from desk.ports import Work
from desk.records import Estate, Home, Person, Place, Role
from desk.records.visitors import Mode
from desk.service_levels import forget
from desk.visit_rules import at_that_hour

NOISE: Final = (
    "凌晨一点还有人在楼上拍球，孩子睡不着",
    "Loud music above us until two in the morning",
)
MORNING: Final = time(10)
ANSWER: Final = "已上门沟通，对方承诺晚上十点后保持安静。"


def play_feedback(work: Work, estate: Estate, cast: Mapping[str, Person], now: datetime) -> None:
    """`cast` is by name; the residents among them have homes of their own."""
    manager = next(one for one in cast.values() if _leads(work, estate, one, now))
    for ago, words, person in zip((9, 4), NOISE, _in_building(work, estate, "2", now), strict=False):
        _complained(work, manager, person, words, now - timedelta(days=ago))
    lin, emma = cast["林晓"], cast["Emma Clark"]
    at_home = {one.id: work.people.occupancies(one.id, now)[0].home_id for one in (lin, emma)}
    perform(
        work,
        lin,
        Suggest(home_id=at_home[lin.id], words="希望在三号楼旁加装电动车充电桩"),
        hours_later(now, -20),
    )
    perform(
        work,
        emma,
        Praise(home_id=at_home[emma.id], words="Fast, clean and friendly, thank you", badge="1027"),
        hours_later(now, -30),
    )
    start = _next_visit(estate, now)
    visit = RegisterVisitor(
        home_id=at_home[lin.id],
        name="王芳",
        mode=Mode.ONCE,
        start=start,
        end=hours_later(start, 6),
        people=2,
        plate="沪A12345",
        reason="family",
    )
    perform(work, lin, visit, now)


def _next_visit(estate: Estate, now: datetime) -> datetime:
    """Now, or at ten in the morning where visitors do not come so late."""
    local = now.astimezone(ZoneInfo(estate.time_zone)).time()
    return now if at_that_hour(estate.rules.visitors, local) else next_at(MORNING, estate.time_zone, now)


def _leads(work: Work, estate: Estate, person: Person, now: datetime) -> bool:
    held = work.people.staff_of(person.id, now)
    return any(post.role is Role.MANAGER and post.estate_id == estate.id for post in held)


def _in_building(work: Work, estate: Estate, building: str, now: datetime) -> list[Person]:
    """Those who live there and do not play."""
    homes: list[Home] = [one for one in work.estates.homes(estate.id) if building_of(one) == building]
    living = [link for home in homes for link in work.households.living_in(home.id, now)]
    people = [work.people.get(link.person_id) for link in living]
    return [one for one in people if one.blocked]


def _complained(work: Work, manager: Person, person: Person, words: str, at: datetime) -> None:
    home = work.people.occupancies(person.id, at)[0].home_id
    order = Complain(
        home_id=home,
        words=words,
        kind="c_noise",
        place=Place.BUILDING,
        language=person.language or "",
    )
    filed = perform(work, person, order, at)
    if not isinstance(filed, Complained):
        raise TypeError(f"a complaint comes to {filed}")
    number = filed.change.request.id
    for order_, who, hours in (
        (orders.Claim(request_id=number), manager, 0.3),
        (Reply(request_id=number, words=ANSWER), manager, 3),
        (orders.Confirm(request_id=number), person, 8),
    ):
        perform(work, who, order_, hours_later(at, hours))
    forget(work.timers, number, "unclaimed", "silence", "survey", "survey_reminder")
