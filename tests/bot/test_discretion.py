"""Whatever somebody tries, a complaint against them never comes to them, nor to the staff group."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot import flows
from bot.clockwork import seed_timers
from bot.said import Tap
from bot.taps import ABOUT, ORDERS
from desk.records import Role, Type
from dialogs.commands import COMMANDS
from dialogs.scripts import SCRIPTS
from storage.memory import MemoryDatabase
from tests.bot.counter import DAY, GROUP, HOUR, Counter, Guest, group_chat
from tests.bot.test_complaints import complains_of

#: what must not come to the accused: the words and the number of the complaint …
SECRETS = ("He shouted at me", "hush hush", "R-2")
#: … and to a worker not even the name of who lives here, which the office may look up
NAME = "Lin Wei"
LEADING = {Role.WORKER: "Mei", Role.DISPATCHER: "Mei", Role.MANAGER: "Olga", Role.OWNER: "Mei"}
STEPS: dict[str, tuple[str, ...]] = {
    "new": (),
    "claimed": ("claim",),
    "answered": ("reply",),
    "closed": ("reply", "content"),
}


class Case:
    """Lin Wei has complained of a colleague, who is in the office or works for it."""

    def __init__(self, role: Role, *, beside: Role | None = None) -> None:
        self.counter = counter = Counter(MemoryDatabase())
        counter.bind()
        self.lin = counter.resident("Lin Wei")
        self.accused = counter.staff("Kang", role, "K1")
        if beside is not None:
            counter.hire(self.accused, beside)
        self.office = {
            name: counter.staff(name, post)
            for name, post in (("Dai", Role.DISPATCHER), ("Mei", Role.MANAGER), ("Olga", Role.OWNER))
        }
        complains_of(self.lin, self.accused)
        self.complaint = counter.request(2)
        assert self.complaint.type is Type.COMPLAINT
        assert self.complaint.accused_id == self.accused.id
        counter.write(lambda work: seed_timers(work, counter.now))
        self.secrets = (*SECRETS, NAME) if role is Role.WORKER and beside is None else SECRETS
        self.answering = self.office[LEADING[role]]

    def leaked(self) -> list[str]:
        """What of the secrets stands in the accused's chat or in the group."""
        chats = (*self.accused.posts(), *self.counter.postman.chat(GROUP))
        said = [(post.text, str(post.rows), str(post.picture)) for post in chats]
        return [secret for secret in self.secrets if any(secret in part for parts in said for part in parts)]

    def goes_on(self, step: str) -> None:
        """Something happens to the complaint, if it can."""
        try:
            if step == "claim":
                self.answering.sends(f"r:{self.complaint.id}:claim")
            elif step == "reply":
                self.answering.sends(f"s:reply:{self.complaint.id}")
                self.answering.says("hush hush")
                self.answering.picks("~done")
            elif step == "ask":
                self.answering.sends(f"s:ask:{self.complaint.id}")
                self.answering.says("hush hush")
                self.answering.picks("~done")
            elif step == "content":
                self.lin.sends(f"r:{self.complaint.id}:fixed")
            elif step == "not content":
                self.lin.sends(f"s:not_fixed:{self.complaint.id}")
                self.lin.says("hush hush")
                self.lin.picks("~done")
            elif step == "note":
                self.lin.sends(f"s:note:{self.complaint.id}")
                self.lin.says("hush hush")
                self.lin.picks("~done")
        except AssertionError:
            return  # there was no such button at this moment


def forged(case: Case) -> Iterator[str]:
    """The data of every button that there could be about the complaint, its investigation and its numbers."""
    ids = (str(case.complaint.id), str(case.complaint.number), "1")
    for about in ids:
        yield from (f"r:{about}:{verb}" for verb in ORDERS)
        yield from (f"v:{about}:{score}" for score in (1, 5))
        yield from (f"s:{script}:{about}" for script in {*SCRIPTS, *ABOUT, *flows.BEGINS})
        yield from (f"p:{page}:{about}" for page in flows.PAGES)
        yield from (f"f:{verb}:{about}" for verb in flows.ACTS)
    estate, day = case.counter.estate.id, case.counter.now.date().isoformat()
    yield from (f"p:{name}:{day}/{estate}" for name in ("new", "backlog", "unclaimed", "late"))
    yield from (f"p:{name}:" for name in ("jobs", "requests", "reviews", "menu", "more", "help"))


@pytest.mark.parametrize("role", [Role.WORKER, Role.DISPATCHER, Role.MANAGER, Role.OWNER])
@pytest.mark.parametrize("state", STEPS)
def test_no_button_however_forged_tells_the_accused(role: Role, state: str):
    case = Case(role)
    for step in {"new": (), "claimed": ("claim",), "answered": ("reply",), "closed": ("reply", "content")}[
        state
    ]:
        case.goes_on(step)
    before = case.counter.request(2)
    for data in forged(case):
        case.accused.sends(data)
        case.accused.does(Tap(id="t", data=data, message_id=None), group_chat())
        case.accused.says("what about it?")
        case.accused.says("/cancel")
    assert case.leaked() == []
    assert case.counter.request(2) == before


@pytest.mark.parametrize("role", [Role.WORKER, Role.DISPATCHER, Role.MANAGER, Role.OWNER])
def test_no_timer_list_or_digest_tells_the_accused(role: Role):
    case = Case(role)
    case.counter.later(3 * DAY)
    day = (case.counter.now - 2 * DAY).date().isoformat()
    for name in ("new", "backlog", "unclaimed", "late"):
        case.accused.sends(f"p:{name}:{day}/{case.counter.estate.id}")
    assert case.leaked() == []


def test_the_figures_of_a_digest_are_counted_without_it():
    case = Case(Role.MANAGER)
    case.accused.news()
    case.counter.later(DAY)
    accused, owner = (picture(guest)["digest"]["day"] for guest in (case.accused, case.office["Olga"]))
    assert (accused["new"], owner["new"]) == (1, 2)
    assert [kind["kind"] for kind in accused["kinds"]] == ["leak"]
    assert {kind["kind"] for kind in owner["kinds"]} == {"leak", "c_staff"}
    assert (accused["unclaimed"], owner["unclaimed"]) == (0, 1)


def picture(guest: Guest) -> Any:
    """What the newest digest is drawn from."""
    return next(post.picture for post in reversed(guest.posts()) if post.picture and "digest" in post.picture)


@pytest.mark.parametrize("beside", [Role.DISPATCHER, Role.MANAGER])
def test_nor_does_another_post_of_theirs_help(beside: Role):
    case = Case(Role.WORKER, beside=beside)
    for data in forged(case):
        case.accused.sends(data)
    case.counter.later(3 * DAY)
    assert case.leaked() == []


def test_an_investigation_into_colleagues_is_not_shown_to_one_of_them():
    case = Case(Role.MANAGER)
    for _ in range(2):
        case.lin.says("/complaint")
        case.lin.picks("c_staff")
        case.lin.says("hush hush")
        case.lin.picks("~done", "none")
        case.lin.says("The tall one")
        case.lin.picks("no", "~send")
    assert "Again and again" in case.office["Mei"].last().text
    case.accused.says("/investigations")
    for data in ("p:investigation:1", "s:investigate:1"):
        case.accused.sends(data)
    # those against nobody by name may come to any leader, that one never
    said = "".join(post.text for post in case.accused.posts())
    assert "He shouted" not in said
    assert "Again and again" not in said
    assert "R-2" not in said


WHAT = st.one_of(
    st.tuples(st.just("says"), st.sampled_from([f"/{command.name}" for command in COMMANDS])),
    st.tuples(st.just("says"), st.sampled_from(["The tap is leaking", "r-2", "2", "/request 2"])),
    st.tuples(st.just("forges"), st.integers(0, 10_000)),
    st.tuples(st.just("in the group"), st.integers(0, 10_000)),
    st.tuples(st.just("taps"), st.integers(0, 30)),
    st.tuples(
        st.just("goes on"), st.sampled_from(["claim", "reply", "ask", "content", "not content", "note"])
    ),
    st.tuples(st.just("later"), st.sampled_from([HOUR, 5 * HOUR, DAY, 3 * DAY])),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    role=st.sampled_from([Role.WORKER, Role.DISPATCHER, Role.MANAGER, Role.OWNER]),
    acts=st.lists(WHAT, max_size=25),
)
def test_whatever_the_accused_does_and_whatever_happens(role: Role, acts: list[tuple[str, Any]]):
    case = Case(role)
    buttons = list(forged(case))
    for how, what in acts:
        if how == "says":
            case.accused.says(what)
        elif how == "forges":
            case.accused.sends(buttons[what % len(buttons)])
        elif how == "in the group":
            data = buttons[what % len(buttons)]
            case.accused.does(Tap(id="t", data=data, message_id=None), group_chat())
        elif how == "taps":
            seen = [data for post in case.accused.posts() for row in post.rows for _label, data in row]
            if seen:
                case.accused.sends(seen[what % len(seen)][:64])
        elif how == "goes on":
            case.goes_on(what)
        else:
            case.counter.later(what)
        assert case.leaked() == []
