"""Announcing something to an estate, a building or a floor; and what is told to who reports the same."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from desk.actions.actors import post_among
from desk.actions.announcements import Announce, Heard, Prolong
from desk.announcements import OUTAGES, concerns, explanation, words_for
from desk.lifecycle import OFFICE
from desk.places import building_of, floor_of
from desk.records import Home, Media
from desk.records.announcements import Announcement
from desk.view import DeskView
from dialogs.engine.screen import cut
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.questions.moments import told
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from locales.facts import own_name
from locales.text import Joined, Lines, Text, Typed, Value, _, _n

#: what is off, as residents say it
OFF: Mapping[str, Text] = {
    "water": _("🚰 Water off"),
    "hot_water": _("🚿 No hot water"),
    "power": _("💡 Power off"),
    "heating": _("🌡 Heating off"),
    "gas": _("🔥 Gas off"),
    "lift": _("🛗 Lift out of service"),
    "internet": _("🌐 Internet down"),
}
NONE = "none"
#: the whole estate, in the place of a building; a building's key is made of its number in the list
ALL = "all"
#: what stands for no expected end
OPEN = "open"
#: how much of an announcement a question repeats
SHOWN = 1500
#: the time of day of a day that was given without one
BEGINS, ENDS = time(8), time(18)


def announce(talk: Talk, desk: DeskView) -> Announce:
    """Whom, what is off and until when, the words in each language; read back with how many it reaches."""
    post_among(desk.work, desk.person, desk.estate.id, OFFICE, desk.now)
    homes = desk.work.estates.homes(desk.estate.id)
    building, floor = _whom(talk, homes)
    outage = _what(talk)
    start, until = _span(talk, desk) if outage else (None, None)
    words, media = _words(talk, desk)
    order = Announce(
        estate_id=desk.estate.id,
        words=words,
        media=media,
        building=building,
        floor=floor,
        outage=outage,
        start=start,
        until=until,
    )
    talk.review("review", _("<b>Please check your announcement</b>"), _lines(desk, order, homes))
    return order


def _whom(talk: Talk, homes: tuple[Home, ...]) -> tuple[str, int | None]:
    buildings = sorted({building_of(home) for home in homes})
    everybody = Option(ALL, _("🏘 The whole estate"), "")
    one = [Option(f"b{n}", _("Building {name}", name=name), name) for n, name in enumerate(buildings)]
    building = talk.choose("whom", _("Who is it for?"), [everybody, *one], columns=2)
    if not building:
        return "", None
    floors = sorted({floor_of(home) or 0 for home in homes if building_of(home) == building} - {0})
    whole: Option[int | None] = Option(ALL, _("The whole building"), None)
    each: list[Option[int | None]] = [Option(f"{n}", _("Floor {n}", n=n), n) for n in floors]
    return building, talk.choose(f"floor/{buildings.index(building)}", _("Which floor?"), [whole, *each], 3)


def _what(talk: Talk) -> str:
    options = [Option(code, OFF[code], code) for code in OUTAGES]
    options.append(Option(NONE, _("Something else"), ""))
    prompt = _("What is it about? If something is off, I tell it to everybody who would report it.")
    return talk.choose("off", prompt, options, columns=2)


def _span(talk: Talk, desk: DeskView) -> tuple[datetime, datetime | None]:
    now_ = Suggestion("now", _("From now on"), "now")
    start = talk.line(
        "start", _("From when? For example: tomorrow 9:00"), lambda line: _from(line, desk), [now_]
    )
    unknown = Suggestion(OPEN, _("Not known yet"), OPEN)
    until = talk.line(
        "until", _("Until when, as far as is known?"), lambda line: _until(line, start, desk), [unknown]
    )
    return start, until[0]


def _from(line: str, desk: DeskView) -> datetime | Text:
    return desk.now if line == "now" else moment(line, desk, BEGINS)


def _until(line: str, start: datetime, desk: DeskView) -> tuple[datetime | None] | Text:
    """In a tuple, since an open end is an answer."""
    if line == OPEN:
        return (None,)
    end = moment(line, desk, ENDS)
    if isinstance(end, Text):
        return end
    return (end,) if end > max(start, desk.now) else _("That is before it begins. Please write a later time.")


def moment(line: str, desk: DeskView, otherwise: time) -> datetime | Text:
    """A day and a time as people type them; without a day it is the next time of that hour."""
    zone = ZoneInfo(desk.estate.time_zone)
    local = desk.now.astimezone(zone)
    said = told(line, local)
    if said is None:
        return _("I do not understand this time. Please write it as tomorrow 9:00 or 25.11. 18:30.")
    day, clock = said.day or local.date(), said.clock or otherwise
    return datetime.combine(day, clock, zone).astimezone(desk.now.tzinfo)


def _words(talk: Talk, desk: DeskView) -> tuple[dict[str, str], tuple[Media, ...]]:
    """The words in the estate's first language, and in as many others as somebody writes."""
    first, *others = desk.estate.languages
    asked = _(
        "What shall I tell them? Write it in {language}; pictures are welcome.", language=own_name(first)
    )
    told = talk.describe("words", asked)
    words = {first: told.words}
    for language in others:
        asked = _("The same in {language}, for those who read that. Or skip it.", language=own_name(language))
        other = talk.describe(f"words/{language.lower()}", asked, optional=True)
        if other.words:
            words[language] = other.words
    return words, told.media


def _lines(desk: DeskView, order: Announce, homes: tuple[Home, ...]) -> list[Line]:
    scope = Announcement(
        estate_id=order.estate_id,
        author_id=desk.person.id,
        words=order.words,
        building=order.building,
        floor=order.floor,
        start=desk.now,
        made_at=desk.now,
    )
    reached = sum(concerns(scope, home) for home in homes)
    when = [Line(_("From"), order.start or _("From now on"), "start")] if order.outage else []
    when += [Line(_("Until"), order.until or _("Not known yet"), "until")] if order.outage else []
    return [
        Line(
            _("For"),
            Joined((place(order.building, order.floor), _n("{n} home", "{n} homes", reached))),
            "whom",
        ),
        Line(_("About"), OFF[order.outage] if order.outage else _("Something else"), "off"),
        *when,
        *[Line(own_name(language), words or "—", "words") for language, words in order.words.items()],
    ]


def place(building: str, floor: int | None) -> Value:
    """Whom an announcement is for, in words."""
    if not building:
        return _("The whole estate")
    if floor is None:
        return _("Building {name}", name=building)
    return _("Building {name}, floor {n}", name=building, n=floor)


def prolong(talk: Talk, desk: DeskView) -> Prolong:
    """It takes longer than was said."""
    number = talk.subject.get("announcement")
    announcement = desk.work.announcements.get(number if isinstance(number, int) else 0)
    post_among(desk.work, desk.person, announcement.estate_id, OFFICE, desk.now)
    until = talk.line("until", _("Until when now? For example: today 20:00"), lambda line: _later(line, desk))
    return Prolong(announcement_id=announcement.id, until=until)


def _later(line: str, desk: DeskView) -> datetime | Text:
    end = moment(line, desk, ENDS)
    if isinstance(end, Text) or end > desk.now:
        return end
    return _("This time has passed. Please write a later one.")


def known(talk: Talk, desk: DeskView, home: Home, kind: str) -> Heard | None:
    """Whether the resident is about to report what is announced already, and says that this is it; None goes
    on with the report."""
    lasting = desk.work.announcements.lasting(home.estate_id)
    announcement = explanation(lasting, kind, home, desk.now)
    if announcement is None:
        return None
    same = talk.choose(
        f"known/{announcement.id}",
        notice(announcement, desk),
        [
            Option("same", _("👌 Then I wait"), True),
            Option("other", _("It is something else: report it"), False),
        ],
    )
    return Heard(announcement_id=announcement.id, home_id=home.id) if same else None


def notice(announcement: Announcement, desk: DeskView) -> Value:
    """What is known, for somebody who was about to report it."""
    language, words = words_for(announcement, (desk.person.language or "", *desk.estate.languages))
    quote = cut(Typed(words, language, quotation=True), SHOWN)
    until = (
        _("It is expected to be over by {until}.", until=announcement.until)
        if announcement.until
        else _("We do not know yet how long it takes.")
    )
    return Lines((_("📢 <b>We know of this already:</b>"), quote, until, _("I tell you when it is over.")))
