"""What becomes of mail: from the outbox to somebody's phone, over HTTP, whatever Telegram answers."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.faces.base import AnswerTap, Button
from bot.mail import Letter
from bot.verdicts import LAST_ATTEMPT
from desk.mail import Delivery, Fate, Lane, Outgoing, Verb
from desk.ports import Work
from desk.records import Person
from dialogs.engine.heard import Pictured
from tests.faces.office import Hand, Office, strict_telegram
from tests.faces.telegram import FACES, Telegram, drain, offer, speaking


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


def refusals(office: Office) -> list[tuple[Fate, str]]:
    found = office.write(lambda work: work.outbox.refused(office.telegram.steward.id))
    return [(delivery.fate, delivery.why) for delivery in found]


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


async def test_a_repost_comes_anew_and_is_edited_from_then_on(office: Office):
    chat = office.telegram.ada.id
    async with office.open():
        for html, verb in (("one", Verb.SHOW), ("two", Verb.REPOST), ("three", Verb.SHOW)):
            office.put(chat, html, key="card/1", verb=verb)
            await office.sent_all()
    assert ada_sees(office) == ["one", "three"]


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


async def test_an_album_goes_in_the_parts_that_telegram_takes(office: Office):
    ada = office.telegram.ada
    for kind, count in (("document", 2), ("photo", 3), ("voice", 1)):
        ada.send(kind, count=count)
    acts = [one.said.act for one in await drain(office.face) if one.said]
    media = tuple(act.media for act in acts if isinstance(act, Pictured))
    async with office.open():
        office.put(ada.id, verb=Verb.ALBUM, payload=Letter(html="evidence", media=media).payload())
        await office.sent_all()
    seen = [message for message in ada.chat() if message.by_bot]
    assert [message.kinds for message in seen] == [["photo"]] * 3 + [["document"]] * 2 + [["voice"]]
    assert [message.text for message in seen] == ["evidence", "", "", "", "", ""]


async def test_a_part_that_was_sent_is_not_sent_again(office: Office):
    ada = office.telegram.ada
    ada.send("photo")
    ada.send("voice")
    media = tuple(
        one.said.act.media
        for one in await drain(office.face)
        if one.said and isinstance(one.said.act, Pictured)
    )
    office.telegram.faults("500", method="sendVoice")
    async with office.open():
        office.put(ada.id, verb=Verb.ALBUM, payload=Letter(media=media).payload())
        await office.sent_all()
    assert [message.kinds for message in ada.chat() if message.by_bot] == [["photo"], ["voice"]]


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


# ── when Telegram says no ────────────────────────────────────────────────────────────────────────


async def test_a_message_that_is_gone_is_sent_anew(office: Office):
    chat = office.telegram.ada.id

    def pretend(work: Work) -> None:
        mail = Outgoing(bot_id=office.telegram.steward.id, chat_id=chat, key="run/1", verb=Verb.SHOW)
        work.outbox.put(mail)
        (row,) = work.outbox.waiting(mail.bot_id, office.hand.now())
        gone = Delivery(outgoing=row, fate=Fate.SENT, message_id=999)
        work.outbox.settle([gone], office.hand.now())

    office.write(pretend)
    async with office.open():
        office.put(chat, "here again", key="run/1")
        await office.sent_all()
    assert ada_sees(office) == ["here again"]
    assert office.message(chat, "run/1") == office.telegram.ada.last().id


async def test_who_stopped_the_bot_is_known_from_then_on(office: Office):
    ada = office.telegram.ada
    office.write(lambda work: work.people.save(Person(telegram_id=ada.id, name="Ada")))
    ada.block(office.telegram.steward)
    async with office.open():
        with capture_logs() as logs:
            office.put(ada.id, "hello")
            await office.sent_all()
    person = office.write(lambda work: work.people.by_telegram(ada.id))
    assert person
    assert person.blocked
    assert [line["event"] for line in logs] == ["mail.blocked"]


async def test_what_telegram_refuses_is_kept_with_the_reason(office: Office):
    async with office.open():
        with capture_logs() as logs:
            office.put(office.telegram.ada.id, "<b>open")
            office.put(office.telegram.ada.id, "fine")
            await office.sent_all()
    assert ada_sees(office) == ["fine"]
    ((fate, why),) = refusals(office)
    assert (fate, "entities" in why) == (Fate.REFUSED, True)
    assert [line["event"] for line in logs] == ["mail.refused"]


async def test_mail_that_cannot_be_written_stops_no_other(office: Office):
    async with office.open():
        office.put(office.telegram.ada.id, payload={"rows": [[{"nonsense": 1}]]})
        office.put(
            office.telegram.ada.id, verb=Verb.ALBUM, payload={"media": [{"kind": "smell", "file_id": "x"}]}
        )
        office.put(office.telegram.ada.id, "fine")
        await office.sent_all()
    assert ada_sees(office) == ["fine"]
    assert len(refusals(office)) == 2


async def test_a_group_that_moved_takes_its_mail_along(office: Office):
    group = office.telegram.group(forum=False, kind="group")
    queue = office.staffed(group, forum=False)
    async with office.open():
        office.put(group.id, "old", key="card/1", queue_id=queue.id)
        await office.sent_all()
        new = group.migrate()
        office.put(group.id, "one", queue_id=queue.id)
        office.put(group.id, "two", queue_id=queue.id)
        await office.sent_all()
    assert office.estate().staff_chat == new.id
    texts = [message.text for message in office.telegram.bob.chat(new) if message.by_bot]
    assert texts == ["one", "two"]


async def test_silence_is_borne_and_the_order_kept(office: Office):
    office.telegram.faults("500", times=3)
    async with office.open():
        with capture_logs() as logs:
            office.put(office.telegram.ada.id, "one")
            office.put(office.telegram.ada.id, "two")
            await office.sent_all()
    assert ada_sees(office) == ["one", "two"]
    calls = office.telegram.sandbox.calls("sendMessage")
    waits = [round(after["at"] - before["at"]) for before, after in pairwise(calls)]
    assert waits[:3] == [1, 2, 4]
    assert [line["event"] for line in logs] == ["telegram.silent", "telegram.answers"]


async def test_a_lost_answer_is_sent_again(office: Office):
    """Whether it arrived cannot be known; better twice than never."""
    office.telegram.faults("lose")
    async with office.open():
        office.put(office.telegram.ada.id, "important")
        await office.sent_all()
    assert ada_sees(office) == ["important", "important"]


async def test_after_a_day_of_silence_it_is_given_up(office: Office):
    office.telegram.faults("500", times=99)
    async with office.open():
        office.put(office.telegram.ada.id, "late", attempts=LAST_ATTEMPT)
        await office.sent_all()
    office.telegram.sandbox.faults()
    assert len(refusals(office)) == 1


async def test_a_flood_rests_its_chat_and_no_other(office: Office):
    ada, bob = office.telegram.ada, office.telegram.bob
    bob.open(office.telegram.steward)
    office.telegram.faults("429", retry_after=5, chat=str(ada.id))
    start = office.hand.at
    async with office.open():
        office.put(ada.id, "to Ada")
        await office.until(lambda: office.telegram.sent("sendMessage"))
        office.put(bob.id, "to Bob")
        await office.sent_all()
    calls = [(call["params"]["text"], call["at"]) for call in office.telegram.sandbox.calls("sendMessage")]
    assert [text for text, _ in calls] == ["to Ada", "to Bob", "to Ada"]
    assert calls[1][1] - start < 2
    assert calls[2][1] - start >= 5


async def test_floods_of_two_chats_rest_everything(office: Office):
    people = [office.telegram.sandbox.person(f"P{number}") for number in range(3)]
    for person in people:
        person.open(office.telegram.steward)
    office.telegram.faults("429", retry_after=5, times=2)
    start = office.hand.at
    async with office.open():
        office.put(people[0].id, "x")
        office.put(people[1].id, "x")
        await office.until(lambda: len(office.telegram.sent("sendMessage")) >= 2)
        office.put(people[2].id, "x")
        await office.sent_all()
    assert min(call["at"] for call in office.telegram.sandbox.calls("sendMessage")[2:]) - start >= 5


# ── topics ───────────────────────────────────────────────────────────────────────────────────────


async def test_a_queues_first_card_makes_its_topic(office: Office):
    group = office.telegram.group(can_manage_topics=True)
    queue = office.staffed(group)
    async with office.open():
        for number in range(3):
            office.put(group.id, f"card {number}", key=f"card/{number}", queue_id=queue.id, lane=Lane.CARD)
        await office.sent_all()
    thread = group.topic("Plumbing")
    assert len(group.topics()) == 1
    assert office.queue(queue.id).topic == thread
    texts = [message.text for message in office.telegram.bob.chat(group, thread=thread) if message.by_bot]
    assert [text for text in texts if text.startswith("card")] == ["card 0", "card 1", "card 2"]


async def test_a_topic_asked_for_twice_is_made_once(office: Office):
    group = office.telegram.group(can_manage_topics=True)
    queue = office.staffed(group)
    for key in ("", "setup"):
        office.put(
            group.id,
            key=key,
            verb=Verb.TOPIC,
            queue_id=queue.id,
            payload={"title": "Plumbing"},
            lane=Lane.CARD,
        )
    async with office.open():
        office.put(group.id, "card", queue_id=queue.id, lane=Lane.CARD)
        await office.sent_all()
    assert len(group.topics()) == 1


async def test_a_deleted_topic_is_made_again(office: Office):
    group = office.telegram.group(can_manage_topics=True)
    queue = office.staffed(group)
    async with office.open():
        office.put(group.id, "before", queue_id=queue.id)
        await office.sent_all()
        group.delete_topic(group.topic("Plumbing"))
        office.put(group.id, "after", queue_id=queue.id)
        office.put(group.id, "and more", queue_id=queue.id)
        await office.sent_all()
    thread = group.topic("Plumbing")
    assert office.queue(queue.id).topic == thread
    texts = [message.text for message in office.telegram.bob.chat(group, thread=thread) if message.by_bot]
    assert [text for text in texts if text in {"after", "and more"}] == ["after", "and more"]


async def test_without_the_right_to_make_topics_the_group_itself_is_used(office: Office):
    group = office.telegram.group(can_pin_messages=True)
    queue = office.staffed(group)
    async with office.open():
        with capture_logs() as logs:
            office.put(group.id, "card", queue_id=queue.id)
            await office.sent_all()
    assert office.telegram.bob.last(group, by_bot=True).text == "card"
    assert office.estate().staff_forum is False
    (told,) = [line for line in logs if line["event"] == "topic.denied"]
    assert "/setup" in told["next_step"]


async def test_in_a_group_without_topics_cards_go_at_once(office: Office):
    group = office.telegram.group(forum=False)
    queue = office.staffed(group, forum=False)
    async with office.open():
        office.put(group.id, "card", queue_id=queue.id)
        await office.sent_all()
    assert office.telegram.bob.last(group, by_bot=True).text == "card"


# ── the sender itself ────────────────────────────────────────────────────────────────────────────


async def test_a_storage_that_fails_for_a_while_loses_nothing(office: Office):
    async with office.open():
        with capture_logs() as logs:
            office.failures = 3
            office.put(office.telegram.ada.id, "one")
            await office.sent_all()
            office.watched.gate.clear()
            office.put(office.telegram.ada.id, "two")
            await office.until(lambda: office.hand.busy)
            office.failures = 2
            office.watched.gate.set()
            await office.sent_all()
    assert ada_sees(office) == ["one", "two"]
    assert [line["event"] for line in logs] == ["outbox.unavailable"] * 2


async def test_stopping_waits_for_what_is_under_way(office: Office):
    office.watched.gate.clear()
    async with office.open() as stop:
        office.put(office.telegram.ada.id, "one")
        office.put(office.telegram.ada.id, "two")
        await office.until(lambda: office.hand.busy)
        stop.set()
        office.watched.gate.set()
    assert (ada_sees(office), office.depth()) == (["one"], 1)
    office.sender = office.new_sender()
    async with office.open():
        await office.sent_all()
    assert ada_sees(office) == ["one", "two"]


async def test_a_tap_is_answered_at_once_and_a_late_answer_does_no_harm(office: Office):
    await office.face.call(offer(office.telegram.ada.id))
    tap = office.telegram.ada.tap("Yes")
    await office.sender.answer_tap(AnswerTap(tap=tap.id, text="Noted"))
    assert tap.answer().text == "Noted"
    await office.sender.answer_tap(AnswerTap(tap="12345"))


async def test_mail_is_noticed_from_another_thread_and_without_a_word(office: Office):
    async with office.open():
        await office.until(lambda: office.hand.at)
        await asyncio.to_thread(office.sender.wake_from_thread)
        mail = Outgoing(
            bot_id=office.telegram.steward.id, chat_id=office.telegram.ada.id, payload={"html": "quiet"}
        )
        office.write(lambda work: work.outbox.put(mail))
        await office.sent_all()
    assert ada_sees(office) == ["quiet"]


async def test_what_waits_can_be_measured(office: Office):
    assert (office.sender.depth, office.sender.oldest_age) == (0, 0.0)
    office.telegram.faults("429", retry_after=30)
    async with office.open():
        office.put(office.telegram.ada.id, "one")
        office.put(office.telegram.ada.id, "two")
        await office.until(lambda: office.sender.oldest_age > 5)
        assert office.sender.depth == 2
        await office.sent_all()
    assert office.sender.depth == 0


async def test_mail_of_another_bot_is_left_alone(office: Office):
    other = Outgoing(bot_id=7, chat_id=office.telegram.ada.id, payload={"html": "not ours"})
    office.write(lambda work: work.outbox.put(other))
    async with office.open():
        office.put(office.telegram.ada.id, "ours")
        await office.sent_all()
    assert ada_sees(office) == ["ours"]
