"""What Steward asks for, as aiogram's methods."""

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any, Final

from aiogram.methods import (
    AnswerCallbackQuery,
    CreateForumTopic,
    DeleteMessage,
    EditMessageCaption,
    EditMessageText,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVoice,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)

from bot.faces import base
from bot.faces.base import Rows
from desk.records import Media


@singledispatch
def method(call: base.Call) -> TelegramMethod[Any]:
    """The method of Telegram that does it."""
    raise TypeError(call)


@method.register
def _(call: base.SendText) -> TelegramMethod[Any]:
    return SendMessage(
        chat_id=call.chat, text=call.html, message_thread_id=call.thread, reply_markup=_markup(call.rows)
    )


@method.register
def _(call: base.EditText) -> TelegramMethod[Any]:
    return EditMessageText(
        chat_id=call.chat, message_id=call.message, text=call.html, reply_markup=_markup(call.rows)
    )


@method.register
def _(call: base.SendMedia) -> TelegramMethod[Any]:
    if len(call.media) == 1:
        return _single(call, call.media[0])
    album = [
        _ALBUM[item.kind](media=item.file_id, caption=call.caption if index == 0 else None)
        for index, item in enumerate(call.media)
    ]
    return SendMediaGroup(chat_id=call.chat, media=album, message_thread_id=call.thread)


_ALBUM: Final = {"photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument}
_SINGLE: Final[Mapping[str, Callable[..., TelegramMethod[Any]]]] = {
    "photo": SendPhoto,
    "video": SendVideo,
    "voice": SendVoice,
    "document": SendDocument,
}


def _single(call: base.SendMedia, item: Media) -> TelegramMethod[Any]:
    kept: dict[str, Any] = {item.kind: item.file_id, "caption": call.caption or None}
    return _SINGLE[item.kind](chat_id=call.chat, message_thread_id=call.thread, **kept)


@method.register
def _(call: base.SendPicture) -> TelegramMethod[Any]:
    return SendPhoto(
        chat_id=call.chat,
        photo=BufferedInputFile(call.png, "picture.png"),
        caption=call.caption or None,
        message_thread_id=call.thread,
        reply_markup=_markup(call.rows),
    )


@method.register
def _(call: base.EditCaption) -> TelegramMethod[Any]:
    return EditMessageCaption(
        chat_id=call.chat, message_id=call.message, caption=call.caption, reply_markup=_markup(call.rows)
    )


@method.register
def _(call: base.MakeTopic) -> TelegramMethod[Any]:
    return CreateForumTopic(chat_id=call.chat, name=call.title)


@method.register
def _(call: base.TakeAway) -> TelegramMethod[Any]:
    return DeleteMessage(chat_id=call.chat, message_id=call.message)


@method.register
def _(call: base.AnswerTap) -> TelegramMethod[Any]:
    return AnswerCallbackQuery(callback_query_id=call.tap, text=call.text or None, show_alert=call.alert)


@method.register
def _(call: base.SetCommands) -> TelegramMethod[Any]:
    return SetMyCommands(
        commands=[BotCommand(command=name, description=words) for name, words in call.commands],
        scope=BotCommandScopeAllPrivateChats(),
        language_code=call.language or None,
    )


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in rows])


def _button(button: base.Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button.label, callback_data=button.data or None, url=button.url or None)
