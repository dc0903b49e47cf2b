"""What becomes of mail: from the outbox to somebody's phone, over HTTP, whatever Telegram answers."""

from collections.abc import AsyncIterator, Iterator

import pytest
from structlog.testing import capture_logs

from bot.faces.base import Button
from bot.mail import Letter
from desk.mail import Verb
from dialogs.engine.heard import Pictured
from tests.faces.office import Hand, Office, strict_telegram
from tests.faces.telegram import FACES, Telegram, drain, speaking


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Telegram, Hand]]:
    with strict_telegram(tmp_path_factory.mktemp("sandbox")) as found:
        yield found


@pytest.fixture
async def office(served: tuple[Telegram, Hand]) -> AsyncIterator[Office]:
    telegram, hand = served
    telegram.__post_init__()
    async with speaking("aiogram", telegram.sandbox.base) as face:
        await drain(face)
        yield Office(telegram, hand, face)


def ada_sees(office: Office) -> list[str]:
    return [message.text for message in office.telegram.ada.chat() if message.by_bot]


# ── out it goes ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", FACES)
async def test_mail_of_every_kind_arrives(served: tuple[Telegram, Hand], name: str):
    telegram, hand = served
    telegram.__post_init__()
    async with speaking(name, telegram.sandbox.base) as face:
        office = Office(telegram, hand, face)
        telegram.ada.photo()
        (photo,) = [
            one.said.act for one in await drain(face) if one.said and isinstance(one.said.act, Pictured)
        ]
        chat = telegram.ada.id
        async with office.open():
            office.put(chat, "<b>said</b>")
            office.put(chat, "shown", key="run/1")
            office.put(chat, verb=Verb.ALBUM, payload=Letter(html="album", media=(photo.media,)).payload())
            office.put(chat, payload=Letter(html="drawn", picture={"digest": 1}).payload())
            await office.sent_all()
        assert ada_sees(office) == ["said", "shown", "album", "drawn"]
        assert [message.kinds for message in telegram.ada.chat()[-2:]] == [["photo"], ["photo"]]
        assert office.pictures == [{"digest": 1}]


async def test_a_keyed_message_is_edited_in_its_place(office: Office):
    chat = office.telegram.ada.id
    rows = ((Button("Yes", "r:q:yes"),),)
    async with office.open():
        office.put(chat, key="run/1", payload=Letter(html="Right?", rows=rows).payload())
        await office.sent_all()
        office.put(chat, "between")
        office.put(chat, "Done", key="run/1")
        await office.sent_all()
    assert ada_sees(office) == ["Done", "between"]
    assert office.telegram.ada.chat()[-2].labels == []


async def test_the_message_is_found_again_after_a_restart(office: Office):
    async with office.open():
        office.put(office.telegram.ada.id, "one", key="run/1")
        await office.sent_all()
    office.put(office.telegram.ada.id, "two", key="run/1")
    office.sender = office.new_sender()
    async with office.open():
        await office.sent_all()
    assert ada_sees(office) == ["two"]


async def test_a_repost_comes_anew_takes_the_old_one_away_and_is_edited_from_then_on(office: Office):
    chat = office.telegram.ada.id
    async with office.open():
        for html, verb in (("one", Verb.SHOW), ("two", Verb.REPOST), ("three", Verb.SHOW)):
            office.put(chat, html, key="card/1", verb=verb)
            await office.sent_all()
    assert ada_sees(office) == ["three"]
    assert len(office.telegram.sent("deleteMessage")) == 1


async def test_an_old_message_that_is_gone_already_holds_nothing_up(office: Office):
    chat = office.telegram.ada.id
    async with office.open():
        office.put(chat, "one", key="card/1")
        await office.sent_all()
        office.telegram.ada.delete(office.telegram.ada.last().id)
        office.put(chat, "two", key="card/1", verb=Verb.REPOST)
        office.put(chat, "after", key="card/2")
        await office.sent_all()
    assert ada_sees(office)[-2:] == ["two", "after"]


async def test_only_the_newest_state_is_sent(office: Office):
    for number in range(5):
        office.put(office.telegram.ada.id, f"state {number}", key="run/1")
    async with office.open():
        await office.sent_all()
    assert ada_sees(office) == ["state 4"]
    assert len(office.telegram.sent("sendMessage")) == 1


async def test_what_changes_while_it_is_under_way_is_edited_after(office: Office):
    office.watched.gate.clear()
    async with office.open():
        office.put(office.telegram.ada.id, "old", key="run/1")
        await office.until(lambda: office.hand.busy)
        office.put(office.telegram.ada.id, "new", key="run/1")
        office.watched.gate.set()
        await office.sent_all()
    assert ada_sees(office) == ["new"]
    assert office.depth() == 0


async def test_what_changes_while_it_waits_for_its_turn_is_never_sent_outdated(office: Office):
    group = office.telegram.group()
    for number in range(20):
        office.put(group.id, f"filler {number}")
    office.put(group.id, "old", key="card/1")
    async with office.open():
        await office.until(lambda: len(office.telegram.sent("sendMessage")) >= 12)
        office.put(group.id, "new", key="card/1")
        await office.sent_all()
    texts = [call["text"] for call in office.telegram.sent("sendMessage")]
    assert texts == [f"filler {number}" for number in range(20)] + ["new"]


async def test_the_order_within_a_chat_is_kept(office: Office):
    async with office.open():
        for number in range(12):
            office.put(office.telegram.ada.id, str(number))
        await office.sent_all()
    assert ada_sees(office) == [str(number) for number in range(12)]


async def test_nothing_goes_before_its_time(office: Office):
    chat = office.telegram.ada.id
    due = office.later(3)
    async with office.open():
        office.put(chat, "later", key="run/1", not_before=due)
        office.put(chat, "now")
        await office.sent_all()
    now, later = office.telegram.sandbox.calls("sendMessage")
    assert (later["params"]["text"], now["params"]["text"]) == ("later", "now")
    assert 0 <= round(later["at"] - due.timestamp(), 3) <= 1


async def test_calls_of_different_chats_do_not_wait_for_each_other(office: Office):
    people = [office.telegram.sandbox.person(f"P{number}") for number in range(15)]
    for person in people:
        person.open(office.telegram.steward)
        office.put(person.id, "hello")
    office.watched.gate.clear()
    async with office.open():
        await office.until(lambda: office.hand.busy == 15)
        office.watched.gate.set()
        await office.sent_all()
    assert office.watched.most == 15


async def test_one_call_a_chat_is_under_way(office: Office):
    for number in range(4):
        office.put(office.telegram.ada.id, str(number))
    async with office.open():
        await office.sent_all()
    assert office.watched.most == 1


# ── pictures and albums ──────────────────────────────────────────────────────────────────────────


async def test_an_album_counts_all_its_pieces(office: Office):
    ada, group = office.telegram.ada, office.telegram.group(forum=False)
    ada.send("photo", count=8)
    media = tuple(
        one.said.act.media
        for one in await drain(office.face)
        if one.said and isinstance(one.said.act, Pictured)
    )
    office.telegram.sandbox.flood(True)
    async with office.open():
        for _ in range(3):
            office.put(group.id, verb=Verb.ALBUM, payload=Letter(html="evidence", media=media).payload())
        await office.sent_all()
    office.telegram.sandbox.flood(False)
    seen = [message for message in office.telegram.bob.chat(group) if message.by_bot and message.kinds]
    assert [message.kinds for message in seen] == [["photo"]] * 24
    assert [message.text for message in seen] == (["evidence"] + [""] * 7) * 3
    assert {call["status"] for call in office.telegram.sandbox.calls("sendMediaGroup")} == {200}


async def test_a_picture_keeps_its_place_and_changes_its_words(office: Office):
    chat = office.telegram.ada.id
    async with office.open():
        for html in ("May", "June"):
            office.put(chat, key="digest/1", payload=Letter(html=html, picture={"digest": 1}).payload())
            await office.sent_all()
    assert ada_sees(office) == ["June"]
    assert len(office.pictures) == 1


async def test_without_its_picture_a_letter_still_says_what_it_says(office: Office):
    async with office.open():
        with capture_logs() as logs:
            office.put(office.telegram.ada.id, payload=Letter(html="June", picture={"broken": 1}).payload())
            await office.sent_all()
    assert ada_sees(office) == ["June"]
    assert [line["event"] for line in logs] == ["picture.failed"]
