"""The history of a request in plain words, as its resident reads it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.scene import Scene
from desk import service_levels
from desk.discretion import is_discreet
from desk.records import Event, Json, Request, Role, Slot
from dialogs.engine.screen import cut
from dialogs.scripts.repair import when
from dialogs.scripts.work import reason
from locales.text import EMPTY, Lines, Value, _, verbatim

#: how many of the latest steps are told, and how much of somebody's words
MOST, SHOWN = 15, 160
#: how many characters there are for all of them, and how many the time of each takes
ROOM, WITH_TIME = 1800, 25


def history(scene: Scene, request: Request) -> Lines:
    """What happened to it, oldest first; a day is named once."""
    told = [
        (event, said)
        for event in scene.session.requests.events(request.id)
        if (said := _said(request, event)) != EMPTY
    ]
    zone = ZoneInfo(scene.estate.time_zone)
    latest = _latest(told)
    lines: list[Value] = [_("<i>… and what was before</i>")] if len(told) > len(latest) else []
    day: date | None = None
    for event, said in latest:
        local = event.at.astimezone(zone)
        at: Value = local.time() if local.date() == day else event.at
        day = local.date()
        lines.append(_("• {at} – {what}", at=at, what=said))
    return Lines(tuple(lines))


def _latest(told: list[tuple[Event, Value]]) -> list[tuple[Event, Value]]:
    """The latest steps, as many as a message has room for."""
    room, count = ROOM, 0
    for _event, said in reversed(told[-MOST:]):
        room -= len(str(said)) + WITH_TIME
        if room < 0:
            break
        count += 1
    return told[len(told) - count :]


def _said(request: Request, event: Event) -> Value:
    said = (_OF_ANSWERS.get(event.name) if is_discreet(request) else None) or _TELLS.get(event.name)
    return said(event) if said else EMPTY


def who(event: Event) -> Value:
    """Who did it, as they were known then: staff by name and badge."""
    actor = event.actor
    if actor.badge:
        return _("{name}, badge {badge}", name=actor.name, badge=actor.badge)
    return verbatim(actor.name) if actor.name else _("the desk")


def words(event: Event) -> Value:
    """What was said with it, in short."""
    return cut(reason(event.why), SHOWN)


def _mine(event: Event, text: Value, otherwise: Value) -> Value:
    return text if event.actor.role is Role.RESIDENT else otherwise


def slot(kept: Json) -> Slot | None:
    """A time for a visit as an event keeps it."""
    if not isinstance(kept, dict):
        return None
    start, end = (datetime.fromisoformat(str(kept[side])) for side in ("start", "end"))
    return Slot(start=start, end=end)


def until(event: Event) -> datetime:
    """Until when something was put off."""
    kept = event.data.get("until")
    return datetime.fromisoformat(kept) if isinstance(kept, str) else event.at


def number(event: Event) -> str:
    """The other request that an event names."""
    return f"R-{event.data.get('number', '?')}"


def _escalated(event: Event) -> Value:
    match event.data.get("level"):
        case service_levels.DISPATCHER:
            return _("nobody had it yet; the dispatcher was told")
        case service_levels.MANAGER:
            return _("nobody had it yet; the manager was told")
        case _:
            return _("nobody had it yet; the team was reminded")


_TELLS: Mapping[str, Callable[[Event], Value]] = {
    "filed": lambda event: _("filed"),
    "claimed": lambda event: _("{who} took it on", who=who(event)),
    "assigned": lambda event: _("the office found somebody for it"),
    "accepted": lambda event: _("{who} took it on", who=who(event)),
    "declined": lambda event: _("somebody else is being looked for"),
    "transferred": lambda event: _("{who} handed it to a colleague", who=who(event)),
    "on_the_way": lambda event: _("{who} set out", who=who(event)),
    "started": lambda event: _("{who} began", who=who(event)),
    "asked": lambda event: _("{who} asked: {words}", who=who(event), words=words(event)),
    "answered": lambda event: _("you answered: {words}", words=words(event)),
    "answered_late": lambda event: _("you answered: {words}", words=words(event)),
    "noted": lambda event: _("you added: {words}", words=words(event)),
    "hurried": lambda event: _("you asked to hurry"),
    "moved": lambda event: _mine(
        event,
        _("you chose another time: {visit}", visit=when(slot(event.data.get("to")))),
        _("{who} chose another time: {visit}", who=who(event), visit=when(slot(event.data.get("to")))),
    ),
    "held": lambda event: _("on hold until {until}: {why}", until=until(event), why=words(event)),
    "resumed": lambda event: _("it went on"),
    "released": lambda event: _("{who} gave it back", who=who(event)),
    "done": lambda event: _("{who} reported it as done: {words}", who=who(event), words=words(event)),
    "replied": lambda event: _("{who} answered: {words}", who=who(event), words=words(event)),
    "decided": lambda event: _("{who} decided: {words}", who=who(event), words=words(event)),
    "confirmed": lambda event: _mine(event, _("you said that it is fixed"), _("closed by the office")),
    "closed_unanswered": lambda event: _("closed, as nothing more was heard"),
    "not_fixed": lambda event: _("not fixed: {words}", words=words(event)),
    "not_fixed_again": lambda event: _("still not fixed: {words}", words=words(event)),
    "reopened": lambda event: _("opened again as {number}", number=number(event)),
    "cancelled": lambda event: _mine(event, _("you called it off"), _("called off by the office")),
    "cancel_asked": lambda event: _("you asked to call it off"),
    "cancel_refused": lambda event: _("the office goes on with it: {words}", words=words(event)),
    "rejected": lambda event: _("rejected by the office: {words}", words=words(event)),
    "appealed": lambda event: _("you asked to look at it again: {words}", words=words(event)),
    "followed": lambda event: _("a neighbour reported the same"),
    "merged": lambda event: _("the same as {number}, and goes on there", number=number(event)),
    "gathered": lambda event: _("another report of the same was added"),
    "unmerged": lambda event: _("goes on by itself"),
    "escalated": _escalated,
}

#: the same steps where nothing is repaired, but answered
_OF_ANSWERS: Mapping[str, Callable[[Event], Value]] = {
    "confirmed": lambda event: _mine(event, _("you said that it is settled"), _("closed by the office")),
    "not_fixed": lambda event: _("not settled: {words}", words=words(event)),
    "not_fixed_again": lambda event: _("still not settled: {words}", words=words(event)),
}
