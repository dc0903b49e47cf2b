"""The question that collects words and pictures until the person says that this is all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from desk.records import Json, Media
from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Heard, Located, Pictured, Unheard, Words
from dialogs.engine.screen import AGAIN, DONE, SKIP, Choice, Screen, cut, navigation
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
    return Description("\n".join(map(str, words)), Media.all_from(media))


def _piece(heard: Heard) -> tuple[str, Media | None] | Text:
    """The words and the picture in something heard, or why it cannot be taken."""
    match heard:
        case Words(text) if text.strip():
            return text, None
        case Located(latitude, longitude):
            return f"📍 {latitude:.6f}, {longitude:.6f}", None
        case Pictured(size=size) if size > LARGEST:
            return _("This file is larger than 20 MB. Please send a shorter video or a smaller picture.")
        case Pictured(media, caption):
            return caption, media
        case Unheard():
            return _("I cannot use this here. Words, photos, videos and voice notes help.")
        case _:
            return _("Please describe it in words or pictures.")


def told(so_far: Description) -> Lines:
    """What is noted so far, in short."""
    words = _("<blockquote>{words}</blockquote>", words=cut(so_far.words, SHOWN))
    attached = _n("📎 {n} file", "📎 {n} files", len(so_far.media))
    return Lines((*([words] if so_far.words else []), *([attached] if so_far.media else [])))


@dataclass(frozen=True, slots=True)
class Describe:
    """Collects words, photos, albums, video, voice and places until Done."""

    gathers: ClassVar[bool] = True
    name: str
    prompt: Value
    optional: bool

    def read(self, stored: Json) -> tuple[Description] | None:
        """The whole description."""
        return (description(stored),)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt, or what is noted so far with the ways to go on."""
        so_far = description(draft)
        hint = _(
            "Write, or send photos, a video, a voice note or a place, as many as you like; then tap ✅ Done."
        )
        if so_far == Description():
            skip = ((Choice(SKIP, _("⏭ Skip")),),) if self.optional else ()
            return Screen(question=self.name, text=self.prompt, rows=(*skip, navigation(back)), hint=hint)
        text = Lines((self.prompt, "", told(so_far), _("Send more, or tap Done.")))
        rows = ((Choice(DONE, _("✅ Done")), Choice(AGAIN, _("🧹 Clear"))), navigation(back))
        return Screen(question=self.name, text=text, rows=rows, hint=hint)

    def taps(self, answers: Answers) -> Mapping[str, Answers]:
        """Done once something is said; Clear; Skip where nothing need be said."""
        draft = answers.begun(self.name)
        done = {DONE: answers.give(self.name, draft)} if description(draft) != Description() else {}
        skip = {SKIP: answers.give(self.name, None)} if self.optional else {}
        return {AGAIN: answers.draft(self.name, None), **done, **skip}

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Adds a piece."""
        piece = _piece(heard)
        if isinstance(piece, Text):
            return Step(answers, piece)
        words, media = _parts(answers.begun(self.name))
        words += [piece[0]] if piece[0].strip() else []
        media += [piece[1].to_json()] if piece[1] else []
        if len(media) > MOST_MEDIA or sum(len(str(one)) for one in words) > MOST_WORDS:
            return Step(
                answers, _("That is enough to begin with. All of it up to here is kept: please tap Done.")
            )
        album = isinstance(heard, Pictured) and heard.album is not None
        return Step(answers.draft(self.name, {"words": words, "media": media}), patient=album)
