"""What every face does, and how it can end: the same calls and the same outcomes with either library."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.faces.base import (
    AnswerTap,
    Blocked,
    Button,
    Call,
    Denied,
    EditCaption,
    EditText,
    Face,
    Fetch,
    Fetched,
    Flood,
    MakeTopic,
    MessageGone,
    Migrated,
    Ok,
    Outcome,
    SendFile,
    SendMedia,
    SendPicture,
    SendText,
    Sent,
    SetCommands,
    TakeAway,
    TopicGone,
    Unreachable,
)
from bot.said import Tap
from desk.records import Media
from dialogs.engine.heard import Pictured
from sandbox.client import Sandbox
from sandbox.pictures import png
from tests.faces.telegram import FACES, TOKEN, Telegram, drain, offer, serving, speaking

CHANGED = ((Button("Open", url="https://example.org/"),),)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with serving() as found:
        yield found


@pytest.fixture
def telegram(sandbox: Sandbox) -> Telegram:
    return Telegram(sandbox)


@pytest.fixture(params=FACES)
def name(request: pytest.FixtureRequest) -> str:
    """Which library."""
    return str(request.param)


@pytest.fixture
async def face(name: str, telegram: Telegram) -> AsyncIterator[Face]:
    """A face at the quiet end of its line."""
    async with speaking(name, telegram.sandbox.base) as found:
        await drain(found)
        yield found


def number(outcome: Outcome) -> int:
    assert isinstance(outcome, Sent), outcome
    return outcome.id


async def pictured(face: Face) -> list[Media]:
    found = [incoming.said.act for incoming in await drain(face) if incoming.said]
    return [act.media for act in found if isinstance(act, Pictured)]


# ── what arrives ─────────────────────────────────────────────────────────────────────────────────


async def test_a_message_with_buttons(face: Face, telegram: Telegram):
    sent = await face.call(offer(telegram.ada.id))
    seen = telegram.ada.last()
    assert sent == Sent(seen.id)
    assert (seen.html, seen.rows) == ("<b>Right?</b>", [["Yes", "No"]])
    (asked,) = telegram.sent("sendMessage")
    assert asked["parse_mode"] == "HTML"
    assert asked["link_preview_options"]["is_disabled"] is True


async def test_a_file_made_by_us(face: Face, telegram: Telegram):
    file = SendFile(
        chat=telegram.ada.id, name="导出.json", content=b'{"a": 1}', caption="<b>All</b>", rows=CHANGED
    )
    message = number(await face.call(file))
    seen = telegram.ada.last()
    assert (seen.id, seen.kinds, seen.html, seen.labels) == (message, ["document"], "<b>All</b>", ["Open"])
    assert seen.raw["media"][0]["name"] == "导出.json"
    assert telegram.sandbox.file(seen.raw["media"][0]["file_id"]) == b'{"a": 1}'
    assert await face.call(EditCaption(chat=telegram.ada.id, message=message, caption="Gone")) == Ok()
    assert telegram.ada.last().html == "Gone"


async def test_a_file_that_somebody_sent(face: Face, telegram: Telegram):
    content = bytes(range(256)) * 40_000
    telegram.ada.upload({"fees.xlsx": ("application/octet-stream", content)})
    (media,) = await pictured(face)
    assert await face.call(Fetch(file_id=media.file_id)) == Fetched(content)


async def test_a_file_that_telegram_does_not_give(face: Face, telegram: Telegram):
    telegram.ada.send("document", size=20 * 1024 * 1024 + 1)
    (media,) = await pictured(face)
    assert await face.call(Fetch(file_id=media.file_id)) == Denied("Bad Request: file is too big")
    assert isinstance(await face.call(Fetch(file_id="made up")), Denied)


@pytest.mark.parametrize("do", ["drop", "500"])
async def test_a_file_that_does_not_come_is_tried_again(face: Face, telegram: Telegram, do: str):
    telegram.ada.send("document")
    (media,) = await pictured(face)
    telegram.faults(do, method="getFile")
    assert isinstance(await face.call(Fetch(file_id=media.file_id)), Unreachable)
    assert isinstance(await face.call(Fetch(file_id=media.file_id)), Fetched)


async def test_a_number_that_a_tap_copies(face: Face, telegram: Telegram):
    rows = ((Button("📋 R-17", copy="R-17"),),)
    await face.call(SendText(chat=telegram.ada.id, html="Filed", rows=rows))
    assert telegram.ada.tap("R-17").answer().copied == "R-17"
    await face.call(SendPicture(chat=telegram.ada.id, png=png(), rows=rows))
    assert telegram.ada.tap("R-17").answer().copied == "R-17"


async def test_an_edit_changes_words_and_buttons(face: Face, telegram: Telegram):
    message = number(await face.call(offer(telegram.ada.id)))
    edit = EditText(chat=telegram.ada.id, message=message, html="<i>Done</i>", rows=CHANGED)
    assert await face.call(edit) == Ok()
    assert (telegram.ada.last().html, telegram.ada.last().labels) == ("<i>Done</i>", ["Open"])
    assert await face.call(replace(edit, rows=())) == Ok()
    assert telegram.ada.last().labels == []


async def test_an_edit_that_changes_nothing_is_fine(face: Face, telegram: Telegram):
    message = number(await face.call(offer(telegram.ada.id)))
    same = EditText(chat=telegram.ada.id, message=message, html="<b>Right?</b>", rows=offer(0).rows)
    assert await face.call(same) == Ok()


@pytest.mark.parametrize("kind", ["photo", "video", "voice", "document"])
async def test_media_are_sent_by_their_ids(face: Face, telegram: Telegram, kind: str):
    telegram.ada.send(kind)
    media = await pictured(face)
    sent = await face.call(SendMedia(chat=telegram.ada.id, media=tuple(media), caption="<b>here</b>"))
    seen = telegram.ada.last(by_bot=True)
    assert (sent, seen.kinds, seen.html) == (Sent(seen.id), [kind], "<b>here</b>")


async def test_an_album_is_known_by_its_first_message(face: Face, telegram: Telegram):
    telegram.ada.album(2)
    telegram.ada.send("video")
    media = await pictured(face)
    sent = await face.call(SendMedia(chat=telegram.ada.id, media=tuple(media), caption="all"))
    seen = [message for message in telegram.ada.chat() if message.by_bot]
    assert sent == Sent(seen[0].id)
    assert [message.text for message in seen] == ["all", "", ""]
    assert len({message.raw["album"] for message in seen}) == 1


async def test_files_go_together(face: Face, telegram: Telegram):
    telegram.ada.send("document", count=2)
    sent = await face.call(SendMedia(chat=telegram.ada.id, media=tuple(await pictured(face))))
    assert sent == Sent(telegram.ada.last(by_bot=True).id - 1)


async def test_a_picture_and_its_caption(face: Face, telegram: Telegram):
    picture = SendPicture(chat=telegram.ada.id, png=png(), caption="<b>June</b>", rows=CHANGED)
    message = number(await face.call(picture))
    seen = telegram.ada.last()
    assert (seen.id, seen.kinds, seen.html, seen.labels) == (message, ["photo"], "<b>June</b>", ["Open"])
    edit = EditCaption(chat=telegram.ada.id, message=message, caption="July")
    assert [await face.call(edit), await face.call(edit)] == [Ok(), Ok()]
    assert (telegram.ada.last().html, telegram.ada.last().labels) == ("July", [])


async def test_a_topic_and_a_message_in_it(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    thread = number(await face.call(MakeTopic(chat=group.id, title="Plumbing")))
    assert group.topic("Plumbing") == thread
    await face.call(offer(group.id, thread=thread))
    assert telegram.bob.last(group, thread=thread).text == "Right?"


async def test_a_tap_is_answered(face: Face, telegram: Telegram):
    await face.call(offer(telegram.ada.id))
    tap = telegram.ada.tap("Yes")
    (incoming,) = await drain(face)
    assert incoming.said
    assert isinstance(incoming.said.act, Tap)
    assert await face.call(AnswerTap(tap=incoming.said.act.id, text="Noted", alert=True)) == Ok()
    assert (tap.answer().text, tap.answer().show_alert) == ("Noted", True)


async def test_the_command_menu_has_a_language(face: Face, telegram: Telegram):
    assert await face.call(SetCommands(commands=(("help", "What I can do"),))) == Ok()
    assert await face.call(SetCommands(commands=(("help", "我能做什么"),), language="zh")) == Ok()
    plain, chinese = telegram.sent("setMyCommands")
    assert plain.get("language_code", "") == ""
    assert chinese["language_code"] == "zh"
    assert chinese["scope"]["type"] == "all_private_chats"


# ── how it can end otherwise ─────────────────────────────────────────────────────────────────────


async def test_a_message_that_is_gone(face: Face, telegram: Telegram):
    assert await face.call(EditText(chat=telegram.ada.id, message=999, html="x")) == MessageGone()
    assert await face.call(EditCaption(chat=telegram.ada.id, message=999, caption="x")) == MessageGone()


async def test_a_message_is_taken_away(face: Face, telegram: Telegram):
    message = number(await face.call(offer(telegram.ada.id)))
    assert await face.call(TakeAway(chat=telegram.ada.id, message=message)) == Ok()
    assert await face.call(TakeAway(chat=telegram.ada.id, message=message)) == MessageGone()


async def test_a_message_that_is_too_old_to_be_taken_away_counts_as_gone(face: Face, telegram: Telegram):
    message = number(await face.call(offer(telegram.ada.id)))
    telegram.sandbox.move_clock(49 * 3600)
    assert await face.call(TakeAway(chat=telegram.ada.id, message=message)) == MessageGone()


async def test_words_cannot_become_a_caption(face: Face, telegram: Telegram):
    """Its picture could not be drawn at first, and can now: it is sent anew."""
    message = number(await face.call(offer(telegram.ada.id)))
    edit = EditCaption(chat=telegram.ada.id, message=message, caption="x")
    assert await face.call(edit) == MessageGone()
    shown = number(await face.call(SendPicture(chat=telegram.ada.id, png=png(), caption="June")))
    assert await face.call(EditText(chat=telegram.ada.id, message=shown, html="x")) == MessageGone()


async def test_a_topic_that_is_gone(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    thread = number(await face.call(MakeTopic(chat=group.id, title="Plumbing")))
    group.delete_topic(thread)
    assert await face.call(offer(group.id, thread=thread)) == TopicGone()


async def test_a_topic_may_not_be_made_without_the_right(face: Face, telegram: Telegram):
    group = telegram.group(can_pin_messages=True)
    assert isinstance(await face.call(MakeTopic(chat=group.id, title="Plumbing")), Denied)
    plain = telegram.group(forum=False, can_manage_topics=True)
    assert isinstance(await face.call(MakeTopic(chat=plain.id, title="Plumbing")), Denied)


async def test_somebody_who_stopped_the_bot(face: Face, telegram: Telegram):
    telegram.ada.block(telegram.steward)
    assert isinstance(await face.call(offer(telegram.ada.id)), Blocked)


async def test_a_chat_that_is_not_there(face: Face, telegram: Telegram):
    assert isinstance(await face.call(offer(telegram.sandbox.person("Eve").id)), Blocked)
    assert isinstance(await face.call(offer(987654321)), Blocked)
    assert isinstance(await face.call(offer(-100987654321)), Blocked)


async def test_a_group_that_put_the_bot_out(face: Face, telegram: Telegram):
    group = telegram.group(forum=False)
    group.remove(telegram.steward, by=telegram.bob)
    assert isinstance(await face.call(offer(group.id)), Blocked)


async def test_a_group_that_moved(face: Face, telegram: Telegram):
    group = telegram.group(forum=False, kind="group")
    new = group.migrate()
    assert await face.call(offer(group.id)) == Migrated(new.id)


async def test_a_flood_names_the_seconds(face: Face, telegram: Telegram):
    telegram.faults("429", retry_after=7)
    assert await face.call(offer(telegram.ada.id)) == Flood(7)


@pytest.mark.parametrize("html", ["<b>open", "", "x" * 4097, "<script>"])
async def test_what_telegram_refuses_for_good(face: Face, telegram: Telegram, html: str):
    outcome = await face.call(SendText(chat=telegram.ada.id, html=html))
    assert isinstance(outcome, Denied)
    assert outcome.why


async def test_a_tap_that_is_too_old(face: Face):
    assert isinstance(await face.call(AnswerTap(tap="123")), Denied)


async def test_buttons_with_too_much_data(face: Face, telegram: Telegram):
    rows = ((Button("Yes", "x" * 65),),)
    assert isinstance(await face.call(SendText(chat=telegram.ada.id, html="x", rows=rows)), Denied)


@pytest.mark.parametrize("fault", ["500", "drop", "lose", "hang"])
async def test_no_answer_leaves_it_unknown(face: Face, telegram: Telegram, fault: str):
    telegram.faults(fault, seconds=0.02)
    outcome = await face.call(offer(telegram.ada.id))
    assert isinstance(outcome, Unreachable)
    assert TOKEN not in outcome.why
    assert isinstance(await face.call(offer(telegram.ada.id)), Sent)


async def test_patience_ends(name: str, telegram: Telegram):
    async with speaking(name, telegram.sandbox.base, patience=0.5) as face:
        telegram.faults("hang", method="sendMessage")
        assert isinstance(await face.call(offer(telegram.ada.id)), Unreachable)


async def test_a_lost_answer_was_sent_all_the_same(face: Face, telegram: Telegram):
    telegram.faults("lose")
    assert isinstance(await face.call(offer(telegram.ada.id)), Unreachable)
    assert telegram.ada.last(by_bot=True).text == "Right?"


EVERY_CALL: list[Call] = [
    SendText(chat=1, html="x"),
    EditText(chat=1, message=1, html="x"),
    SendMedia(chat=1, media=(Media(kind="photo", file_id="x"),)),
    SendMedia(chat=1, media=(Media(kind="photo", file_id="x"), Media(kind="video", file_id="y"))),
    SendPicture(chat=1, png=b"x"),
    EditCaption(chat=1, message=1, caption="x"),
    MakeTopic(chat=-1001, title="x"),
    AnswerTap(tap="1"),
    SetCommands(commands=(("help", "x"),)),
]


@pytest.mark.parametrize("call", EVERY_CALL, ids=lambda call: type(call).__name__)
async def test_no_call_raises_for_what_telegram_answers(face: Face, telegram: Telegram, call: Call):
    for fault, outcome in (
        ("500", Unreachable),
        ("429", Flood),
        ("drop", Unreachable),
        ("401", Unreachable),
    ):
        telegram.faults(fault)
        assert isinstance(await face.call(call), outcome)


async def test_calls_do_not_wait_for_each_other(face: Face, telegram: Telegram):
    """Fifty residents, and one whose answer takes long."""
    telegram.faults("hang", method="sendMessage")
    slow = asyncio.create_task(face.call(offer(telegram.ada.id)))
    await asyncio.sleep(0.05)
    outcomes = await asyncio.gather(*(face.call(offer(telegram.ada.id)) for _ in range(50)))
    assert not slow.done()
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    slow.cancel()
