"""The question that collects words and pictures until the person says that this is all."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.records import Json, Media
from dialogs.engine.heard import Heard, Located, Pictured, Tapped, Unheard, Words
from dialogs.engine.screen import (
    AGAIN,
    DONE,
    SKIP,
    Choice,
    Drafted,
    Given,
    Hearing,
    Screen,
    Unclear,
    navigation,
)
from locales.text import Lines, Text, Value, _, _n

#: what Telegram lets a bot download; larger files could never be looked at by the office
LARGEST = 20 * 1024 * 1024
MOST_MEDIA = 100
MOST_WORDS = 20_000
#: how much of the words a screen repeats
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Description:
    """What a person told in words and pictures."""

    words: str = ""
    media: tuple[Media, ...] = ()


def _parts(stored: Json) -> tuple[list[Json], list[Json]]:
    kept: Mapping[str, Json] = stored if isinstance(stored, dict) else {}
    words, media = kept.get("words"), kept.get("media")
    return (list(words) if isinstance(words, list) else [], list(media) if isinstance(media, list) else [])


def description(stored: Json) -> Description:
    """Reads what is kept."""
    words, media = _parts(stored)
    pieces = [Media(kind=str(one["kind"]), file_id=str(one["file_id"])) for one in media if isinstance(one, dict)]
    return Description("\n".join(map(str, words)), tuple(pieces))


def add(stored: Json, heard: Heard) -> Hearing:
    """One more piece of a description, or why it cannot be taken."""
    words, media = _parts(stored)
    match heard:
        case Words(text):
            words.append(text)
        case Located(latitude, longitude):
            words.append(f"📍 {latitude:.6f}, {longitude:.6f}")
        case Pictured(size=size) if size > LARGEST:
            return Unclear(_("This file is larger than 20 MB. Please send a shorter video or a smaller picture."))
        case Pictured():
            media.append({"kind": heard.media.kind, "file_id": heard.media.file_id})
            words += [heard.caption] if heard.caption else []
        case Unheard(what):
            return Unclear(_("I cannot use a {what} here. Words, photos, videos and voice notes help.", what=what))
        case _:
            return Unclear(_("Please describe it in words or pictures."))
    if len(media) > MOST_MEDIA or sum(len(str(one)) for one in words) > MOST_WORDS:
        return Unclear(_("That is enough for us to begin. Everything up to here is kept."))
    album = isinstance(heard, Pictured) and heard.album is not None
    return Drafted({"words": words, "media": media}, patient=album)


def told(so_far: Description) -> Text:
    """What is noted so far, in short."""
    count = len(so_far.media)
    words = so_far.words if len(so_far.words) <= SHOWN else so_far.words[:SHOWN] + "…"
    if not count:
        return _("<blockquote>{words}</blockquote>", words=words)
    attached = _n("📎 {n} attachment", "📎 {n} attachments", count)
    return attached if not words else _("<blockquote>{words}</blockquote>\n{attached}", words=words, attached=attached)


@dataclass(frozen=True, slots=True)
class Describe:
    """Collects words, photos, albums, video, voice and places until Done."""

    name: str
    prompt: Value
    optional: bool

    def read(self, stored: Json) -> tuple[Description] | None:
        """The whole description."""
        return (description(stored),)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt, or what is noted so far with the ways to go on."""
        so_far = description(draft)
        if so_far == Description():
            skip = ((Choice(SKIP, _("⏭ Skip")),),) if self.optional else ()
            return Screen(question=self.name, text=self.prompt, rows=(*skip, navigation(back)))
        text = Lines((self.prompt, "", told(so_far), _("Send more, or tap Done.")))
        rows = ((Choice(DONE, _("✅ Done")), Choice(AGAIN, _("🧹 Clear"))), navigation(back))
        return Screen(question=self.name, text=text, rows=rows)

    def hear(self, heard: Heard, draft: Json) -> Hearing:
        """Adds a piece; Done, Skip and Clear are taps."""
        match heard:
            case Tapped(key=key) if key == DONE and description(draft) != Description():
                return Given(draft)
            case Tapped(key=key) if key == SKIP and self.optional:
                return Given(None)
            case Tapped(key=key) if key == AGAIN:
                return Drafted(None)
            case _:
                return add(draft, heard)
