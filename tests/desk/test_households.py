"""Who may let in, invite, end and look; and what a link's end takes with it."""

from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from desk.actions.households import (
    KNOCKS,
    AnswerKnock,
    AskIn,
    EndLink,
    Household,
    Invite,
    LinkEnded,
    LookAt,
    MayInvite,
    Settled,
    door_key,
    move_in,
)
from desk.actions.my_requests import Reopen
from desk.errors import Conflict, NotAllowed, NotFound, NotPossible, Rejected, TooOften
from desk.lifecycle import OFFICE
from desk.records import HomeRole, Knock, Occupancy
from tests.desk.office import DAY, POSTS, Office

OFFICE_PEOPLE = [name for name, role in POSTS.items() if role in OFFICE]
OTHERS = [name for name, role in POSTS.items() if role not in OFFICE]


def ask(
    office: Office, door: str = "1-1-101", name: str = "Stranger", role: HomeRole = HomeRole.FAMILY
) -> Knock:
    """Somebody asks to be linked to a home of Lotus Garden."""
    order = AskIn(estate_id=office.lotus.id, door=door, role=role, words="me")
    knock = office.order(name, order)
    assert isinstance(knock, Knock)
    return knock


def link(office: Office, name: str, role: HomeRole, until: timedelta | None = None) -> Occupancy:
    """Somebody is linked to the home."""
    person, end = office.person(name).id, office.now + until if until else None
    return office.write(lambda work: move_in(work, person, office.home, role, end, office.now, None))


def homes(office: Office, name: str) -> list[tuple[int, HomeRole]]:
    """To what somebody is linked now."""
    found = office.read(lambda work: work.people.occupancies(office.person(name).id, office.now))
    return [(one.home_id, one.role) for one in found]


@pytest.mark.parametrize(
    "door, same",
    [
        ("1-1-101", True),
        ("1 - 1 - 101", True),
        ("1栋1单元101室", True),
        ("１－１－１０１", True),
        ("11-101", False),
    ],
)
def test_a_door_is_the_same_however_it_is_written(door: str, same: bool):
    assert (door_key(door) == door_key("1-1-101")) is same


@given(st.text(max_size=60))
def test_any_text_is_a_door_and_stays_the_same(door: str):
    assert door_key(door_key(door)) == door_key(door)


@pytest.mark.parametrize("name", ["Lin", *OFFICE_PEOPLE])
def test_owners_and_the_office_let_in(office: Office, name: str):
    knock = ask(office)
    settled = office.order(name, AnswerKnock(knock_id=knock.id, granted=True))
    assert isinstance(settled, Settled)
    assert settled.occupancy is not None
    assert homes(office, "Stranger") == [(office.home.id, HomeRole.FAMILY)]
    with pytest.raises(Conflict):
        office.order(name, AnswerKnock(knock_id=knock.id, granted=False))


@pytest.mark.parametrize("name", ["Stranger", "Rosa", "Manager of Rose", *OTHERS])
def test_nobody_else_does(office: Office, name: str):
    knock = ask(office)
    for granted in (True, False):
        with pytest.raises(NotAllowed):
            office.order(name, AnswerKnock(knock_id=knock.id, granted=granted))
    with pytest.raises(NotAllowed):
        office.order(name, Invite(home_id=office.home.id, role=HomeRole.FAMILY))
    with pytest.raises(NotAllowed):
        office.order(name, LookAt(home_id=office.home.id))
    assert homes(office, "Stranger") == []


@pytest.mark.parametrize("role", [HomeRole.TENANT, HomeRole.FAMILY])
def test_tenants_and_family_do_not_either(office: Office, role: HomeRole):
    link(office, "Stranger", role)
    knock = ask(office, name="Rosa")
    for order in (
        AnswerKnock(knock_id=knock.id, granted=True),
        Invite(home_id=office.home.id, role=HomeRole.FAMILY),
        LookAt(home_id=office.home.id),
    ):
        with pytest.raises(NotAllowed):
            office.order("Stranger", order)


def test_an_owner_cannot_let_into_another_home(office: Office):
    knock = ask(office, door="nowhere")
    with pytest.raises(NotAllowed):
        office.order("Lin", AnswerKnock(knock_id=knock.id, granted=True, home_id=office.home.id))
    with pytest.raises(NotFound):
        office.order(OFFICE_PEOPLE[0], AnswerKnock(knock_id=knock.id, granted=True))
    other = AnswerKnock(knock_id=knock.id, granted=True, home_id=office.other_home.id)
    with pytest.raises(NotAllowed):
        office.order(OFFICE_PEOPLE[0], other)
    office.order(OFFICE_PEOPLE[0], AnswerKnock(knock_id=knock.id, granted=True, home_id=office.home.id))
    assert homes(office, "Stranger") == [(office.home.id, HomeRole.FAMILY)]


def test_three_asks_a_day(office: Office):
    for _ in range(KNOCKS):
        ask(office)
    with pytest.raises(TooOften):
        ask(office)
    office.now += DAY + timedelta(seconds=1)
    ask(office)


def test_only_the_office_invites_owners_and_no_invitation_ends_before_it_begins(office: Office):
    owner = Invite(home_id=office.home.id, role=HomeRole.OWNER)
    with pytest.raises(NotAllowed):
        office.order("Lin", owner)
    assert isinstance(office.order(OFFICE_PEOPLE[0], owner), MayInvite)
    with pytest.raises(Rejected):
        office.order("Lin", Invite(home_id=office.home.id, role=HomeRole.FAMILY, until=office.now))


def test_a_new_link_replaces_a_lesser_one_and_an_owner_stays_one(office: Office):
    first = link(office, "Stranger", HomeRole.TENANT, 30 * DAY)
    again = link(office, "Stranger", HomeRole.FAMILY)
    assert (again.id, again.role, again.until) == (first.id, HomeRole.FAMILY, None)
    assert office.read(lambda work: work.timers.get(f"moves_out/{first.id}")) is None
    link(office, "Stranger", HomeRole.OWNER)
    assert link(office, "Stranger", HomeRole.TENANT, DAY).role is HomeRole.OWNER


def test_a_link_is_ended_once_by_whoever_may(office: Office):
    tenant = link(office, "Stranger", HomeRole.TENANT)
    for name in ("Rosa", *OTHERS):
        with pytest.raises(NotAllowed):
            office.order(name, EndLink(occupancy_id=tenant.id))
    ended = office.order("Lin", EndLink(occupancy_id=tenant.id))
    assert isinstance(ended, LinkEnded)
    assert (ended.occupancy.until, ended.occupancy.ended_by) == (office.now, office.person("Lin").id)
    with pytest.raises(NotPossible):
        office.order("Lin", EndLink(occupancy_id=tenant.id))


def test_owners_do_not_end_each_other_but_the_office_does(office: Office):
    [owner] = office.read(lambda work: work.people.occupancies(office.person("Neighbour").id, office.now))
    with pytest.raises(NotAllowed):
        office.order("Lin", EndLink(occupancy_id=owner.id))
    office.order(OFFICE_PEOPLE[0], EndLink(occupancy_id=owner.id))
    assert homes(office, "Neighbour") == []


def test_the_office_looks_at_a_home(office: Office):
    found = office.order(OFFICE_PEOPLE[0], LookAt(home_id=office.home.id))
    assert isinstance(found, Household)
    assert [one.person_id for one in found.links] == [office.person(name).id for name in ("Lin", "Neighbour")]


def test_who_moved_out_has_nothing_opened_again_in_that_home(office: Office):
    number = office.closed()
    office.move_out("Lin")
    with pytest.raises(NotAllowed):
        office.order("Lin", Reopen(request_id=number, why="again"))


def test_who_lives_there_has(office: Office):
    office.order("Lin", Reopen(request_id=office.closed(), why="again"))
