"""From mail in hand to the call that sends it. Pure."""

from typing import Final

from bot.faces.base import (
    Call,
    EditCaption,
    EditText,
    Fetch,
    MakeTopic,
    SendFile,
    SendInvoice,
    SendMedia,
    SendPicture,
    SendText,
    TakeAway,
)
from bot.lanes import Parcel
from bot.mail import Letter, albums, letter
from desk.mail import Verb

#: what Telegram takes in a topic's name
TOPIC_NAME: Final = 128


def call(parcel: Parcel, png: bytes | None) -> Call:
    """What is to be asked of Telegram for this piece of mail."""
    mail = parcel.mail
    if mail.verb is Verb.TOPIC:
        return MakeTopic(chat=mail.chat_id, title=str(mail.payload["title"])[:TOPIC_NAME])
    if mail.verb is Verb.RETIRE:
        return TakeAway(chat=mail.chat_id, message=int(str(mail.payload["message"])))
    if mail.verb is Verb.FETCH:
        return Fetch(file_id=str(mail.payload["file_id"]))
    written = letter(mail.payload)
    if parcel.edits:
        return _edit(parcel, written)
    if written.media:
        (together,) = albums(written.media)
        return SendMedia(chat=mail.chat_id, media=together, caption=written.html, thread=parcel.thread)
    return _new(parcel, written, png)


def needs_picture(parcel: Parcel) -> bool:
    """Whether a picture has to be drawn before it can go."""
    return not parcel.edits and parcel.mail.payload.get("picture") is not None


def cost(parcel: Parcel) -> int:
    """How many messages the call is, to Telegram's limits: each piece of an album is one."""
    media = parcel.mail.payload.get("media")
    return len(media) if isinstance(media, list) and media and not parcel.edits else 1


def _edit(parcel: Parcel, written: Letter) -> Call:
    chat, message = parcel.mail.chat_id, parcel.message or 0
    if written.media or written.picture is not None or written.file is not None:
        return EditCaption(chat=chat, message=message, caption=written.html, rows=written.rows)
    return EditText(chat=chat, message=message, html=written.html, rows=written.rows)


def _new(parcel: Parcel, written: Letter, png: bytes | None) -> Call:
    chat, thread = parcel.mail.chat_id, parcel.thread
    if written.invoice is not None:
        return SendInvoice(chat=chat, invoice=written.invoice, thread=thread)
    if written.file is not None:
        name, content = written.file.name, written.file.content.encode()
        return SendFile(
            chat=chat, name=name, content=content, caption=written.html, rows=written.rows, thread=thread
        )
    if png is None:
        return SendText(chat=chat, html=written.html, rows=written.rows, thread=thread)
    return SendPicture(chat=chat, png=png, caption=written.html, rows=written.rows, thread=thread)
