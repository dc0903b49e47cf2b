"""What a person is shown: words and buttons, in no language yet."""

from dataclasses import dataclass, replace

from dialogs.engine.errors import BadButton
from locales.text import EMPTY, Joined, Lines, Text, Typed, Value, _

#: `run:question:key` has 64 bytes at most in Telegram; a run's id takes up to 8 of them
LONGEST = 64 - 8 - 2

BACK, CANCEL, DONE, SKIP, AGAIN = "~back", "~cancel", "~done", "~skip", "~again"
SEND, CHANGE, STAY = "~send", "~change", "~stay"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says, and the stable key that its tap brings back."""

    key: str
    label: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One question as shown: its name, its words, its rows of buttons."""

    question: str
    text: Value
    rows: tuple[tuple[Choice, ...], ...] = ()
    #: said above the question: why the last answer did not fit
    notice: Text = EMPTY
    #: this redraw may wait a moment, since more of the same album is on its way
    patient: bool = False
    #: what can be said or done here, for who asks for help
    hint: Text = EMPTY

    def __post_init__(self) -> None:
        for row in self.rows:
            for choice in row:
                named = f"{self.question}{choice.key}"
                if not named.isascii() or ":" in named or len(named) > LONGEST:
                    raise BadButton(f"{self.question}: {choice.key}")


def in_rows(choices: list[Choice], columns: int) -> tuple[tuple[Choice, ...], ...]:
    """Buttons side by side, `columns` a row."""
    return tuple(tuple(choices[i : i + columns]) for i in range(0, len(choices), columns))


def navigation(back: bool) -> tuple[Choice, ...]:
    """The way out of any question."""
    cancel = Choice(CANCEL, _("✖️ Cancel"))
    return (Choice(BACK, _("⬅️ Back")), cancel) if back else (cancel,)


def cut(value: Value, most: int) -> Value:
    """The same, with every run of words in it no longer than `most`: what a person typed has no end."""
    match value:
        case str() if len(value) > most:
            return f"{value[:most].rstrip()}…"
        case Typed(words):
            return replace(value, words=str(cut(words, most)))
        case Text(values=values):
            return replace(value, values={name: cut(part, most) for name, part in values.items()})
        case Lines(parts):
            return Lines(tuple(cut(part, most) for part in parts))
        case Joined(parts, mark):
            return Joined(tuple(cut(part, most) for part in parts), mark)
        case _:
            return value
