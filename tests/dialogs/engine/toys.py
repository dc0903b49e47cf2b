"""Small scripts to play with, and a chat that plays them as the reception would."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from html import unescape
from re import sub
from typing import Any

from desk.records import Media
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Heard, Pictured, Tapped, Words
from dialogs.engine.play import Asked, Broken, Cancelled, Finished, Script, Turn, play
from dialogs.engine.screen import Screen
from dialogs.questions.choices import Option
from dialogs.questions.describing import Description
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from locales.text import EMPTY, Joined, Text, Value, _
from locales.words import words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def readable(value: Value, language: str = "en") -> str:
    """A text as a person reads it: tags gone, entities resolved."""
    return unescape(sub(r"<[^>]+>", "", words(language, "Asia/Shanghai").html(value)))


def photo(name: str, caption: str = "", album: str | None = None, size: int = 1000) -> Pictured:
    """A photo of so many bytes."""
    return Pictured(Media(kind="photo", file_id=name), caption, album, size)


def fruit(*keys: str) -> list[Option[str]]:
    """Options that read like their keys."""
    return [Option(key, key.title(), key) for key in keys]


@dataclass
class Chat:
    """One person in one conversation; the answers survive between two turns, and nothing else does."""

    script: Script[Talk, object]
    answers: Answers = Answers()
    turn: Turn[object] = field(default_factory=Cancelled)

    def __post_init__(self) -> None:
        self.hear()

    def hear(self, heard: Heard | None = None, notice: Text = EMPTY) -> "Chat":
        """One turn: what comes back, with the answers taken through their kept form."""
        self.turn = play(self.script, Talk(self.answers, NOW, plain=readable), heard, notice)
        if not isinstance(self.turn, Cancelled):
            self.answers = Answers.from_json(self.turn.answers.to_json())
        return self

    def say(self, text: str) -> "Chat":
        """The person types."""
        return self.hear(Words(text))

    def tap(self, *keys: str, on: str | None = None) -> "Chat":
        """The person taps one button after the other, on the present question or on another."""
        for key in keys:
            self.hear(Tapped(self.question if on is None else on, key))
        return self

    @property
    def screen(self) -> Screen:
        """What the person sees."""
        assert isinstance(self.turn, Asked | Broken), self.turn
        return self.turn.screen

    @property
    def question(self) -> str:
        """Which question is open."""
        return self.screen.question

    @property
    def keys(self) -> list[str]:
        """The buttons, row by row."""
        return [choice.key for row in self.screen.rows for choice in row]

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [readable(choice.label) for row in self.screen.rows for choice in row]

    @property
    def text(self) -> str:
        """The words on the screen."""
        return readable(self.screen.text)

    @property
    def notice(self) -> str:
        """The words above the question."""
        return readable(self.screen.notice)

    @property
    def result(self) -> Any:
        """What the script returned."""
        assert isinstance(self.turn, Finished), self.turn
        return self.turn.result

    @property
    def error(self) -> Exception:
        """What broke the script."""
        assert isinstance(self.turn, Broken), self.turn
        return self.turn.error


@dataclass
class World:
    """What a script sees of the desk, and a test may change between two turns."""

    categories: list[str] = field(default_factory=lambda: ["water", "power"])
    rooms: list[str] = field(default_factory=lambda: ["kitchen", "bath", "hall"])
    slots: list[str] = field(default_factory=lambda: ["monday", "tuesday"])
    #: raised by the script before it asks for the slot
    trouble: Exception | None = None


@dataclass(frozen=True)
class Order:
    """What a repair comes to."""

    problem: Description
    category: str
    symptom: str
    rooms: tuple[str, ...]
    slot: str


def repair(talk: Talk, world: World) -> Order:
    """Every kind of question once, one with its parent in its name."""
    problem = talk.describe("problem", _("What is wrong?"))
    category = talk.choose("category", _("What kind of problem is it?"), fruit(*world.categories))
    symptom = talk.choose(
        f"symptom/{category}", _("What exactly?"), fruit("leak", "dead", "noise"), columns=2
    )
    rooms = talk.tick("rooms", _("Which rooms?"), fruit(*world.rooms))
    if world.trouble:
        raise world.trouble
    slot = talk.choose("slot", _("When may we come?"), fruit(*world.slots))
    lines = [
        Line("Problem", problem.words, "problem"),
        Line("Attached", len(problem.media)),
        Line("Category", Joined((category, symptom)), "category"),
        Line("Rooms", Joined(rooms), "rooms"),
        Line("Visit", slot, "slot"),
        Line("Promise", "24 hours"),
    ]
    talk.review("review", _("Shall we send this?"), lines)
    return Order(problem, category, symptom, rooms, slot)


def repairing(world: World | None = None) -> Chat:
    """A chat about a repair."""
    return Chat(partial(repair, world=world or World()))


def filled(world: World | None = None) -> Chat:
    """The same, with everything answered, at its review."""
    chat = repairing(world).say("The tap drips")
    return chat.tap("~done", "water", "leak", "+kitchen", "~done", "monday")
