"""Who belongs to a home: asked for, let in, invited, ended, moved out; and what the office does."""

from datetime import timedelta

import pytest

from desk.actions.households import KNOCKS, LAPSES_AFTER, OFFICE_AFTER
from desk.actions.joining import issue_home_code
from desk.actions.perform import perform
from desk.actions.visitors import RegisterVisitor
from desk.records import Home, HomeRole, Occupancy, Role, State
from desk.records.visitors import Mode, Stay, VisitChange
from desk.taxonomy import visit_reasons
from dialogs.scripts.household import LISTED
from tests.bot.counter import DAY, HOUR, ME, Counter, Guest

REFUSED = "was not granted"


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """The owner of the home."""
    return counter.resident()


def asks(guest: Guest, door: str = "1-1-101", role: HomeRole = HomeRole.FAMILY) -> None:
    """Asks to be linked."""
    guest.says("/askin", door)
    guest.picks(str(role))
    guest.says("Sun, the nephew")
    guest.picks("~send")


def links(guest: Guest) -> list[tuple[int, HomeRole]]:
    """To which homes somebody is linked, and as what."""
    found = guest.counter.read(lambda work: work.people.occupancies(guest.id, guest.counter.now))
    return [(one.home_id, one.role) for one in found]


def at_home(counter: Counter, name: str, role: HomeRole, until: timedelta | None = None) -> Guest:
    """Somebody else of the same home."""
    guest = counter.guest(name)
    link = Occupancy(
        person_id=guest.id, home_id=counter.home.id, estate_id=counter.estate.id, since=counter.now,
        role=role, until=counter.now + until if until else None,
    )  # fmt: skip
    counter.write(lambda work: work.people.occupy(link))
    return guest


# ── asking to be linked ──


def test_an_owner_lets_family_in(any_counter: Counter):
    lin, sun = any_counter.resident(), any_counter.guest("Sun")
    asks(sun)
    assert "you hear from me here" in sun.last().text
    assert "Sun asks to be linked to 1-1-101, as: Family member" in lin.last().text
    assert "the nephew" in lin.last().text
    lin.taps("Let in")
    assert links(sun) == [(any_counter.home.id, HomeRole.FAMILY)]
    assert "You are linked to 1-1-101" in sun.last().text
    assert "Let in by Lin" in lin.last().text
    assert lin.last().labels == []


def test_an_owner_refuses(counter: Counter, lin: Guest):
    sun = counter.guest("Sun")
    asks(sun)
    lin.taps("Refuse")
    assert REFUSED in sun.last().text
    assert links(sun) == []


def test_a_tenant_is_let_in_until_a_day(counter: Counter, lin: Guest):
    sun = counter.guest("Sun")
    asks(sun, role=HomeRole.TENANT)
    lin.taps("Let in")
    lin.says("31.12.")
    [link] = counter.read(lambda work: work.people.occupancies(sun.id, counter.now))
    assert link.role is HomeRole.TENANT
    assert link.until is not None
    assert f"{link.until:%m-%d %H}" == "12-31 16", "midnight in Shanghai"
    counter.later(link.until - counter.now)
    assert links(sun) == []
    assert "no longer linked to 1-1-101" in sun.last().text
    assert "Sun is no longer linked" in lin.last().text


def test_of_two_owners_the_first_answer_counts(counter: Counter, lin: Guest):
    mei, sun = counter.resident("Mei"), counter.guest("Sun")
    asks(sun)
    button = mei.button("Refuse")
    lin.taps("Let in")
    assert "Let in by Lin" in mei.last().text
    assert "quicker" in mei.sends(button)
    assert links(sun) == [(counter.home.id, HomeRole.FAMILY)]


def test_a_home_without_an_owner_is_for_the_office(counter: Counter):
    dai, sun = counter.staff("Dai", Role.DISPATCHER), counter.guest("Sun")
    asks(sun, role=HomeRole.OWNER)
    dai.taps("Link")
    dai.picks("asked", "owner", "never", "~send")
    assert links(sun) == [(counter.home.id, HomeRole.OWNER)]


def test_a_door_that_no_home_has_is_told_to_the_office_alone(counter: Counter, lin: Guest):
    dai, sun = counter.staff("Dai", Role.DISPATCHER), counter.guest("Sun")
    lin.news()
    asks(sun, "9-9-999")
    assert lin.news() == ""
    assert "There is no such home." in dai.last().text
    dai.taps("Link")
    dai.says("9-9-998")
    assert "There is no home 9-9-998" in dai.last().text
    dai.says("1栋1单元101室")
    dai.picks("family", "never", "~send")
    assert links(sun) == [(counter.home.id, HomeRole.FAMILY)]


def test_who_asks_reads_the_same_whether_there_is_such_a_home(counter: Counter, lin: Guest):
    counter.staff("Dai", Role.DISPATCHER)
    told = []
    for name, door in (("Sun", "1-1-101"), ("Eve", "1-1-102")):
        guest = counter.guest(name)
        asks(guest, door)
        told.append(guest.news().replace(door, ""))
    assert told[0] == told[1]
    counter.later(LAPSES_AFTER)
    sun, eve = (counter.postman.chat(account)[-1].text for account in (103, 104))
    assert REFUSED in sun
    assert sun == eve


def test_asking_again_and_again_is_refused(counter: Counter, lin: Guest):
    sun = counter.guest("Sun")
    for number in range(KNOCKS):
        asks(sun, f"1-1-{number}")
    sun.says("/askin")
    assert "too often today" in sun.last().text
    counter.now += DAY + HOUR
    sun.says("/askin")
    assert "Which home is it?" in sun.last().text


def test_what_the_owner_leaves_unanswered_goes_to_the_office_and_lapses_in_the_end(
    counter: Counter, lin: Guest
):
    dai, sun = counter.staff("Dai", Role.DISPATCHER), counter.guest("Sun")
    asks(sun)
    dai.news()
    counter.later(OFFICE_AFTER)
    assert "asks to be linked to 1-1-101" in dai.news()
    counter.later(LAPSES_AFTER)
    assert "Nobody has answered in time" in lin.last().text
    assert "Nobody has answered in time" in dai.last().text
    assert REFUSED in sun.last().text
    assert links(sun) == []


# ── the household page ──


def test_an_owner_sees_everybody_and_others_only_themselves(counter: Counter, lin: Guest):
    sun = at_home(counter, "Sun", HomeRole.TENANT, 30 * DAY)
    lin.says("/household")
    assert "You: Owner" in lin.last().text
    assert "Sun: Tenant, until" in lin.last().text
    sun.says("/household")
    assert "Lin" not in sun.last().text
    assert "You: Tenant" in sun.last().text
    assert sun.last().labels == ["📦 Move out", "🔗 Ask to be linked to another home"]


def test_several_homes_are_listed_first(counter: Counter, lin: Guest):
    other = counter.write(
        lambda work: work.estates.save_home(Home(estate_id=counter.estate.id, code="2-1-7"))
    )
    counter.move_in(lin, other)
    lin.says("/household")
    assert lin.last().labels[:2] == ["🏠 1-1-101", "🏠 2-1-7"]
    lin.taps("2-1-7")
    assert "2-1-7" in lin.last().text


def test_an_owner_invites_by_a_link_that_opens_once(counter: Counter, lin: Guest):
    lin.says("/household")
    lin.taps("Invite", "Family member", "6 months")
    link = lin.last().text.rpartition("\n")[2]
    assert link.startswith(f"https://t.me/{ME.username}?start=")
    sun, eve = counter.guest("Sun"), counter.guest("Eve")
    for guest in (sun, eve):
        guest.says(f"/start {link.partition('start=')[2]}")
    [living] = counter.read(lambda work: work.people.occupancies(sun.id, counter.now))
    assert (living.role, living.added_by) == (HomeRole.FAMILY, lin.id)
    assert living.until is not None
    assert links(eve) == []
    assert "unknown, used or expired" in eve.last().text


def test_what_an_owner_handed_out_is_worthless_once_they_left(counter: Counter, lin: Guest):
    lin.says("/household")
    lin.taps("Invite", "Family member", "No end")
    code = lin.last().text.rpartition("start=")[2]
    lin.says("/household")
    lin.taps("Move out", "Now", "Send")
    sun = counter.guest("Sun")
    sun.says(f"/start {code}")
    assert links(sun) == []


def test_an_owner_opening_the_own_invitation_stays_an_owner(counter: Counter, lin: Guest):
    code = "family"
    counter.write(
        lambda work: issue_home_code(work, counter.home, code, counter.now, role=HomeRole.FAMILY, by=lin.id)
    )
    lin.says(f"/start {code}")
    assert links(lin) == [(counter.home.id, HomeRole.OWNER)]


def test_an_owner_ends_a_tenancy_but_not_another_owner(counter: Counter, lin: Guest):
    sun, mei = at_home(counter, "Sun", HomeRole.TENANT), counter.resident("Mei")
    lin.says("/household")
    assert [label for label in lin.last().labels if "End" in label] == ["✖️ End: Sun"]
    lin.taps("End: Sun", "Send")
    assert links(sun) == []
    assert "no longer linked" in sun.last().text
    [link] = counter.read(lambda work: work.people.occupancies(mei.id, counter.now))
    assert "no right" in lin.sends(f"s:endlink:{link.id}")
    assert links(mei) == [(counter.home.id, HomeRole.OWNER)]


@pytest.mark.parametrize("role", [HomeRole.TENANT, HomeRole.FAMILY])
def test_only_owners_invite_and_end(counter: Counter, lin: Guest, role: HomeRole):
    sun = at_home(counter, "Sun", role)
    [link] = counter.read(lambda work: work.people.occupancies(lin.id, counter.now))
    assert "no right" in sun.sends(f"s:invite:{counter.home.id}")
    assert "no right" in sun.sends(f"s:endlink:{link.id}")


# ── moving out ──


def test_moving_out_on_a_day_keeps_the_home_until_then(counter: Counter, lin: Guest):
    lin.says("/household")
    lin.taps("Move out")
    lin.says("tomorrow")
    assert "only owner here" in lin.last().text
    lin.taps("Send")
    assert links(lin) == [(counter.home.id, HomeRole.OWNER)]
    counter.later(2 * DAY)
    assert links(lin) == []
    assert "no longer linked to 1-1-101" in lin.last().text


@pytest.mark.parametrize("choice, state", [("Call them off", State.CANCELLED), ("They go on", State.NEW)])
def test_open_requests_are_called_off_or_go_on(counter: Counter, lin: Guest, choice: str, state: State):
    counter.bind()
    lin.files()
    lin.says("/household")
    lin.taps("Move out", "Now", choice, "Send")
    assert counter.request().state is state
    lin.says("/requests")
    assert "R-1" in lin.last().labels[0]


def test_who_moved_out_sees_the_home_no_more(counter: Counter, lin: Guest):
    mei = counter.resident("Mei")
    counter.bind()
    mei.files("A secret leak")
    number = counter.request().id
    lin.says("/household")
    lin.taps("Move out", "Now", "Send")
    lin.news()
    lin.says("/household")
    lin.sends(f"p:household:{counter.home.id}")
    lin.sends(f"p:request:{number}")
    assert "1-1-101" not in lin.news()


# ── the office ──


def test_the_office_makes_a_code_for_a_slip(counter: Counter):
    mei, sun = counter.staff("Mei", Role.MANAGER), counter.guest("Sun")
    mei.says("/homecode", "1-1-101")
    mei.taps("Owner", "No end")
    sun.says(f"/start {mei.last().text.rpartition('start=')[2]}")
    assert links(sun) == [(counter.home.id, HomeRole.OWNER)]


def test_the_office_sees_who_belongs_to_a_home_and_ends_any_link(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    mei.says("/residents", "1-1-101")
    assert "Lin: Owner" in mei.last().text
    mei.taps("End: Lin", "Send")
    assert links(lin) == []


def test_the_office_sees_who_waits(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    mei.says("/link")
    assert "Nobody waits" in mei.last().text
    asks(counter.guest("Sun"))
    mei.says("/link")
    assert "asks to be linked" in mei.last().text


@pytest.mark.parametrize("role", [Role.WORKER, Role.GUARD, Role.FEES, None])
def test_nobody_else_does_what_the_office_does(counter: Counter, lin: Guest, role: Role | None):
    sun = counter.guest("Sun")
    asks(sun)
    guest = counter.staff("Wang", role) if role else counter.guest("Eve")
    guest.news()
    guest.says("/homecode", "/residents", "/link")
    for data in ("f:knock_yes:1", "f:knock_no:1", "s:link:1", "s:letin:1", "f:knock_yes:x", "s:link:"):
        guest.sends(data)
    assert "1-1-101" not in guest.news()
    assert links(sun) == []


def test_the_office_of_another_estate_has_no_say(counter: Counter, lin: Guest):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    rosa, sun = counter.staff("Rosa", Role.MANAGER, estate=rose), counter.guest("Sun")
    sun.says("/askin")
    sun.picks(f"{counter.estate.id}")
    sun.says("1-1-101")
    sun.picks("family")
    sun.says("Sun")
    sun.picks("~send")
    assert "no right" in rosa.sends("f:knock_yes:1")
    assert links(sun) == []
    rosa.says("/residents", "1-1-101")
    assert "Lin" not in rosa.last().text


def test_whoever_left_lets_nobody_in_any_more(counter: Counter, lin: Guest):
    guest = counter.write(lambda work: perform(work, work.people.get(lin.id), expected(counter), counter.now))
    assert isinstance(guest, VisitChange)
    lin.says("/household")
    lin.taps("Move out", "Now", "Send")
    assert counter.read(lambda work: work.visitors.get(guest.visitor.id)).state is Stay.REVOKED


def expected(counter: Counter) -> RegisterVisitor:
    """A guest for tonight."""
    return RegisterVisitor(
        home_id=counter.home.id,
        name="Gundula",
        mode=Mode.ONCE,
        reason=next(iter(visit_reasons())),
        start=counter.now,
        end=counter.now + 5 * HOUR,
    )


def test_who_lives_in_one_estate_and_leads_another_works_for_that_one(counter: Counter, lin: Guest):
    rose, home, _queues = counter.build("Rose Garden", ("en",))
    counter.hire(lin, Role.MANAGER, estate=rose)
    resident = counter.resident("Rosa", home=home)
    lin.says("/residents", home.code)
    assert f"{home.code}, Rose Garden" in lin.last().text
    assert "Rosa: Owner" in lin.last().text
    assert links(resident) == [(home.id, HomeRole.OWNER)]


def test_of_many_estates_the_name_is_written(counter: Counter, lin: Guest):
    for number in range(LISTED):
        counter.build(f"Rose Garden {number}", ("en",))
    sun = counter.guest("Sun")
    sun.says("/askin", "Moon")
    assert "no estate of this name" in sun.last().text
    sun.says("rose")
    assert "Several estates" in sun.last().text
    sun.says("lotus", "1-1-101")
    sun.picks("family")
    sun.says("Sun")
    sun.picks("~send")
    assert "Sun asks to be linked to 1-1-101" in lin.last().text
