"""Walks every branch of a conversation, and writes down what was said, for people to read.

A walk is depth first over all that can be tapped or said on each screen. What was tapped on a question once
is not tapped on it again, and a detour (back, a change, a sticker) is not explored beyond its next screen:
such a story goes on the usual way to its end, told in one line. The transcripts lie beside this file, as
`<flow>/<situation>.txt`; a test compares them, and STEWARD_UPDATE_TRANSCRIPTS=1 writes them anew.
"""

import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from re import sub
from typing import TypeAlias

from desk.records import Media, Slot
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Contacted, Heard, Located, Pictured, Tapped, Unheard, Words
from dialogs.engine.play import Asked, Broken, Cancelled, Finished, Script, Turn, play
from dialogs.engine.screen import AGAIN, BACK, CANCEL, CHANGE, DONE, SKIP, STAY, Choice, Screen
from dialogs.questions.describing import Description
from dialogs.talk import Talk
from locales.text import Span, Value
from locales.words import Words as Renderer

Ending: TypeAlias = Finished[object] | Cancelled

HERE = Path(__file__).parent
UPDATE = "STEWARD_UPDATE_TRANSCRIPTS"
#: turns within which any script comes to its end
PATIENCE = 60
#: taps that lead back to what is known
DETOURS = (AGAIN, STAY, BACK, CANCEL)


@dataclass(frozen=True)
class Exchange:
    """A screen, what it was answered with, and how that reads."""

    screen: Screen
    heard: Heard
    reads: str


@dataclass(frozen=True)
class Story:
    """One way through a conversation; `new` exchanges at its end were in no story before."""

    exchanges: tuple[Exchange, ...]
    new: int
    #: the screen that stands at the end, if it is shown
    last: Screen | None
    #: what was tapped from there on, the usual way
    onwards: tuple[str, ...]
    ending: Ending

    @property
    def situation(self) -> str:
        """What it is an example of: the folder names that Rasa's tests use."""
        latest = self.exchanges[-self.new :]
        screens = [*(one.screen for one in latest[1:]), *filter(None, [self.last])]
        tapped = [one.heard.key for one in latest if isinstance(one.heard, Tapped)]
        if isinstance(self.ending, Cancelled):
            return "cancellations"
        if any(key in (BACK, CHANGE, AGAIN) or key.startswith("=") for key in tapped):
            return "corrections"
        if any(str(screen.notice) for screen in screens):
            return "invalid_user_inputs"
        return "happy_path"

    @property
    def alike(self) -> object:
        """Equal for stories that differ in their last answer only, and come to the same question by it."""
        reads = tuple(one.reads for one in self.exchanges)
        if self.last is None or self.new > 1:
            return reads
        return reads[:-1], self.exchanges[-1].screen.question, self.last.question, str(self.last.notice)


@dataclass(frozen=True)
class Move:
    """One thing to do on a screen: a tap, or several messages in a row."""

    key: str
    heard: tuple[Heard, ...]
    rank: int

    @property
    def detour(self) -> bool:
        """Whether it leads to nothing that the usual way does not lead to."""
        return self.rank > 2

    def place(self, question: str) -> tuple[str, str]:
        """Where it is made; a detour is made once for all the questions that hang on different parents."""
        return (question.rpartition("/")[0] or question) if self.detour else question, self.key


@dataclass
class Walk:
    """Every branch of a script, once."""

    script: Script[Talk, object]
    #: answers to begin with, the time, what it is about
    talk: Talk
    renderer: Renderer
    #: question, or what it is called before the slash → ways to answer it in messages
    says: Mapping[str, Sequence[Sequence[Heard]]] = field(default_factory=dict)
    #: what is sent to every question and answers none
    strays: Sequence[Heard] = ()
    who: str = "Resident"
    seen: set[tuple[str, str]] = field(default_factory=set)

    def stories(self) -> Iterator[Story]:
        """All stories, the usual one first. Raises what breaks the script."""
        yield from self._explore(self._play(self.talk.answers, None), (), 0)

    def transcripts(self) -> dict[str, str]:
        """Situation → its stories, to read."""
        told: dict[str, dict[object, str]] = {}
        first: Ending | None = None
        for story in self.stories():
            chapter, alike = told.setdefault(story.situation, {}), story.alike
            name, *parts = self._ending(story.ending, first)
            if alike in chapter:
                chapter[alike] += f"\nor {story.exchanges[-1].reads} → {' · '.join(parts) or name}"
            else:
                ending = "\n    ".join([name, *parts])
                chapter[alike] = f"── {len(chapter) + 1} ──\n{self._tell(story)}\n→ {ending}"
            first = first or story.ending
        return {situation: "\n\n".join(chapter.values()) + "\n" for situation, chapter in told.items()}

    # ── walking ──────────────────────────────────────────────────────────────────────────────────

    def _explore(self, turn: Turn[object], path: tuple[Exchange, ...], known: int) -> Iterator[Story]:
        """`known` exchanges of the path were told in a story before."""
        if not isinstance(turn, Asked):
            yield self._story(turn, path, known)
            return
        assert len(path) < PATIENCE, f"no end after {PATIENCE} turns: {path[-1].screen.question}"
        question = turn.screen.question
        fresh = [move for move in self._moves(turn) if move.place(question) not in self.seen]
        if not fresh:
            yield self._story(turn, path, known)
        for move in fresh:
            self.seen.add(move.place(question))
            after, way = self._make(turn, move, path)
            yield from [self._story(after, way, known)] if move.detour else self._explore(after, way, known)
            known = len(path)

    def _make(
        self, turn: Asked, move: Move, path: tuple[Exchange, ...]
    ) -> tuple[Turn[object], tuple[Exchange, ...]]:
        after: Turn[object] = turn
        for heard in move.heard:
            assert isinstance(after, Asked), f"{heard} came after the end"
            path = (*path, Exchange(after.screen, heard, self._reads(after.screen, heard)))
            after = self._play(after.answers, heard)
        return after, path

    def _moves(self, turn: Asked) -> list[Move]:
        """All that can be done on a screen, what leads on first."""
        screen = turn.screen
        choices = [choice for row in screen.rows for choice in row]
        stem = screen.question.partition("/")[0]
        ways = self.says.get(screen.question) or self.says.get(stem) or ()
        noted = any(_done(choice) for choice in choices)
        said = [Move(f"says {n}", tuple(way), 0) for n, way in enumerate(ways) if not noted]
        taps = [Move(one.key, (Tapped(screen.question, one.key),), self._rank(one, noted)) for one in choices]
        strays = [Move(f"stray {n}", (stray,), 4) for n, stray in enumerate(self.strays)]
        return sorted([*said, *taps, *strays], key=lambda move: move.rank)

    def _rank(self, choice: Choice, noted: bool) -> int:
        """What a walk tries first: what leads on, and what was chosen before."""
        chosen = self.renderer.plain(choice.label).startswith("✓")
        if choice.key == DONE:
            return 0 if _done(choice) else 2
        if choice.key in DETOURS or choice.key.startswith(("-", "=")) or (noted and choice.key[0] == "+"):
            return 3 + (choice.key in (BACK, CANCEL))
        return 2 if choice.key in (SKIP, CHANGE) else 0 if chosen else 1

    def _story(self, turn: Turn[object], path: tuple[Exchange, ...], known: int) -> Story:
        last, onwards = turn.screen if isinstance(turn, Asked) else None, []
        for _ in range(PATIENCE):
            if not isinstance(turn, Asked):
                break
            turn, way = self._make(turn, self._moves(turn)[0], ())
            onwards += [exchange.reads for exchange in way]
        assert isinstance(turn, Finished | Cancelled), f"no end after {PATIENCE} turns: {onwards}"
        return Story(path, len(path) - known, last, tuple(onwards), turn)

    def _play(self, answers: Answers, heard: Heard | None) -> Turn[object]:
        turn = play(self.script, replace(self.talk, answers=answers, plain=self.renderer.plain), heard)
        if isinstance(turn, Broken):
            raise turn.error
        if isinstance(turn, Asked):
            self._check(turn.screen)
        return turn

    def _check(self, screen: Screen) -> None:
        """Telegram takes this screen."""
        assert 1 <= len(self._shown(screen)) <= 4096, screen
        rows = screen.rows
        assert all(len(row) <= 8 for row in rows), f"too many buttons in a row: {screen.question}"
        assert sum(len(row) for row in rows) <= 100, f"too many buttons: {screen.question}"

    # ── telling ──────────────────────────────────────────────────────────────────────────────────

    def _tell(self, story: Story) -> str:
        known = story.exchanges[: len(story.exchanges) - story.new]
        latest = story.exchanges[len(known) :]
        lines = ["… " + " · ".join(one.reads for one in known)] if known else []
        for exchange in latest:
            lines += [self._screen(exchange.screen), f"{self.who}: {exchange.reads}"]
        lines += [self._screen(story.last)] if story.last else []
        lines += ["… and on as usual: " + " · ".join(story.onwards)] if story.onwards else []
        return "\n".join(lines)

    def _ending(self, ending: Ending, first: Ending | None) -> list[str]:
        """What came of it: its name, and all that it holds or what differs from the first story's."""
        if isinstance(ending, Cancelled):
            return ["cancelled"]
        result = ending.result
        if not is_dataclass(result):
            return [str(result)]
        expected = (
            first.result if isinstance(first, Finished) and type(first.result) is type(result) else None
        )
        parts = [(one.name, getattr(result, one.name)) for one in fields(result)]
        different = [part for part in parts if not expected or getattr(expected, part[0]) != part[1]]
        told = [f"{name}: {self._value(value)}" for name, value in different]
        return [type(result).__name__, *(told or ["as in the first story"])]

    def _value(self, value: object) -> str:
        match value:
            case Slot(start=start, end=end):
                return self.renderer.plain(Span(start, end))
            case datetime():
                return self.renderer.plain(value)
            case Media(kind=kind, file_id=file_id):
                return f"{kind} “{file_id}”"
            case Description(words, media):
                return self._value(tuple(filter(None, (words, *media))))
            case tuple():
                return ", ".join(map(self._value, value)) or "none"
            case _:
                return str(value)

    def _screen(self, screen: Screen) -> str:
        said = self._shown(screen).replace("\n", "\n         ")
        rows = ["  " + " ".join(f"[{self.renderer.plain(one.label)}]" for one in row) for row in screen.rows]
        return "\n".join(line.rstrip() for line in "\n".join([f"Steward: {said}", *rows]).split("\n"))

    def _shown(self, screen: Screen) -> str:
        return "\n\n".join(filter(None, (self._html(screen.notice), self._html(screen.text))))

    def _html(self, value: Value) -> str:
        return unescape(sub(r"<[^>]+>", "", self.renderer.html(value)))

    def _reads(self, screen: Screen, heard: Heard) -> str:
        match heard:
            case Words(text):
                return text
            case Tapped(key=key):
                label = next(one.label for row in screen.rows for one in row if one.key == key)
                return f"[{self.renderer.plain(label)}]"
            case Pictured(media, caption):
                return f"({media.kind}) {caption}".strip()
            case Located():
                return "(location)"
            case Contacted():
                return "(contact)"
            case Unheard(what):
                return f"({what})"


def _done(choice: Choice) -> bool:
    """A Done that ends something begun; with nothing ticked the same button says Skip."""
    return choice.key == DONE and "Done" in str(choice.label)


# ── golden files ─────────────────────────────────────────────────────────────────────────────────


def compare(flow: str, transcripts: Mapping[str, str], root: Path = HERE) -> None:
    """Holds the transcripts against those kept, or keeps them if STEWARD_UPDATE_TRANSCRIPTS=1."""
    folder = root / flow
    kept = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    if os.environ.get(UPDATE) == "1":
        _keep(folder, transcripts)
        return
    changes = [
        line
        for situation in sorted({*kept, *transcripts})
        for line in difflib.unified_diff(
            kept.get(situation, "").splitlines(),
            transcripts.get(situation, "").splitlines(),
            f"{flow}/{situation}.txt",
            "what is said now",
            lineterm="",
        )
    ]
    assert not changes, "\n".join([f"A conversation changed; {UPDATE}=1 keeps it:", *changes])


def _keep(folder: Path, transcripts: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.txt"):
        if path.stem not in transcripts:
            path.unlink()
    for situation, text in transcripts.items():
        (folder / f"{situation}.txt").write_text(text, encoding="utf-8")
