"""What every face hears: the same updates mean the same, whichever library parsed them."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.faces.base import Face, Incoming, NoAnswer, OtherPoller, Rights, WrongToken
from bot.said import Act, Chat, Command, Membership, Moved, Said, Speaker, Stopped, Tap
from dialogs.engine.heard import Contacted, Located, Pictured, Unheard, Words
from sandbox.client import Sandbox
from tests.faces.telegram import FACES, TOKEN, Telegram, drain, serving, speaking


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with serving() as found:
        yield found


@pytest.fixture
def telegram(sandbox: Sandbox) -> Telegram:
    return Telegram(sandbox)


@pytest.fixture(params=FACES)
async def face(request: pytest.FixtureRequest, telegram: Telegram) -> AsyncIterator[Face]:
    async with speaking(request.param, telegram.sandbox.base) as found:
        await drain(found)
        yield found


async def heard(face: Face) -> list[Said | None]:
    return [incoming.said for incoming in await drain(face)]


async def acts(face: Face) -> list[Act | None]:
    return [said and said.act for said in await heard(face)]


# ── who and where ────────────────────────────────────────────────────────────────────────────────


async def test_words_come_with_their_speaker_and_chat(face: Face, telegram: Telegram):
    message = telegram.ada.say("The tap drips")
    (incoming,) = await drain(face)
    assert incoming.said == Said(
        update_id=incoming.update_id,
        speaker=Speaker(id=telegram.ada.id, name="Ada Lee", language="zh-hans"),
        chat=Chat(id=telegram.ada.id, private=True),
        act=Words("The tap drips"),
        message_id=message,
    )


async def test_a_topic_is_told_from_general(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    made = await face.call(make_topic(group.id))
    await drain(face)
    telegram.bob.say("in the topic", chat=group, thread=made)
    telegram.bob.say("in General", chat=group)
    chats = [said.chat for said in await heard(face) if said]
    assert chats == [
        Chat(id=group.id, private=False, forum=True, thread=made, title="Staff"),
        Chat(id=group.id, private=False, forum=True, thread=None, title="Staff"),
    ]


async def test_a_thread_of_replies_in_a_plain_group_is_no_topic(face: Face, telegram: Telegram):
    group = telegram.group(forum=False, can_pin_messages=True)
    await drain(face)
    first = telegram.bob.say("Who is on duty?", chat=group)
    telegram.ada.say("I am", chat=group, reply_to=first)
    assert [said.chat.thread for said in await heard(face) if said] == [None, None]
