"""Whose turn it is: lanes, fairness, order; and the limits of a strict Telegram, in its own time."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.lanes import UNREAD, Lanes, Parcel
from desk.mail import Lane, Outgoing, Verb
from tests.faces.office import Hand, Office, strict_telegram
from tests.faces.telegram import Telegram, speaking


def parcel(mail_id: int, chat: int, lane: Lane = Lane.ANSWER, key: str = "", **fields: Any) -> Parcel:
    fields = {"revision": 1, "verb": Verb.SHOW if key else Verb.SAY, **fields}
    mail = Outgoing(id=mail_id, bot_id=1, chat_id=chat, lane=lane, key=key, **fields)
    return Parcel(mail=mail, since=0.0)


def pick(lanes: Lanes) -> Parcel | None:
    return next((taken for lane in Lane if (taken := lanes.pick(lane))), None)


def drained(lanes: Lanes) -> list[Parcel]:
    """Everything, each chat free again as soon as its mail is gone."""
    found = []
    while taken := pick(lanes):
        found.append(taken)
        lanes.returned(taken, taken.mail.id)
        lanes.recorded(taken)
    return found


ROWS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Lane)), max_size=40)


@given(ROWS, st.randoms())
def test_everything_goes_once_and_each_chat_in_order(rows: list[tuple[int, Lane]], random: Random):
    lanes = Lanes()
    parcels = [parcel(number, chat, lane) for number, (chat, lane) in enumerate(rows, 1)]
    for each in random.sample(parcels, len(parcels)):
        lanes.add(each)
    found = drained(lanes)
    assert sorted(each.mail.id for each in found) == [each.mail.id for each in parcels]
    assert [each.mail.lane for each in found] == sorted(each.mail.lane for each in found)
    for chat in range(1, 5):
        for lane in Lane:
            ids = [each.mail.id for each in found if (each.mail.chat_id, each.mail.lane) == (chat, lane)]
            assert ids == sorted(ids)
    assert len(lanes) == 0


@given(ROWS)
def test_a_chat_with_much_to_say_makes_nobody_wait(rows: list[tuple[int, Lane]]):
    lanes = Lanes()
    for number in range(1, 50):
        lanes.add(parcel(number, chat=99))
    for number, (chat, _) in enumerate(rows, 50):
        lanes.add(parcel(number, chat))
    found = [each.mail.chat_id for each in drained(lanes)]
    for chat in {chat for chat, _ in rows}:
        assert found.index(chat) <= len({chat for chat, _ in rows})


def test_a_chat_has_one_piece_under_way():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7))
    lanes.add(parcel(2, chat=7, lane=Lane.CARD))
    first = pick(lanes)
    assert first
    assert pick(lanes) is None
    lanes.returned(first, 1)
    assert pick(lanes) is None
    lanes.recorded(first)
    second = pick(lanes)
    assert second
    assert (first.mail.id, second.mail.id) == (1, 2)


def test_a_newer_form_takes_the_place_of_the_older():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7, revision=1))
    lanes.add(parcel(2, chat=7))
    newer = parcel(1, chat=7, lane=Lane.CARD, revision=2)
    assert not lanes.knows(newer.mail)
    lanes.add(newer)
    assert lanes.knows(newer.mail)
    assert [each.mail.id for each in drained(lanes)] == [2, 1]


def test_what_is_under_way_is_not_taken_in_again():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7))
    first = pick(lanes)
    assert first
    lanes.add(parcel(1, chat=7))
    assert len(lanes) == 1
    lanes.returned(first, 100)
    lanes.recorded(first)
    assert lanes.knows(first.mail)
    lanes.add(parcel(1, chat=7))
    assert len(lanes) == 0


def test_a_newer_form_waits_until_the_older_has_returned_and_edits_its_message():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7, key="card/1"))
    first = pick(lanes)
    assert first
    lanes.add(parcel(1, chat=7, key="card/1", revision=2))
    assert pick(lanes) is None
    lanes.returned(first, 100)
    second = pick(lanes)
    assert second
    assert (second.mail.revision, second.message, second.edits) == (2, 100, True)


def test_mail_that_was_written_before_the_message_was_recorded_edits_it():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7, key="card/1"))
    first = pick(lanes)
    assert first
    lanes.returned(first, 100)
    lanes.recorded(first)
    lanes.add(parcel(2, chat=7, key="card/1"))
    second = pick(lanes)
    assert second
    assert second.message == 100


def test_whether_a_repost_has_had_its_new_message_is_for_the_storage_to_say():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7, key="card/1", verb=Verb.REPOST))
    first = pick(lanes)
    assert first
    lanes.add(replace(parcel(1, chat=7, key="card/1", verb=Verb.REPOST, revision=2), read_at=5.0))
    lanes.returned(first, 100)
    lanes.recorded(first)
    second = pick(lanes)
    assert second
    assert second.read_at == UNREAD


def test_so_it_is_for_one_that_was_written_while_the_older_one_was_not_yet_recorded():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7, key="card/1", verb=Verb.REPOST))
    first = pick(lanes)
    assert first
    lanes.returned(first, 100)
    lanes.add(replace(parcel(1, chat=7, key="card/1", verb=Verb.REPOST, revision=2), read_at=5.0))
    lanes.recorded(first)
    second = pick(lanes)
    assert second
    assert second.read_at == UNREAD
    lanes.drop(second)
    lanes.add(replace(second, read_at=6.0))
    third = pick(lanes)
    assert third
    assert third.read_at == 6.0


def test_edits_overtake_a_new_message_that_waits_and_overlap_each_other():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7))
    lanes.add(parcel(2, chat=7))
    for number in (3, 4):
        lanes.add(replace(parcel(number, chat=7, key=f"card/{number}"), message=number))
    found = [pick(lanes) for _ in range(4)]
    assert [each and each.mail.id for each in found] == [1, 3, 4, None]


def test_a_new_message_waits_for_the_edits_before_it_but_not_for_their_record():
    lanes = Lanes()
    lanes.add(replace(parcel(1, chat=7, key="card/1"), message=100))
    lanes.add(parcel(2, chat=7))
    edit = pick(lanes)
    assert edit
    assert pick(lanes) is None
    lanes.returned(edit, 100)
    assert pick(lanes) is not None


def test_a_chat_that_is_held_twice_is_let_go_twice():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7))
    lanes.hold(7)
    lanes.hold(7)
    lanes.release(7)
    assert pick(lanes) is None
    lanes.release(7)
    assert pick(lanes) is not None


def test_nothing_is_remembered_of_a_chat_that_has_nothing():
    lanes = Lanes()
    for number in range(1, 3000):
        lanes.add(parcel(number, chat=number, key="run/1"))
        taken = pick(lanes)
        assert taken
        lanes.returned(taken, number)
        lanes.recorded(taken)
    assert len(lanes._chats) == 0
    assert len(lanes._recent._revisions) == len(lanes._recent._messages) == 1000


def test_only_open_lanes_are_served():
    lanes = Lanes()
    lanes.add(parcel(1, chat=7, lane=Lane.BROADCAST))
    assert lanes.pick(Lane.CARD) is None
    assert lanes.pick(Lane.BROADCAST) is not None


# ── on a strict Telegram ─────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Telegram, Hand]]:
    with strict_telegram(tmp_path_factory.mktemp("sandbox")) as found:
        yield found


def clients(telegram: Telegram, count: int) -> list[int]:
    people = [telegram.sandbox.person(f"P{number}") for number in range(count)]
    for person in people:
        person.open(telegram.steward)
    return [person.id for person in people]


async def test_a_burst_stays_below_every_limit(served: tuple[Telegram, Hand]):
    """80 residents, a talkative one, and two groups: a Telegram with its limits on says 429 not once."""
    telegram, hand = served
    telegram.__post_init__()
    telegram.sandbox.flood(True)
    chats = clients(telegram, 80)
    groups = [telegram.group(forum=False).id for _ in range(2)]
    async with speaking("aiogram", telegram.sandbox.base) as face:
        office = Office(telegram, hand, face)
        for chat in chats + [chats[0]] * 12 + groups * 25:
            office.put(chat, "x", lane=Lane.CARD if chat < 0 else Lane.ANSWER)
        async with office.open():
            await office.sent_all()
    telegram.sandbox.flood(False)
    assert {call["status"] for call in telegram.sandbox.calls("sendMessage")} == {200}
    assert len(telegram.sent("sendMessage")) == 80 + 12 + 50


async def test_an_answer_overtakes_a_broadcast(served: tuple[Telegram, Hand]):
    telegram, hand = served
    telegram.__post_init__()
    chats = clients(telegram, 60)
    async with speaking("aiogram", telegram.sandbox.base) as face:
        office = Office(telegram, hand, face)
        for chat in chats:
            office.put(chat, "notice", lane=Lane.BROADCAST)
        async with office.open():
            await office.until(lambda: len(telegram.sent("sendMessage")) >= 15)
            asked = hand.at
            office.put(telegram.ada.id, "your answer")
            await office.sent_all()
    calls = telegram.sandbox.calls("sendMessage")
    (answer,) = [call for call in calls if call["params"]["text"] == "your answer"]
    assert answer["at"] - asked < 1
    assert calls.index(answer) < 45
