"""Whoever is not linked to a home, or no longer is, sees nothing of it, whatever they say, tap or forge."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings, strategies as st

from bot import flows, layout, taps
from desk.actions.perform import perform
from desk.records import Home, Occupancy
from desk.records.fees import Payment
from dialogs.commands import COMMANDS
from storage.memory import MemoryDatabase
from tests.bot.counter import DAY, Counter, Guest
from tests.bot.test_household import expected

CODE, OWNER, WORDS, GUEST, SLIP = "7-7-707", "Ottilie", "Geheimwort", "Gundula", "GEHEIM-7"

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
    counter.write(lambda work: perform(work, work.people.get(owner.id), expected(counter), counter.now))
    paid = Payment(
        estate_id=counter.estate.id,
        home_id=counter.home.id,
        at=counter.now,
        amount=Decimal(7),
        method="cash",
        reference=SLIP,
        person_id=owner.id,
    )
    counter.write(lambda work: work.fees.save_payment(paid))
    owner.says("/household", "/requests", "/visitors", "/fees", "/settings", "/privacy")
    owner.sends(f"p:request:{counter.request().id}")
    assert GUEST in read_by(owner), "there is something to leak"
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


#: but being forgotten: there is nobody to go on
FORGED = [
    *(f"p:{page}:{n}" for page in [*flows.PAGES, "new", "backlog", "late", "more"] for n in range(4)),
    *(
        f"s:{script}:{n}"
        for script in sorted({*flows.BEGINS, *taps.ABOUT, *taps.FREE} - {"forget"})
        for n in ("", *range(1, 4))
    ),
    *(f"f:{verb}:{n}" for verb in flows.ACTS for n in range(4)),
    *(f"r:{n}:{verb}" for verb in taps.ORDERS for n in range(4)),
    *(f"v:{n}:5" for n in range(4)),
]


def goes_through(eve: Guest) -> None:
    """Says yes to whatever an open conversation asks, to its end."""
    for _ in range(8):
        if eve.counter.read(lambda work: work.runs.open(eve.id)) is None:
            return
        asked = [data for data in buttons(eve) if len(data.split(":")[0]) == 8 and "~back" not in data]
        onwards = [data for data in asked[-12:] if not data.endswith("~cancel")]
        eve.sends(onwards[0]) if onwards else eve.says("22:00-07:00")
    eve.says("/cancel")


def leaked(eve: Guest, *secrets: str) -> list[str]:
    """Which of these somebody was shown."""
    shown = read_by(eve)
    return [secret for secret in secrets if secret in shown]


def test_every_page_script_and_button_there_is_forged_and_followed_to_its_end():
    counter, owner = home_with_secrets()
    eve = counter.guest("Eve")
    for data in [*FORGED, *buttons(owner)]:
        eve.sends(data)
        goes_through(eve)
        assert leaked(eve, CODE, OWNER, WORDS, GUEST, SLIP) == [], data


def test_the_same_by_somebody_who_moved_out():
    counter, owner = home_with_secrets()
    eve = moved_out(counter)
    for data in [*FORGED, *buttons(owner)]:
        eve.sends(data)
        goes_through(eve)
        assert leaked(eve, OWNER, WORDS, GUEST, SLIP) == [], data


def moved_out(counter: Counter) -> Guest:
    """Eve, who lived there until now, and reported something of her own."""
    eve = counter.guest("Eve")
    link = Occupancy(
        person_id=eve.id, home_id=counter.home.id, estate_id=counter.estate.id, since=counter.now - DAY
    )
    link = counter.write(lambda work: work.people.occupy(link))
    eve.files("My own tap is leaking")
    counter.write(lambda work: work.people.occupy(replace(link, until=counter.now)))
    return eve


@settings(max_examples=30, deadline=None)
@given(st.lists(acts, min_size=1, max_size=14))
def test_a_stranger_sees_nothing_of_a_home(does: list[tuple[str, str | int]]):
    counter, owner = home_with_secrets()
    eve = counter.guest("Eve")
    for what, about in does:
        act(counter, eve, owner, what, about)
    assert leaked(eve, CODE, OWNER, WORDS, GUEST, SLIP) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(acts, min_size=1, max_size=14))
def test_who_moved_out_sees_nothing_of_the_others(does: list[tuple[str, str | int]]):
    counter, owner = home_with_secrets()
    eve = moved_out(counter)
    for what, about in does:
        act(counter, eve, owner, what, about)
    assert leaked(eve, OWNER, WORDS, GUEST, SLIP) == []
