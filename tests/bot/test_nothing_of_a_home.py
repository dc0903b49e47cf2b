"""Whoever is not linked to a home, or no longer is, sees nothing of it, whatever they say, tap or forge."""

from dataclasses import replace

from hypothesis import given, settings, strategies as st

from bot import flows, layout, taps
from desk.records import Home, Occupancy
from dialogs.commands import COMMANDS
from storage.memory import MemoryDatabase
from tests.bot.counter import DAY, Counter, Guest

CODE, OWNER, WORDS = "7-7-707", "Ottilie", "Geheimwort"

numbers = st.integers(0, 4).map(str)
words = st.sampled_from(
    [
        "7/7/707",
        "9-9-9",
        "Eve",
        "I am the niece",
        "31.12.",
        "The tap is leaking",
        "22:00-07:00",
        "help",
        "R-1",
        "1",
    ]
)
forged = st.one_of(
    st.builds(
        "p:{}:{}".format, st.sampled_from([*flows.PAGES, "request", "requests", "new", "more"]), numbers
    ),
    st.builds("s:{}:{}".format, st.sampled_from([*flows.BEGINS, *taps.ABOUT]), numbers),
    st.builds("f:{}:{}".format, st.sampled_from(sorted(flows.ACTS)), numbers),
    st.builds("r:{}:{}".format, numbers, st.sampled_from(sorted(taps.ORDERS))),
    st.builds("v:{}:{}".format, numbers, numbers),
)
acts = st.one_of(
    st.tuples(st.just("command"), st.sampled_from([one.name for one in COMMANDS])),
    st.tuples(st.just("words"), words),
    st.tuples(st.just("forged"), forged),
    st.tuples(st.just("own"), st.integers(0, 20)),
    st.tuples(st.just("stolen"), st.integers(0, 60)),
    st.tuples(st.just("later"), st.integers(1, 3)),
)


def home_with_secrets() -> tuple[Counter, Guest]:
    """A home whose owner reported something, and has looked at all there is to see."""
    counter = Counter(MemoryDatabase())
    counter.bind()
    secret = Home(estate_id=counter.estate.id, code=CODE)
    counter.home = counter.write(lambda work: work.estates.save_home(secret))
    owner = counter.resident(OWNER)
    owner.files(f"{WORDS}: the tap is leaking")
    owner.says("/household", "/requests", "/settings", "/privacy")
    owner.sends(f"p:request:{counter.request().id}")
    owner.says("/household")
    owner.taps("Invite", "Family member", "No end")
    return counter, owner


def act(counter: Counter, eve: Guest, owner: Guest, what: str, about: str | int) -> None:
    """One thing that Eve does."""
    if what == "command":
        eve.says(f"/{about}")
    elif what == "words":
        eve.says(str(about))
    elif what == "forged":
        eve.sends(str(about))
    elif what == "later":
        counter.later(int(about) * DAY)
    else:
        mine = buttons(eve if what == "own" else owner)
        if mine:
            eve.sends(mine[-1 - int(about) % len(mine)])


def buttons(guest: Guest) -> list[str]:
    """The data of every button that stands in somebody's chat, the newest last."""
    rows = [row for post in guest.posts() for row in post.rows]
    return [data for row in rows for _label, data in row if layout.read(data) is not None]


def read_by(guest: Guest) -> str:
    """Everything that somebody was shown, buttons too."""
    return "\n".join(f"{post.text} {post.rows}" for post in guest.posts())


@settings(max_examples=40, deadline=None)
@given(st.lists(acts, min_size=1, max_size=14))
def test_a_stranger_sees_nothing_of_a_home(does: list[tuple[str, str | int]]):
    counter, owner = home_with_secrets()
    eve = counter.guest("Eve")
    for what, about in does:
        act(counter, eve, owner, what, about)
    shown = read_by(eve)
    assert [secret for secret in (CODE, OWNER, WORDS) if secret in shown] == []


@settings(max_examples=40, deadline=None)
@given(st.lists(acts, min_size=1, max_size=14))
def test_who_moved_out_sees_nothing_of_the_others(does: list[tuple[str, str | int]]):
    counter, owner = home_with_secrets()
    eve = counter.guest("Eve")
    link = Occupancy(
        person_id=eve.id, home_id=counter.home.id, estate_id=counter.estate.id, since=counter.now - DAY
    )
    link = counter.write(lambda work: work.people.occupy(link))
    eve.files("My own tap is leaking")
    counter.write(lambda work: work.people.occupy(replace(link, until=counter.now)))
    for what, about in does:
        act(counter, eve, owner, what, about)
    shown = read_by(eve)
    assert [secret for secret in (OWNER, WORDS) if secret in shown] == []
