"""Days and times in free text of twelve languages: one grammar of marks, and words that are data."""

from datetime import datetime

from dialogs.understanding.moments.lexer import language_of, marks_of, plain
from dialogs.understanding.moments.rules import Outlook
from dialogs.understanding.moments.window import Window, read, window

__all__ = ["HEARD", "Window", "language_of", "plain", "when", "window_of"]

#: of a long story the beginning says when
HEARD = 1000


def when(words: str, now: datetime, own: str = "") -> Window | None:
    """From when until when somebody speaks of, seen from `now` in the estate's own time; None for nothing
    to come. `own` is the language that the reader chose, which settles what two languages know."""
    return window_of(plain(words[:HEARD]), now, own)


def window_of(text: str, now: datetime, own: str = "") -> Window | None:
    """The same of a plain text."""
    outlook = Outlook(now)
    marks = marks_of(text, own)
    try:
        read(marks, outlook)
        return window(marks, outlook)
    except (OverflowError, ValueError):  # in 999 years
        return None
