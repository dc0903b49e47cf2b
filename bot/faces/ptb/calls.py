"""What Steward asks for, as python-telegram-bot's calls."""

from collections.abc import Awaitable
from functools import singledispatch
from typing import Any, Final

from telegram import (
    Bot,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
)

from bot.faces import base
from bot.faces.base import Rows
from desk.records import Media

_HTML: Final = "HTML"
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


@singledispatch
def ask(call: base.Call, bot: Bot) -> Awaitable[Any]:
    """The call, under way."""
    raise TypeError(call, bot)


@ask.register
def _(call: base.SendText, bot: Bot) -> Awaitable[Any]:
    return bot.send_message(
        call.chat,
        call.html,
        parse_mode=_HTML,
        link_preview_options=_NO_PREVIEW,
        message_thread_id=call.thread,
        reply_markup=_markup(call.rows),
    )


@ask.register
def _(call: base.EditText, bot: Bot) -> Awaitable[Any]:
    return bot.edit_message_text(
        call.html,
        call.chat,
        call.message,
        parse_mode=_HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=_markup(call.rows),
    )


@ask.register
def _(call: base.SendMedia, bot: Bot) -> Awaitable[Any]:
    if len(call.media) == 1:
        return _single(call, call.media[0], bot)
    album = [
        _ALBUM[item.kind](item.file_id, caption=call.caption if index == 0 else None, parse_mode=_HTML)
        for index, item in enumerate(call.media)
    ]
    return bot.send_media_group(call.chat, album, message_thread_id=call.thread)


_ALBUM: Final = {"photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument}


def _single(call: base.SendMedia, item: Media, bot: Bot) -> Awaitable[Any]:
    send: dict[str, Any] = {
        "photo": bot.send_photo,
        "video": bot.send_video,
        "voice": bot.send_voice,
        "document": bot.send_document,
    }
    sending: Awaitable[Any] = send[item.kind](
        call.chat,
        item.file_id,
        caption=call.caption or None,
        parse_mode=_HTML,
        message_thread_id=call.thread,
    )
    return sending


@ask.register
def _(call: base.SendPicture, bot: Bot) -> Awaitable[Any]:
    return bot.send_photo(
        call.chat,
        call.png,
        filename="picture.png",
        caption=call.caption or None,
        parse_mode=_HTML,
        message_thread_id=call.thread,
        reply_markup=_markup(call.rows),
    )


@ask.register
def _(call: base.EditCaption, bot: Bot) -> Awaitable[Any]:
    return bot.edit_message_caption(
        call.chat, call.message, caption=call.caption, parse_mode=_HTML, reply_markup=_markup(call.rows)
    )


@ask.register
def _(call: base.MakeTopic, bot: Bot) -> Awaitable[Any]:
    return bot.create_forum_topic(call.chat, call.title)


@ask.register
def _(call: base.TakeAway, bot: Bot) -> Awaitable[Any]:
    return bot.delete_message(call.chat, call.message)


@ask.register
def _(call: base.AnswerTap, bot: Bot) -> Awaitable[Any]:
    return bot.answer_callback_query(call.tap, text=call.text or None, show_alert=call.alert)


@ask.register
def _(call: base.SetCommands, bot: Bot) -> Awaitable[Any]:
    return bot.set_my_commands(
        call.commands, scope=BotCommandScopeAllPrivateChats(), language_code=call.language or None
    )


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows]) if rows else None


def _button(button: base.Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.data or None, url=button.url or None)
