"""Which queue a kind goes to, and who may work in it."""

import pytest

from desk.errors import NotFound
from desk.records import Queue, Role, Staff
from desk.routing import may_work, queue_for
from tests.desk.office import MONDAY


def queue(id: int, *kinds: str) -> Queue:
    return Queue(id=id, estate_id=1, code=f"q{id}", title={"en": f"Queue {id}"}, kinds=kinds)


GENERAL, PLUMBING, LEAKS = queue(1, "cleaning"), queue(2, "plumbing"), queue(3, "leak", "flood")


@pytest.mark.parametrize(
    "kind, expected",
    [
        ("leak", LEAKS),  # the kind itself, though its group stands earlier
        ("fixture", PLUMBING),  # its group
        ("socket", GENERAL),  # nobody names it: the first
        ("dragons", GENERAL),
        ("", GENERAL),
    ],
)
def test_the_kind_before_its_group_before_the_first(kind, expected):
    assert queue_for(kind, (GENERAL, PLUMBING, LEAKS)) == expected


def test_an_estate_without_queues_says_what_to_do():
    with pytest.raises(NotFound, match="import-estate"):
        queue_for("leak", ())


@pytest.mark.parametrize(
    "role, queues, may",
    [
        (Role.WORKER, (), True),
        (Role.WORKER, (2, 3), True),
        (Role.WORKER, (3,), False),
        (Role.DISPATCHER, (3,), True),
        (Role.MANAGER, (), True),
        (Role.OWNER, (), True),
        (Role.GUARD, (), False),
        (Role.FEES, (2,), False),
    ],
)
def test_who_may_work_in_a_queue(role, queues, may):
    post = Staff(person_id=1, estate_id=1, role=role, queues=queues, since=MONDAY)
    assert may_work(post, 2) is may
