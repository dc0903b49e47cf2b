"""Cards find their topic in the staff group: made when first needed, and again when somebody deletes it."""

from collections.abc import AsyncIterator, Iterator

import pytest
from structlog.testing import capture_logs

from desk.mail import Lane, Verb
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
