"""Who acts: looked up in what is kept, so that no order can claim to come from another."""

from collections.abc import Callable, Sequence, Set
from datetime import datetime
from typing import Any, TypeAlias

from desk import discretion
from desk.errors import NotAllowed
from desk.ports import Work
from desk.records import Actor, Home, Person, Request, Role, Staff

#: carries out one kind of order: who ordered it, what, and when; what comes of it is for the bot to tell
Handler: TypeAlias = Callable[[Work, Person, Any, datetime], object]
#: the same for an order about a request, by somebody who may act
_Does: TypeAlias = Callable[[Work, Request, Actor, Any, datetime], object]


def actor_of(person: Person, staff: Staff) -> Actor:
    """Somebody of the staff, as events are signed."""
    return Actor(role=staff.role, person_id=person.id, name=person.name, badge=staff.badge)


def best_post(posts: Sequence[Staff], estate_id: int) -> Staff | None:
    """The post with the most right that somebody holds in an estate."""
    here = [post for post in posts if post.estate_id == estate_id]
    return max(here, key=lambda post: list(Role).index(post.role), default=None)


def resident(person: Person) -> Actor:
    """Somebody who lives here, as events are signed."""
    return Actor(role=Role.RESIDENT, person_id=person.id, name=person.name)


def staff_actor(work: Work, person: Person, estate_id: int, now: datetime) -> Actor:
    """This person as somebody of the estate's staff; raises `NotAllowed`."""
    return post_among(work, person, estate_id, frozenset(Role), now)


def post_among(work: Work, person: Person, estate_id: int, roles: Set[Role], now: datetime) -> Actor:
    """This person in one of these roles, the highest that they hold; raises `NotAllowed`."""
    able = [post for post in work.people.staff_of(person.id, now) if post.role in roles]
    post = best_post(able, estate_id)
    if post is None:
        raise NotAllowed
    return actor_of(person, post)


def holds(work: Work, person_id: int, estate_id: int, roles: Set[Role], now: datetime) -> bool:
    """Whether somebody holds one of these posts in an estate."""
    held = work.people.staff_of(person_id, now)
    return any(post.estate_id == estate_id and post.role in roles for post in held)


def lives_in(work: Work, person_id: int, home_id: int, now: datetime) -> bool:
    """Whether somebody belongs to a home now."""
    return any(one.home_id == home_id for one in work.people.occupancies(person_id, now))


def own_home(work: Work, person: Person, home_id: int, now: datetime) -> Home:
    """A home that the person belongs to; raises `NotAllowed` for those of others."""
    if not lives_in(work, person.id, home_id, now):
        raise NotAllowed
    return work.estates.home(home_id)


def by_resident(do: _Does) -> Handler:
    """An order that only residents give, about a request of theirs."""

    def handle(work: Work, person: Person, order: Any, now: datetime) -> object:
        return do(work, work.requests.get(order.request_id), resident(person), order, now)

    return handle


def by_staff(do: _Does) -> Handler:
    """An order that only the estate's staff give."""

    def handle(work: Work, person: Person, order: Any, now: datetime) -> object:
        request = work.requests.get(order.request_id)
        discretion.require(work, request, person.id, now)
        return do(work, request, staff_actor(work, person, request.estate_id, now), order, now)

    return handle


def by_either(do: _Does) -> Handler:
    """An order of both: whose request it is acts as its resident, everybody else by their post."""

    def handle(work: Work, person: Person, order: Any, now: datetime) -> object:
        own = work.requests.get(order.request_id).resident_id == person.id
        return (by_resident if own else by_staff)(do)(work, person, order, now)

    return handle
