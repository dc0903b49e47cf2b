"""Whatever is put, taken and settled in whatever order, the chat ends up showing the newest."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desk.mail import Delivery, Fate, Outgoing, Verb
from desk.records import Timer
from tests.contracts.samples import BOT, NOW, Store, Work, mail

CHATS = count(1)
KEYS = ("card", "run")


@dataclass
class Chat:
    """A chat in Telegram, and a sender that is at times slow, refused or dead."""

    id: int
    work: Work
    under_way: list[Outgoing] = field(default_factory=list)
    #: message id → key and text
    shown: dict[int, tuple[str, object]] = field(default_factory=dict)

    def put(self, key: str, verb: Verb, text: int) -> None:
        self.work.outbox.put(mail(key, chat_id=self.id, verb=verb, payload={"text": text}))

    def take(self) -> None:
        waiting = self.work.outbox.waiting(BOT, NOW)
        busy = {one.id for one in self.under_way}
        self.under_way += [one for one in waiting if one.chat_id == self.id and one.id not in busy]

    def deliver(self) -> None:
        """One piece of mail reaches Telegram, and the outcome is written down."""
        if not self.under_way:
            return
        one = self.under_way.pop(0)
        known = self.work.outbox.message(BOT, self.id, one.key)
        number = len(self.shown) + 1 if known is None or one.verb is Verb.REPOST else known
        self.shown[number] = (one.key, one.payload["text"])
        self.work.outbox.settle([Delivery(outgoing=one, fate=Fate.SENT, message_id=number)], NOW)

    def fail(self) -> None:
        """Telegram did not answer: to be tried again."""
        if self.under_way:
            self.work.outbox.postpone(self.under_way.pop(0), NOW)

    def die(self) -> None:
        """The sender is killed and starts anew: what was under way is taken again."""
        self.under_way.clear()

    def drain(self) -> None:
        self.die()
        while any(one.chat_id == self.id for one in self.work.outbox.waiting(BOT, NOW)):
            self.take()
            while self.under_way:
                self.deliver()

    def messages(self, key: str) -> int:
        """How many messages came under a key."""
        return sum(name == key for name, _ in self.shown.values())

    def newest(self, key: str) -> object:
        """The text of the last message under a key."""
        return next((text for name, text in reversed(self.shown.values()) if name == key), None)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from(KEYS), st.sampled_from([Verb.SHOW, Verb.REPOST])),
        st.tuples(st.sampled_from(["take", "take", "deliver", "deliver", "fail", "die"])),
    ),
    max_size=25,
)
rules = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres), "memory"])
def database(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(f"{request.param}_database")
    return found


@rules
@given(steps=steps)
def test_the_chat_shows_the_newest_and_a_new_message_only_where_one_was_asked_for(database: Store, steps):
    last: dict[str, int] = {}
    owed: dict[str, int] = {}
    reposts = dict.fromkeys(KEYS, 0)
    with database.write() as work:
        chat = Chat(next(CHATS), work)
        for number, (act, *rest) in enumerate(steps):
            if act == "put":
                key, verb = rest
                chat.put(key, verb, number)
                last[key] = number
                if verb is Verb.REPOST:
                    reposts[key] += 1
                    owed[key] = chat.messages(key) + 1
            else:
                getattr(chat, act)()
        chat.drain()
        assert {key: chat.newest(key) for key in last} == last
        for key in last:
            assert owed.get(key, 1) <= chat.messages(key) <= 1 + reposts[key]


def timers() -> st.SearchStrategy[list[tuple[str, int | None]]]:
    """Keys to be set to a second, or cancelled."""
    return st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | st.integers(0, 9)), max_size=30)


@rules
@given(changes=timers(), at=st.integers(0, 9), limit=st.integers(1, 6))
def test_timers_come_when_they_are_due_the_earliest_first(database: Store, changes, at, limit):
    due: dict[str, int] = {}
    with database.write() as work:
        for key in "abcdef":
            work.timers.cancel(key)
        for key, second in changes:
            if second is None:
                work.timers.cancel(key)
                due.pop(key, None)
            else:
                work.timers.set(Timer(key=key, kind="k", due_at=NOW + timedelta(seconds=second)))
                due[key] = second
        wanted = sorted((second, key) for key, second in due.items() if second <= at)
        taken = work.timers.take(NOW + timedelta(seconds=at), limit)
        assert [timer.key for timer in taken] == [key for _, key in wanted[:limit]]
        earliest = NOW + timedelta(seconds=min(due.values())) if due else None
        assert work.timers.next_due() == earliest
