"""The question that collects words and pictures until the person says that this is all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from desk.records import Json, Media
from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Edited, Heard, Located, Pictured, Unheard, Words, edited, edited_in_vain
from dialogs.engine.screen import AGAIN, DONE, SKIP, Choice, Screen, cut, navigation
from locales.text import EMPTY, Lines, Text, Value, _, _n

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


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is kept: words, the messages that they came with (0: not known), and media."""

    words: list[Json]
    messages: list[Json]
    media: list[Json]

    def to_json(self) -> Json:
        """Without the messages where none is known."""
        kept: dict[str, Json] = {"words": self.words, "media": self.media}
        return kept | ({"messages": self.messages} if any(self.messages) else {})


def _draft(stored: Json) -> _Draft:
    kept: Mapping[str, Json] = stored if isinstance(stored, dict) else {}
    words, messages, media = (_list(kept.get(name)) for name in ("words", "messages", "media"))
    return _Draft(words, [*messages, *[0] * len(words)][: len(words)], media)


def _list(kept: Json) -> list[Json]:
    return list(kept) if isinstance(kept, list) else []


def description(stored: Json) -> Description:
    """Reads what is kept."""
    kept = _draft(stored)
    return Description("\n".join(filter(None, map(str, kept.words))), Media.all_from(kept.media))


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words and the picture in something heard, and why the rest of it cannot be taken."""

    words: str = ""
    media: Media | None = None
    notice: Text = EMPTY


def _piece(heard: Heard) -> _Piece:
    match heard:
        case Words(text, author) if text.strip():
            return _Piece(_quoted(text, author))
        case Located(latitude, longitude):
            return _Piece(f"📍 {latitude:.6f}, {longitude:.6f}")
        case Pictured(caption=caption, size=size, author=author) if size > LARGEST:
            too_large = _("This file is larger than 20 MB. Please send a shorter video or a smaller picture.")
            return _Piece(_quoted(caption, author), None, too_large)
        case Pictured(media, caption, author=author):
            return _Piece(_quoted(caption, author), media)
        case Unheard(what, caption):
            return _Piece(caption, None, _refused(what))
        case _:
            return _Piece(notice=_("Please describe it in words or pictures."))


def _quoted(words: str, author: str) -> str:
    """Words that were forwarded, under the name of who wrote them."""
    return f"↪️ {author}: {words}".removesuffix(": ") if author else words


def _refused(what: str) -> Text:
    if what in {"audio", "video_note"}:
        return _("I cannot pass this on. A voice note or an ordinary video works.")
    return _("I cannot use this here. Words, photos, videos and voice notes help.")


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

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Done once something is said; Clear; Skip where nothing need be said."""
        draft = answers.begun(self.name)
        if key == AGAIN:
            return answers.draft(self.name, None)
        if key == DONE and description(draft) != Description():
            return answers.give(self.name, draft)
        return answers.give(self.name, None) if key == SKIP and self.optional else None

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """Adds a piece."""
        if isinstance(heard, Edited):
            return self._edit(heard, answers)
        piece = _piece(heard)
        if not piece.words.strip() and piece.media is None:
            return Step(answers, piece.notice)
        kept = _draft(answers.begun(self.name))
        if piece.words.strip():
            kept.words.append(piece.words)
            kept.messages.append(heard.message if isinstance(heard, Words | Pictured) else 0)
        kept.media.extend([piece.media.to_json()] if piece.media else [])
        album = isinstance(heard, Pictured) and heard.album is not None
        return self._kept(
            answers, kept, Step(answers.draft(self.name, kept.to_json()), piece.notice, patient=album)
        )

    def _edit(self, edit: Edited, answers: Answers) -> Step:
        """An edit takes the place of the piece that it belongs to. Telegram also tells of edits that changed
        nothing which anybody sees."""
        kept = _draft(answers.begun(self.name))
        if edit.message not in kept.messages:
            return Step(answers, edited_in_vain())
        at = kept.messages.index(edit.message)
        if kept.words[at] == edit.text:
            return Step(answers)
        kept.words[at] = edit.text
        return self._kept(answers, kept, Step(answers.draft(self.name, kept.to_json()), edited()))

    def _kept(self, answers: Answers, kept: _Draft, step: Step) -> Step:
        """The step, unless it is too much."""
        if len(kept.media) > MOST_MEDIA or sum(len(str(one)) for one in kept.words) > MOST_WORDS:
            return Step(
                answers, _("That is enough to begin with. All of it up to here is kept: please tap Done.")
            )
        return step
