"""What every face hears: the same updates mean the same, whichever library parsed them."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.faces.base import Face, Incoming, MakeTopic, NoAnswer, OtherPoller, Rights, Sent, WrongToken
from bot.said import Act, Chat, Command, Membership, Moved, Said, Speaker, Stopped, Tap
from desk.records import Media
from dialogs.engine.heard import Contacted, Edited, Located, Pictured, Unheard, Words
from sandbox.client import Sandbox
from tests.faces.telegram import FACES, TOKEN, Telegram, drain, offer, serving, speaking


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


async def heard(face: Face) -> list[Said]:
    """What was said since, without the updates that mean nothing."""
    return [incoming.said for incoming in await drain(face) if incoming.said]


async def acts(face: Face) -> list[Act]:
    return [said.act for said in await heard(face)]


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
    made = await face.call(MakeTopic(chat=group.id, title="Plumbing"))
    assert isinstance(made, Sent)
    await drain(face)
    telegram.bob.say("in the topic", chat=group, thread=made.id)
    telegram.bob.say("in General", chat=group)
    assert [said.chat for said in await heard(face)] == [
        Chat(id=group.id, private=False, forum=True, thread=made.id, title="Staff"),
        Chat(id=group.id, private=False, forum=True, thread=None, title="Staff"),
    ]


async def test_a_thread_of_replies_in_a_plain_group_is_no_topic(face: Face, telegram: Telegram):
    group = telegram.group(forum=False, can_pin_messages=True)
    await drain(face)
    first = telegram.bob.say("Who is on duty?", chat=group)
    telegram.ada.say("I am", chat=group, reply_to=first)
    assert [said.chat.thread for said in await heard(face)] == [None, None]


# ── what ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text, command",
    [
        ("/help", Command("help")),
        ("/Help", Command("help")),
        ("/start h_4711-B", Command("start", "h_4711-B")),
        ("/find  leaking tap\nin the kitchen ", Command("find", "leaking tap\nin the kitchen")),
        ("/help@Steward_Bot me", Command("help", "me")),
        ("see /help", Words("see /help")),
        ("/", Words("/")),
        ("报修 /help", Words("报修 /help")),
    ],
)
async def test_commands(face: Face, telegram: Telegram, text: str, command: Act):
    telegram.ada.say(text)
    assert await acts(face) == [command]


async def test_a_command_to_another_bot_of_the_group_is_not_ours(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    await drain(face)
    telegram.bob.say("/setup@other_bot", chat=group)
    telegram.bob.say("/setup@steward_bot", chat=group)
    assert await acts(face) == [Command("setup")]


async def test_a_link_with_a_start_parameter(face: Face, telegram: Telegram):
    telegram.bob.open(telegram.steward, "home-12")
    assert await acts(face) == [Command("start", "home-12")]


async def test_a_photo_is_heard_in_its_largest_size(face: Face, telegram: Telegram):
    telegram.ada.photo("under the sink")
    (incoming,) = await drain(face)
    largest = json.loads(incoming.raw)["message"]["photo"][-1]
    media = Media(kind="photo", file_id=largest["file_id"])
    assert incoming.said
    assert incoming.said.act == Pictured(media, "under the sink", None, largest["file_size"])


@pytest.mark.parametrize("kind", ["video", "voice", "document"])
async def test_files(face: Face, telegram: Telegram, kind: str):
    telegram.ada.send(kind, caption="listen" if kind != "voice" else "")
    (act,) = await acts(face)
    assert isinstance(act, Pictured)
    assert (act.media.kind, act.album) == (kind, None)
    assert act.size > 0


async def test_a_file_keeps_its_name_and_size(face: Face, telegram: Telegram):
    telegram.ada.upload({"fees 六月.csv": ("text/csv", b"home,sum")})
    (act,) = await acts(face)
    assert isinstance(act, Pictured)
    assert (act.media.name, act.media.mime, act.media.size) == ("fees 六月.csv", "text/csv", 8)


async def test_the_pieces_of_an_album_share_its_name(face: Face, telegram: Telegram):
    telegram.ada.album(3, "the whole ceiling")
    pieces = [act for act in await acts(face) if isinstance(act, Pictured)]
    assert [piece.caption for piece in pieces] == ["the whole ceiling", "", ""]
    assert len({piece.album for piece in pieces}) == 1
    assert pieces[0].album


async def test_a_contact_is_the_senders_own_only_if_telegram_says_so(face: Face, telegram: Telegram):
    telegram.ada.contact(phone="+8613800138000")
    telegram.ada.contact(phone="+8613900139000", user_id=telegram.bob.id)
    own, other = [act for act in await acts(face) if isinstance(act, Contacted)]
    assert (own.own, other.own) == (True, False)
    assert other.phone.lstrip("+") == "8613900139000"


async def test_a_place(face: Face, telegram: Telegram):
    telegram.ada.location(31.25, 121.5)
    assert await acts(face) == [Located(31.25, 121.5)]


@pytest.mark.parametrize("kind", ["sticker", "poll", "dice", "video_note", "audio"])
async def test_what_no_question_can_use_is_named(face: Face, telegram: Telegram, kind: str):
    telegram.ada.send(kind)
    assert await acts(face) == [Unheard(kind)]


async def test_a_gif_is_a_file(face: Face, telegram: Telegram):
    telegram.ada.send("animation", caption="look")
    (act,) = await acts(face)
    assert isinstance(act, Pictured)
    assert (act.media.kind, act.media.name, act.caption) == ("document", "animation.mp4", "look")


async def test_a_tap_names_its_message(face: Face, telegram: Telegram):
    sent = await face.call(offer(telegram.ada.id))
    assert isinstance(sent, Sent)
    tap = telegram.ada.tap("Yes")
    (said,) = await heard(face)
    assert said.act == Tap(tap.id, "r1:ok:yes", sent.id)
    assert said.chat == Chat(id=telegram.ada.id, private=True)
    assert said.message_id is None


async def test_a_tap_in_a_topic_knows_the_topic(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    made = await face.call(MakeTopic(chat=group.id, title="Plumbing"))
    assert isinstance(made, Sent)
    await face.call(offer(group.id, thread=made.id))
    await drain(face)
    telegram.bob.tap("Yes", chat=group, thread=made.id)
    (said,) = await heard(face)
    assert (said.speaker.id, said.chat.id, said.chat.thread) == (telegram.bob.id, group.id, made.id)


async def test_forged_data_is_passed_on_as_it_came(face: Face, telegram: Telegram):
    await face.call(offer(telegram.ada.id))
    telegram.ada.tap(message=telegram.ada.last(by_bot=True).id, data="r9:x:admin", forged=True)
    (act,) = await acts(face)
    assert isinstance(act, Tap)
    assert act.data == "r9:x:admin"


async def test_an_edit_names_its_message(face: Face, telegram: Telegram):
    message = telegram.ada.say("The tap drips")
    photo = telegram.ada.photo("here")
    telegram.ada.edit(message, "The tap leaks")
    telegram.ada.edit(photo, "there")
    assert (await acts(face))[2:] == [Edited("The tap leaks", message), Edited("there", photo)]


@pytest.mark.parametrize("hidden", [False, True])
async def test_what_is_forwarded_names_its_author(face: Face, telegram: Telegram, hidden: bool):
    telegram.ada.forward("/cancel my request", telegram.bob, hidden=hidden)
    assert await acts(face) == [Words("/cancel my request", author="Bob")]


async def test_what_one_forwards_of_ones_own_is_ones_own(face: Face, telegram: Telegram):
    telegram.ada.forward("mine", telegram.ada)
    assert await acts(face) == [Words("mine")]


async def test_service_messages_say_nothing(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    group.change(title="Crew")
    group.add(telegram.sandbox.person("Cem"))
    assert [act for act in await acts(face) if not isinstance(act, Membership)] == []


# ── standing ─────────────────────────────────────────────────────────────────────────────────────


async def test_the_bots_own_standing_in_a_group(face: Face, telegram: Telegram):
    group = telegram.group(forum=False)
    group.promote(telegram.steward, by=telegram.bob, can_manage_topics=True)
    group.remove(telegram.steward, by=telegram.bob)
    found = [act for act in await acts(face) if isinstance(act, Membership)]
    assert found == [Membership("member", entered=True), Membership("administrator", True), found[-1]]
    assert found[-1].status in {"left", "kicked"}


async def test_a_person_stops_the_bot_and_starts_it_again(face: Face, telegram: Telegram):
    telegram.ada.block(telegram.steward)
    telegram.ada.block(telegram.steward, blocked=False)
    first, second = await heard(face)
    assert (first.act, second.act) == (Stopped(True), Stopped(False))
    assert (first.speaker.id, first.chat.id) == (telegram.ada.id, telegram.ada.id)


async def test_a_group_moves(face: Face, telegram: Telegram):
    group = telegram.group(forum=False, kind="group")
    await drain(face)
    new = group.migrate()
    moved = [said for said in await heard(face) if isinstance(said.act, Moved)]
    assert [(said.chat.id, said.act) for said in moved] == [(group.id, Moved(new.id))]


async def test_rights(face: Face, telegram: Telegram):
    group = telegram.group(can_manage_topics=True)
    assert await face.rights(group.id) == Rights(
        title="Staff", forum=True, administrator=True, can_manage_topics=True
    )
    plain = telegram.group(forum=False)
    assert await face.rights(plain.id) == Rights(
        title="Staff", forum=False, administrator=False, can_manage_topics=False
    )


async def test_there_are_no_rights_where_the_bot_is_not(face: Face, telegram: Telegram):
    assert await face.rights(-100555) is None
    group = telegram.group(forum=False)
    group.remove(telegram.steward, by=telegram.bob)
    assert await face.rights(group.id) is None


# ── the line itself ──────────────────────────────────────────────────────────────────────────────


async def test_the_bot_knows_itself(name: str, telegram: Telegram):
    async with speaking(name, telegram.sandbox.base) as face:
        me = await face.start()
    assert (me.id, me.username, me.name) == (telegram.steward.id, "steward_bot", "Steward")


async def test_updates_stay_until_a_higher_offset_is_asked_for(face: Face, telegram: Telegram):
    telegram.ada.say("one")
    telegram.ada.say("two")
    first = await face.updates(0, 0)
    again = await face.updates(0, 0)
    assert again == first
    assert len(first) == 2
    assert await face.updates(first[0].update_id + 1, 0) == [first[1]]
    assert await face.updates(first[1].update_id + 1, 0) == []


async def test_a_long_poll_ends_with_the_first_update(face: Face, telegram: Telegram):
    asked = asyncio.create_task(face.updates(0, 20))
    await asyncio.sleep(0.02)
    telegram.ada.say("hello")
    (incoming,) = await asked
    assert incoming.said
    assert incoming.said.act == Words("hello")


async def test_the_raw_update_means_the_same_when_read_again(face: Face, telegram: Telegram):
    telegram.group(can_manage_topics=True)
    telegram.ada.say("/help")
    telegram.ada.album(2, "see")
    telegram.ada.contact(phone="+1")
    for incoming in await drain(face):
        assert face.read(incoming.raw.encode()).said == incoming.said


async def test_an_update_of_an_unknown_kind_is_taken_and_left_alone(face: Face):
    body = b'{"update_id": 7, "my_chat_member": {"chat": "not what it was"}}'
    assert face.read(body) == Incoming(7, None, body.decode())
    later = face.read(b'{"update_id": 8, "brand_new_kind": {"a": 1}}')
    assert (later.update_id, later.said) == (8, None)


async def test_a_tap_under_a_message_too_old_to_be_shown(face: Face):
    body = b"""{"update_id": 9, "callback_query": {"id": "1", "data": "x", "chat_instance": "2",
        "from": {"id": 7, "is_bot": false, "first_name": "Ada"},
        "message": {"message_id": 3, "date": 0, "chat": {"id": 7, "type": "private"}}}}"""
    said = face.read(body).said
    assert said
    assert said.act == Tap("1", "x", 3)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'"hi"', b'{"update_id": "x"}', b"\xff\xfe"])
async def test_what_is_no_update_is_refused(face: Face, body: bytes):
    with pytest.raises(ValueError):
        face.read(body)


async def test_a_wrong_token_is_named_and_not_shown(name: str, telegram: Telegram):
    wrong = "43:BBHsecret-secret-secret-secret-secre"
    for token in (wrong, "nonsense"):
        with pytest.raises(WrongToken) as caught:
            async with speaking(name, telegram.sandbox.base, token=token):
                pass
        assert token not in str(caught.value)
        assert "STEWARD_BOT_TOKEN" in str(caught.value)
        assert caught.value.__cause__ is None


async def test_silence_is_named_and_shows_no_token(name: str):
    with pytest.raises(NoAnswer) as caught:
        async with speaking(name, "http://127.0.0.1:9"):
            pass
    assert TOKEN not in str(caught.value)


async def test_a_broken_poll_is_silence(face: Face, telegram: Telegram):
    for do in ("500", "drop"):
        telegram.faults(do, method="getUpdates")
        with pytest.raises(NoAnswer):
            await face.updates(0, 0)


async def test_a_webhook_shuts_out_polls_and_back(face: Face, telegram: Telegram):
    await face.set_webhook("https://example.org/hook", "s3cret")
    (asked,) = telegram.sent("setWebhook")
    assert (asked["url"], asked["secret_token"]) == ("https://example.org/hook", "s3cret")
    with pytest.raises(OtherPoller):
        await face.updates(0, 0)
    await face.set_webhook("", "")
    assert await face.updates(0, 0) == []
