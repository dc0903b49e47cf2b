"""Help in the middle of a conversation: where we are, what can be said here, and the ways out."""

from collections.abc import Mapping

from dialogs import commands
from dialogs.engine.screen import BACK, Screen
from locales.text import EMPTY, Lines, Text, Value, _

#: the conversations that no command begins
TITLES: Mapping[str, Text] = {
    "ask": _("A question to the resident"),
    "answer": _("Your answer to the worker"),
    "hold": _("Putting a job on hold"),
    "release": _("Giving a job back"),
    "finish": _("Reporting a job as done"),
    "not_fixed": _("Saying what is not fixed"),
    "explain": _("Telling us why"),
    "join": _("Coming in by a code"),
}


def here(script: str, screen: Screen) -> Value:
    """What can be done at this question."""
    title = commands.title_of(script) or TITLES.get(script)
    where = _("📍 We are here: <b>{what}</b>", what=title) if title is not None else EMPTY
    hint = screen.hint if screen.hint != EMPTY else _("Answer in words, or tap one of the buttons.")
    back = any(choice.key == BACK for row in screen.rows for choice in row)
    return Lines((where, hint, _back() if back else EMPTY, _out()))


def _back() -> Text:
    return _("⬅️ Back asks the question before once more; your other answers stay.")


def _out() -> Text:
    return _("/cancel drops all of this. /menu shows everything that I can do; this conversation waits.")
