"""What Steward asks for, as the Bot API's methods and their fields."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any, Final, TypeAlias

from bot.faces import base
from bot.faces.base import Rows
from desk.records import Media

#: a field's name and its value, which becomes JSON; fields that are None are left out
Fields: TypeAlias = Mapping[str, Any]
#: a method of the Bot API, and what it is given
Asked: TypeAlias = tuple[str, Fields]

_HTML: Final = "HTML"
_NO_PREVIEW: Final = {"is_disabled": True}


@singledispatch
def asked(call: base.Call) -> Asked:
    """The method of Telegram that does it. Uploads are the libraries' matter."""
    raise TypeError(call)


@asked.register
def _(call: base.SendText) -> Asked:
    fields: dict[str, Any] = {
        "chat_id": call.chat,
        "text": call.html,
        "parse_mode": _HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    return "sendMessage", _with(fields, call.rows, call.thread)


@asked.register
def _(call: base.EditText) -> Asked:
    fields: dict[str, Any] = {
        "chat_id": call.chat,
        "message_id": call.message,
        "text": call.html,
        "parse_mode": _HTML,
        "link_preview_options": _NO_PREVIEW,
    }
    return "editMessageText", _with(fields, call.rows)


@asked.register
def _(call: base.SendMedia) -> Asked:
    if len(call.media) == 1:
        return _single(call, call.media[0])
    album = [_piece(item, call.caption if index == 0 else "") for index, item in enumerate(call.media)]
    return "sendMediaGroup", _with({"chat_id": call.chat, "media": album}, (), call.thread)


_SINGLE: Final = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "voice": "sendVoice",
    "document": "sendDocument",
}


def _single(call: base.SendMedia, item: Media) -> Asked:
    fields = {"chat_id": call.chat, item.kind: item.file_id, **_caption(call.caption)}
    return _SINGLE[item.kind], _with(fields, (), call.thread)


def _piece(item: Media, caption: str) -> Fields:
    return {"type": item.kind, "media": item.file_id, **_caption(caption)}


@asked.register
def _(call: base.EditCaption) -> Asked:
    fields = {"chat_id": call.chat, "message_id": call.message, **_caption(call.caption)}
    return "editMessageCaption", _with(fields, call.rows)


@asked.register
def _(call: base.MakeTopic) -> Asked:
    return "createForumTopic", {"chat_id": call.chat, "name": call.title}


@asked.register
def _(call: base.TakeAway) -> Asked:
    return "deleteMessage", {"chat_id": call.chat, "message_id": call.message}


@asked.register
def _(call: base.AnswerTap) -> Asked:
    fields: dict[str, Any] = {"callback_query_id": call.tap}
    if call.text:
        fields |= {"text": call.text, "show_alert": call.alert}
    return "answerCallbackQuery", fields


@asked.register
def _(call: base.SendInvoice) -> Asked:
    invoice = call.invoice
    fields: dict[str, Any] = {
        "chat_id": call.chat,
        "title": invoice.title,
        "description": invoice.description,
        "payload": invoice.payload,
        "currency": invoice.currency,
        "prices": [{"label": label, "amount": amount} for label, amount in invoice.prices],
    }
    return "sendInvoice", _with(fields, (), call.thread)


@asked.register
def _(call: base.AnswerPreCheckout) -> Asked:
    fields: dict[str, Any] = {"pre_checkout_query_id": call.query, "ok": not call.error}
    if call.error:
        fields["error_message"] = call.error
    return "answerPreCheckoutQuery", fields


@asked.register
def _(call: base.Fetch) -> Asked:
    return "getFile", {"file_id": call.file_id}


@asked.register
def _(call: base.SetCommands) -> Asked:
    commands = [{"command": name, "description": words} for name, words in call.commands]
    fields: dict[str, Any] = {"commands": commands, "scope": {"type": "all_private_chats"}}
    return "setMyCommands", fields | ({"language_code": call.language} if call.language else {})


def _caption(html: str) -> Fields:
    return {"caption": html, "parse_mode": _HTML} if html else {}


def _with(fields: dict[str, Any], rows: Rows, thread: int | None = None) -> Fields:
    """Also the buttons and the topic, if there are any."""
    if rows:
        fields["reply_markup"] = {"inline_keyboard": [[_button(button) for button in row] for row in rows]}
    if thread is not None:
        fields["message_thread_id"] = thread
    return fields


def _button(button: base.Button) -> Fields:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "callback_data": button.data}
