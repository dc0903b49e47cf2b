"""What becomes of mail when Telegram says no, or says nothing."""

from collections.abc import AsyncIterator, Iterator
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from bot.verdicts import LAST_ATTEMPT
from desk.mail import Delivery, Fate, Outgoing, Verb
from desk.ports import Work
from desk.records import Person
from tests.faces.office import Hand, Office, strict_telegram
from tests.faces.telegram import Telegram, drain, speaking


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
        await office.until(lambda: len(office.telegram.sent("sendMessage")) >= 2 and not office.hand.busy)
        office.put(people[2].id, "x")
        await office.sent_all()
    assert min(call["at"] for call in office.telegram.sandbox.calls("sendMessage")[2:]) - start >= 5
