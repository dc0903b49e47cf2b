"""From mail in hand to the call that sends it. Pure."""

from itertools import groupby
from typing import Final

from bot.faces.base import (
    Call,
    EditCaption,
    EditText,
    MakeTopic,
    SendMedia,
    SendPicture,
    SendText,
    TakeAway,
)
from bot.lanes import Parcel
from bot.mail import Letter, letter
from desk.mail import Verb
from desk.records import Media

#: what Telegram takes in one album, and in a topic's name
ALBUM: Final = 10
TOPIC_NAME: Final = 128


def albums(media: tuple[Media, ...]) -> tuple[tuple[Media, ...], ...]:
    """The pieces as Telegram takes them together: photos with videos, files with files, voice notes alone."""
    rank = {"photo": 0, "video": 0, "document": 1, "voice": 2}
    ordered = sorted(media, key=lambda item: rank[item.kind])
    found: list[tuple[Media, ...]] = []
    for together, items in groupby(ordered, key=lambda item: rank[item.kind]):
        kept = tuple(items)
        size = 1 if together == rank["voice"] else ALBUM
        found += [kept[start : start + size] for start in range(0, len(kept), size)]
    return tuple(found)


def call(parcel: Parcel, png: bytes | None) -> Call:
    """What is to be asked of Telegram next for this piece of mail."""
    mail = parcel.mail
    if mail.verb is Verb.TOPIC:
        return MakeTopic(chat=mail.chat_id, title=str(mail.payload["title"])[:TOPIC_NAME])
    if mail.verb is Verb.RETIRE:
        return TakeAway(chat=mail.chat_id, message=int(str(mail.payload["message"])))
    written = letter(mail.payload)
    if edits(parcel) is not None:
        return _edit(parcel, written)
    if written.media:
        return _album(parcel, written)
    return _new(parcel, written, png)


def edits(parcel: Parcel) -> int | None:
    """The message that it changes; None if it goes out as a new one."""
    return parcel.message if parcel.mail.verb is Verb.SHOW else None


def needs_picture(parcel: Parcel) -> bool:
    """Whether a picture has to be drawn before it can go."""
    return edits(parcel) is None and parcel.mail.payload.get("picture") is not None


def is_last(parcel: Parcel) -> bool:
    """Whether nothing is left to be sent of it after the next call."""
    return edits(parcel) is not None or len(parcel.sent) + 1 >= len(albums(letter(parcel.mail.payload).media))


def cost(parcel: Parcel) -> int:
    """How many messages the next call is, to Telegram's limits: each piece of an album is one."""
    parts = albums(letter(parcel.mail.payload).media)
    return 1 if edits(parcel) is not None or not parts else len(parts[len(parcel.sent)])


def _edit(parcel: Parcel, written: Letter) -> Call:
    chat, message = parcel.mail.chat_id, parcel.message or 0
    if written.media or written.picture is not None:
        return EditCaption(chat=chat, message=message, caption=written.html, rows=written.rows)
    return EditText(chat=chat, message=message, html=written.html, rows=written.rows)


def _album(parcel: Parcel, written: Letter) -> Call:
    """The next part; the words stand under the first one."""
    done = len(parcel.sent)
    return SendMedia(
        chat=parcel.mail.chat_id,
        media=albums(written.media)[done],
        caption="" if done else written.html,
        thread=parcel.thread,
    )


def _new(parcel: Parcel, written: Letter, png: bytes | None) -> Call:
    chat, thread = parcel.mail.chat_id, parcel.thread
    if png is None:
        return SendText(chat=chat, html=written.html, rows=written.rows, thread=thread)
    return SendPicture(chat=chat, png=png, caption=written.html, rows=written.rows, thread=thread)
