"""What is somebody's own: quiet hours, and being forgotten."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from desk.actions.personal import ForgetMe, SetQuiet, in_the_way, pseudonym
from desk.errors import NotPossible
from desk.view import DeskView
from dialogs.questions.asking import Suggestion
from dialogs.questions.moments import ascii_digits
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from locales.text import Lines, Text, Value, _, _n, verbatim

ESTATE, NONE = "estate", "none"
#: never quiet: a stretch without length
NEVER = (time(0), time(0))
OFFERED = ("21:00-07:00", "21:00-08:00", "22:00-07:00", "23:00-09:00")
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|~|to|到|至)\s*(\d{1,2})(?:[:.](\d{2}))?")


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours, or None for the estate's."""

    hours: tuple[time, time] | None


def quiet(talk: Talk, desk: DeskView) -> SetQuiet:
    """From when until when only what is urgent may ring."""
    own = hours_in_words(desk.estate.survey.quiet)
    offered = [Suggestion(ESTATE, _("As the estate: {hours}", hours=own), ESTATE)]
    offered += [
        Suggestion(hours.replace(":", ""), verbatim(hours.replace("-", "–")), hours) for hours in OFFERED
    ]
    offered.append(Suggestion(NONE, _("No quiet hours"), NONE))
    prompt = _("From when until when shall I be quiet? Tap, or write it like 22:00-07:00.")
    return SetQuiet(quiet=talk.line("hours", prompt, understood, offered).hours)


def understood(typed: str) -> Quiet | Text:
    """A stretch of hours."""
    known: Mapping[str, Quiet] = {ESTATE: Quiet(None), NONE: Quiet(NEVER)}
    if typed in known:
        return known[typed]
    found = _HOURS.fullmatch(ascii_digits(typed).strip())
    try:
        if found is not None:
            begin, end = time(int(found[1]), int(found[2] or 0)), time(int(found[3]), int(found[4] or 0))
            return Quiet((begin, end))
    except ValueError:
        pass
    return _("Please write two times, such as 22:00-07:00.")


def hours_in_words(hours: tuple[time, time] | None) -> Value:
    """Quiet hours as they are shown."""
    if hours is None or hours[0] == hours[1]:
        return _("none")
    return f"{hours[0]:%H:%M}–{hours[1]:%H:%M}"


def forget_me(talk: Talk, desk: DeskView) -> ForgetMe:
    """Reads back what goes and what stays, and asks once more."""
    if in_the_way(desk.work, desk.person):
        raise NotPossible
    waiting = len(desk.open_requests())
    calls_off = _n("{n} open request is called off.", "{n} open requests are called off.", waiting)
    title = Lines((_("<b>Shall I forget you?</b> This cannot be undone."), calls_off if waiting else ""))
    talk.review(
        "review",
        title,
        [
            Line(_("Goes"), _("name, Telegram account, homes, words, pictures, phone, talks, settings")),
            Line(_("Stays"), _("what was done when, your scores and payments, under the name {name}",
                               name=pseudonym(desk.person))),
        ],
    )  # fmt: skip
    return ForgetMe()
