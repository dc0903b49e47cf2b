"""Not twice: whether a new report is one that is open already, asked before it is sent.

Of the open one nothing is told but what anybody could see for themselves: the kind, where in the building,
since when, and how far it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.actions import again, outages
from desk.actions.following import Follow
from desk.actions.my_requests import AddNote
from desk.duplicates import Report
from desk.records import Media, Place, Request, State
from desk.records.followers import Incident
from desk.view import DeskView
from dialogs.engine.screen import cut
from dialogs.kinds import about, kind_in_words
from dialogs.questions.choices import Option
from dialogs.spots import spot_in_words
from dialogs.talk import Talk
from locales.text import EMPTY, Joined, Lines, Text, Typed, Value, _

#: the answer of somebody whose fault is another one
DIFFERENT = "different"
#: how much of the words for a shared place is repeated
SHOWN, SHOWN_OF_OUTAGE = 60, 700

HOW_FAR: Mapping[State, Text] = {
    State.NEW: _("🟡 waiting for a worker"),
    State.ASSIGNED: _("🟡 a worker is asked"),
    State.ACCEPTED: _("🔵 a worker has it"),
    State.SCHEDULED: _("🔵 a visit is agreed"),
    State.IN_PROGRESS: _("🔧 being worked on"),
    State.WAITING_RESIDENT: _("💬 a question is open"),
    State.ON_HOLD: _("⏸ on hold"),
}


@dataclass(frozen=True, slots=True)
class _Same:
    """An open request that may be the same."""

    request: Request


def same_fault(
    talk: Talk, desk: DeskView, report: Report, media: tuple[Media, ...] = ()
) -> Follow | AddNote | None:
    """What to do instead of a new report, if it is one that is open already; None goes on with it. Asked as
    soon as it is known what and where it is, and only where something like it is open nearby."""
    there = desk.at(report.home) if report.home else desk
    incident, lead = _outage(there, report)
    if incident is not None and lead is not None:
        known = lead if _part_of(talk, desk, incident) else None
    else:
        found = again.alike(desk.work, there.estate, report, desk.now)
        known = _asked(talk, desk, found) if found else None
    if known is None:
        return None
    if known.resident_id == desk.person.id:
        return AddNote(request_id=known.id, words=report.words, media=media)
    home = report.home.id if report.home else None
    return Follow(request_id=known.id, home_id=home, words=report.words, media=media)


def _outage(desk: DeskView, report: Report) -> tuple[Incident | None, Request | None]:
    """The outage that this may be part of, and the request about it."""
    incident = outages.known(desk.work, desk.estate, report.building, outages.group_of(report.kind), desk.now)
    return incident, outages.lead_of(desk.work, incident) if incident is not None else None


def _part_of(talk: Talk, desk: DeskView, incident: Incident) -> bool:
    """Whether it is part of an outage: what is known of it is told, and need not be reported."""
    head = _(
        "⚡ <b>{kind}: the whole building {building} is concerned.</b> We know of it and work on it.",
        kind=kind_in_words(desk.work, incident.estate_id, incident.kind),
        building=incident.building,
    )
    by = (
        _("Expected to be over by {at}.", at=incident.expected_at)
        if incident.expected_at is not None
        else _("When it is over is not known yet.")
    )
    options = [
        Option("same", _("👥 Tell me when it is over"), value=True),
        Option(DIFFERENT, _("🆕 No, mine is different"), value=False),
    ]
    words = cut(Typed(incident.words, quotation=True), SHOWN_OF_OUTAGE) if incident.words else EMPTY
    return talk.choose("outage", Lines((head, by, words)), options)


def _asked(talk: Talk, desk: DeskView, found: tuple[Request, ...]) -> Request | None:
    options: list[Option[_Same | None]] = [
        Option(f"{one.id}", _button(desk, one, alone=len(found) == 1), _Same(one)) for one in found
    ]
    options.append(Option(DIFFERENT, _("🆕 No, mine is different"), None))
    lines = tuple(_line(desk, one) for one in found)
    prompt = Lines((_("<b>Is it one that is reported already?</b>"), *lines, "", _HOW))
    chosen = talk.choose("again", prompt, options)
    return chosen.request if chosen is not None else None


_HOW = _("Then you need not send it again: you are told how it goes on, and asked whether it is fixed.")


def _button(desk: DeskView, request: Request, *, alone: bool) -> Value:
    if request.resident_id == desk.person.id:
        label: Value = _("📝 It is mine: add this to R-{number}", number=str(request.number))
    else:
        label = _("👥 Yes, me too")
    return label if alone else Joined((label, f"R-{request.number}"), " · ")


def _line(desk: DeskView, request: Request) -> Value:
    """What anybody may know of somebody else's request."""
    number = f"R-{request.number}"
    first = _(
        "• <b>{kind}</b> ({number}), since {since}",
        kind=about(request),
        number=number,
        since=request.opened_at,
    )
    return Joined((first, _where(request), HOW_FAR.get(request.state, EMPTY)), " · ")


def _where(request: Request) -> Value:
    if request.place is Place.HOME:
        return _("in a home near you")
    if not request.details.where:
        return _("in a shared place")
    return cut(spot_in_words(request.details.where, request.language), SHOWN)
