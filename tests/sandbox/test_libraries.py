"""Both libraries as real clients: everything that the sandbox sends parses strictly."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import telegram
from aiogram import Bot, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest

from sandbox import pictures

KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"]


def fill(estate):
    """Every kind of update that people can cause."""
    estate.join()
    estate.staff.promote(estate.steward)
    estate.bot("getUpdates", allowed_updates=KINDS)
    ada, cleo = estate.ada, estate.sandbox.person("Cleo", last_name="P", username="cleo_p")
    ada.open(estate.steward, start="here")
    ada.edit(ada.say("/help me @steward_bot https://a.b"), "never mind")
    ada.album(2, "two")
    for kind in ("photo", "video", "document", "voice", "sticker", "contact", "location"):
        ada.send(kind)
    estate.staff.add(cleo)
    estate.staff.remove(cleo)
    estate.staff.change(title="Crew")
    cleo.open(estate.steward)
    cleo.block(estate.steward)
    ada.react(ada.say("x"), "👍")


@pytest_asyncio.fixture
async def aiogram(estate) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(estate.sandbox.base))
    async with Bot("42:secret", session=session) as bot:
        yield bot


@pytest_asyncio.fixture
async def ptb(estate) -> AsyncIterator[telegram.Bot]:
    base = estate.sandbox.base
    request = HTTPXRequest(connection_pool_size=4)
    async with telegram.Bot(
        "42:secret", base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request
    ) as bot:
        yield bot


async def test_aiogram_reads_every_update(estate, aiogram):
    await asyncio.to_thread(fill, estate)
    updates = await aiogram.get_updates(timeout=1, allowed_updates=KINDS)
    assert {update.event_type for update in updates} == set(KINDS) - {"callback_query"}
    photo = next(update.message.photo for update in updates if update.message and update.message.photo)
    file = await aiogram.get_file(photo[-1].file_id)
    data = await aiogram.download_file(file.file_path)
    assert data.read(4) == b"\x89PNG"


async def test_ptb_reads_every_update(estate, ptb):
    await asyncio.to_thread(fill, estate)
    updates = await ptb.get_updates(timeout=1, allowed_updates=KINDS)
    assert all(not update.api_kwargs and len(update.to_dict()) == 2 for update in updates)
    messages = [update.message for update in updates if update.message]
    assert all(not message.api_kwargs for message in messages)
    photo = next(message.photo for message in messages if message.photo)
    file = await ptb.get_file(photo[-1].file_id)
    assert (await file.download_as_bytearray())[:4] == b"\x89PNG"


async def test_aiogram_sends_edits_and_answers(estate, aiogram):
    await asyncio.to_thread(fill, estate)
    ada, staff = estate.ada.id, estate.staff.id
    keys = types.InlineKeyboardMarkup(
        inline_keyboard=[[types.InlineKeyboardButton(text="Go", callback_data="go")]]
    )
    sent = await aiogram.send_message(ada, "<b>Hi</b>", parse_mode="HTML", reply_markup=keys)
    topic = await aiogram.create_forum_topic(staff, "Repairs")
    await aiogram.send_message(staff, "x", message_thread_id=topic.message_thread_id)
    picture = types.BufferedInputFile(pictures.png(1), "a.png")
    await aiogram.send_photo(ada, picture, caption="one")
    await aiogram.send_media_group(ada, [types.InputMediaPhoto(media=picture)] * 2)
    await aiogram.pin_chat_message(staff, (await aiogram.send_message(staff, "rules")).message_id)
    assert (await aiogram.get_chat(staff)).pinned_message.text == "rules"
    assert len(await aiogram.get_chat_administrators(staff)) == 2
    assert (await aiogram.get_chat_member(ada, ada)).status == "member"
    await aiogram.set_my_commands([types.BotCommand(command="help", description="Help")])
    tapped = await asyncio.to_thread(estate.ada.tap, "Go", chat=estate.steward)
    query = (await aiogram.get_updates(offset=-1))[0].callback_query
    assert await query.answer("Gone") is True
    assert (await asyncio.to_thread(tapped.answer)).text == "Gone"
    assert (await sent.edit_text("Bye")).text == "Bye"
    assert (await aiogram.get_webhook_info()).url == ""
    assert (await aiogram.me()).username == "steward_bot"


async def test_ptb_sends_edits_and_answers(estate, ptb):
    await asyncio.to_thread(fill, estate)
    ada, staff = estate.ada.id, estate.staff.id
    keys = telegram.InlineKeyboardMarkup.from_button(telegram.InlineKeyboardButton("Go", callback_data="go"))
    sent = await ptb.send_message(ada, "<b>Hi</b>", parse_mode="HTML", reply_markup=keys)
    topic = await ptb.create_forum_topic(staff, "Repairs")
    await ptb.send_message(staff, "x", message_thread_id=topic.message_thread_id)
    await ptb.send_photo(ada, pictures.png(1), caption="one")
    media = [telegram.InputMediaPhoto(pictures.png(number)) for number in range(2)]
    assert len(await ptb.send_media_group(ada, media)) == 2
    await ptb.pin_chat_message(staff, (await ptb.send_message(staff, "rules")).message_id)
    assert (await ptb.get_chat(staff)).pinned_message.text == "rules"
    assert len(await ptb.get_chat_administrators(staff)) == 2
    await ptb.set_my_commands([("help", "Help")])
    tapped = await asyncio.to_thread(estate.ada.tap, "Go", chat=estate.steward)
    query = (await ptb.get_updates(offset=-1, timeout=0))[0].callback_query
    assert await query.answer("Gone") is True
    assert (await asyncio.to_thread(tapped.answer)).text == "Gone"
    assert (await ptb.edit_message_text("Bye", ada, sent.message_id)).text == "Bye"
    with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
        await ptb.edit_message_text("Bye", ada, sent.message_id)
    assert (await ptb.get_webhook_info()).url == ""
