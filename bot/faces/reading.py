"""From an update to what somebody said. One reading for both libraries, so both hear the same."""

import json
import re
from typing import Any, Final

import structlog

from bot.faces import wire
from bot.faces.base import Incoming, Rights
from bot.said import (
    Act,
    Chat,
    Command,
    Membership,
    Moved,
    Paid,
    PreCheckout,
    Refunded,
    Said,
    Speaker,
    Stopped,
    Tap,
)
from desk.records import Media
from dialogs.engine.heard import Contacted, Edited, Located, Pictured, Unheard, Words

log = structlog.get_logger()

#: a mark before a command, and marks around what runs the other way
_SET_APART: Final = re.compile("[\u200e\u2066-\u2069]")

#: how Telegram begins an update
_BEGINS: Final = re.compile(r'\s*\{\s*"update_id"\s*:\s*(\d{1,18})\s*,')
#: blanks, joiners, fillers and marks of direction, which together still show nothing
_UNSEEN: Final = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]*"
)
#: What a person can send and no question can use. Service messages are not among them: nobody said those.
UNHEARD: Final = (
    "sticker", "video_note", "audio", "poll", "dice", "game", "story", "paid_media", "checklist", "invoice",
)  # fmt: skip
#: The standing of somebody who is not in a group.
OUTSIDE: Final = frozenset({"left", "kicked"})


def read(update: wire.Update, username: str, raw: str) -> Incoming:
    """What the update means to the bot of this name."""
    return Incoming(update.update_id, _said(update, username), raw)


def unknown(raw: str) -> Incoming:
    """An update that cannot be read, or of a kind that is not known yet: taken and left alone, since Telegram
    would otherwise deliver it again and again, and hold back what comes after. ValueError if it is none."""
    number = _number(raw)
    log.warning("update.unknown", update=number)
    return Incoming(number, None, raw)


def _number(raw: str) -> int:
    try:
        return int(parse(raw)["update_id"])
    except TooMuch:
        begins = _BEGINS.match(raw)
        if begins is None:
            raise
        return int(begins[1])


class TooMuch(ValueError):
    """JSON beyond what Python reads."""

    def __str__(self) -> str:
        return "nested too deep for an update of Telegram, or a number with too many digits"


def parse(raw: str) -> dict[str, Any]:
    """An update's JSON; ValueError if it is none."""
    try:
        found = json.loads(raw)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError):
        raise TooMuch from None
    if not isinstance(found, dict) or not _is_number(found.get("update_id")):
        raise ValueError("not an update of Telegram")
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def storable(value: Any) -> Any:
    """The same JSON without what no database takes as text: half a character of UTF-16, and nought."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
        case list():
            return [storable(one) for one in value]
        case dict():
            return {storable(name): storable(one) for name, one in value.items()}
    return value


def _said(update: wire.Update, username: str) -> Said | None:
    if update.message:
        return _message(update.update_id, update.message, username)
    if update.edited_message:
        return _edit(update.update_id, update.edited_message)
    if update.callback_query:
        return _tap(update.update_id, update.callback_query)
    if update.my_chat_member:
        return _standing(update.update_id, update.my_chat_member)
    if update.pre_checkout_query:
        return _about_to_pay(update.update_id, update.pre_checkout_query)
    return None


def _message(update_id: int, message: wire.Message, username: str) -> Said | None:
    act = _act(message, username)
    if act is None or message.from_user is None:
        return None
    return Said(
        update_id=update_id,
        speaker=_speaker(message.from_user),
        chat=_chat(message.chat, _thread(message)),
        act=act,
        message_id=message.message_id,
    )


def _edit(update_id: int, message: wire.Message) -> Said | None:
    """Only words can be edited that mean anything to us; a place that moves comes as edits, too."""
    text = message.text or message.caption
    if not text or message.from_user is None:
        return None
    return Said(
        update_id=update_id,
        speaker=_speaker(message.from_user),
        chat=_chat(message.chat, _thread(message)),
        act=Edited(text, message.message_id),
        message_id=message.message_id,
    )


def _act(message: wire.Message, username: str) -> Act | None:
    if message.migrate_to_chat_id:
        return Moved(message.migrate_to_chat_id)
    if message.text:
        return _words(message, message.text, username)
    return _media(message) or _shared(message) or _payment(message) or _unheard(message)


def _words(message: wire.Message, text: str, username: str) -> Command | Words | None:
    """A command to another bot of the group (`/help@other_bot`) is none of ours, and one that is forwarded is
    none at all."""
    first = message.entities[0] if message.entities else None
    author = _author(message)
    if author:
        return Words(_unset(text), author)
    if first is None or first.type != "bot_command" or first.offset:
        return Words(_unset(text))
    name, _, addressee = text[1 : first.length].partition("@")
    if addressee and addressee.lower() != username.lower():
        return None
    return Command(name.lower(), _unset(text[first.length :]).strip())


def _unset(text: str) -> str:
    """Without the unseen marks that set a number apart in a message of ours, from which it may be copied."""
    return _SET_APART.sub("", text) or text


def _author(message: wire.Message) -> str:
    """Who wrote what was forwarded; "" for one's own words, forwarded or not. Each kind of origin names them
    in another field."""
    origin = message.forward_origin
    if origin is None:
        return ""
    user: wire.User | None = getattr(origin, "sender_user", None)
    if user is not None:
        own = message.from_user is not None and user.id == message.from_user.id
        return "" if own else _name(user)
    chat: wire.Chat | None = getattr(origin, "sender_chat", None) or getattr(origin, "chat", None)
    name = chat.title if chat is not None else getattr(origin, "sender_user_name", None)
    return " ".join((name or "").split()) or "…"


def _media(message: wire.Message) -> Pictured | None:
    """A GIF comes as `animation` and, for old bots, as `document` too; which can be sent on as a file."""
    kept = (
        ("photo", message.photo[-1] if message.photo else None),
        ("video", message.video),
        ("voice", message.voice),
    )
    for kind, file in kept:
        if file:
            return _pictured(message, Media(kind=kind, file_id=file.file_id), file.file_size)
    document = message.document or message.animation
    return _pictured(message, _document(document), document.file_size) if document else None


def _document(file: wire.Document) -> Media:
    name = " ".join((file.file_name or "").split())
    return Media(
        kind="document",
        file_id=file.file_id,
        name=name,
        mime=file.mime_type or "",
        size=file.file_size or 0,
    )


def _pictured(message: wire.Message, media: Media, size: int | None) -> Pictured:
    caption, album = message.caption or "", message.media_group_id
    return Pictured(media, caption, album, size or 0, _author(message))


def _shared(message: wire.Message) -> Contacted | Located | None:
    """Anybody's number can be shared; it is the sender's own only if Telegram names the same account."""
    if contact := message.contact:
        own = message.from_user is not None and contact.user_id == message.from_user.id
        return Contacted(contact.phone_number, own)
    if place := message.location:
        return Located(place.latitude, place.longitude)
    return None


def _payment(message: wire.Message) -> Paid | Refunded | None:
    if done := message.successful_payment:
        return Paid(**_charge(done))
    if done := message.refunded_payment:
        return Refunded(**_charge(done))
    return None


def _charge(done: wire.PaymentDone) -> dict[str, Any]:
    return {
        "currency": done.currency,
        "amount": done.total_amount,
        "payload": done.invoice_payload,
        "telegram_charge": done.telegram_payment_charge_id,
        "provider_charge": done.provider_payment_charge_id or "",
    }


def _about_to_pay(update_id: int, query: wire.PreCheckoutQuery) -> Said:
    """Whoever pays is answered in their private chat, wherever the invoice is."""
    payer = _speaker(query.from_user)
    act = PreCheckout(
        id=query.id, currency=query.currency, amount=query.total_amount, payload=query.invoice_payload
    )
    return Said(update_id=update_id, speaker=payer, chat=Chat(id=payer.id, private=True), act=act)


def _unheard(message: wire.Message) -> Unheard | None:
    kind = next((kind for kind in UNHEARD if getattr(message, kind, None)), None)
    return Unheard(kind, message.caption or "") if kind else None


def _tap(update_id: int, tap: wire.CallbackQuery) -> Said | None:
    if tap.message is None:
        return None
    return Said(
        update_id=update_id,
        speaker=_speaker(tap.from_user),
        chat=_chat(tap.message.chat, _thread(tap.message)),
        act=Tap(tap.id, tap.data or "", tap.message.message_id),
    )


def _standing(update_id: int, change: wire.ChatMemberUpdated) -> Said:
    member = change.new_chat_member
    act: Act = Membership(
        member.status,
        bool(getattr(member, "can_manage_topics", False)),
        entered=change.old_chat_member.status in OUTSIDE,
    )
    if change.chat.type == "private":
        act = Stopped(member.status == "kicked")
    return Said(update_id=update_id, speaker=_speaker(change.from_user), chat=_chat(change.chat), act=act)


def _speaker(user: wire.User) -> Speaker:
    return Speaker(id=user.id, name=_name(user), language=user.language_code or "")


def _name(user: wire.User) -> str:
    """In one line, or it could pass for lines of ours; the account's number if nothing of it can be seen."""
    name = " ".join(user.full_name.split())
    return str(user.id) if _UNSEEN.fullmatch(name) else name


def _chat(chat: wire.Chat, thread: int | None = None) -> Chat:
    return Chat(
        id=chat.id,
        private=chat.type == "private",
        forum=bool(chat.is_forum),
        thread=thread,
        title=chat.title or "",
    )


def _thread(message: wire.TappedMessage) -> int | None:
    """The topic. Telegram also numbers threads of replies, which are no topics."""
    if not getattr(message, "is_topic_message", None):
        return None
    thread: int | None = getattr(message, "message_thread_id", None)
    return thread


def rights(group: wire.Chat, member: wire.ChatMember) -> Rights | None:
    """What the bot may do in a group; None once it is out."""
    if member.status in OUTSIDE:
        return None
    return Rights(
        title=group.title or "",
        forum=bool(group.is_forum),
        administrator=member.status == "administrator",
        can_manage_topics=bool(getattr(member, "can_manage_topics", False)),
    )
