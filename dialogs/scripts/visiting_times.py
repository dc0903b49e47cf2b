"""When a visitor comes and goes: days and times by tap or typed, within what the estate allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk.records.rules import VisitorRules
from desk.records.visitors import Days, Mode
from desk.visit_rules import LATE, at_that_hour, longest
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.questions.moments import Told, told
from dialogs.said import Said
from dialogs.talk import Talk
from locales.text import Joined, Span, Text, Value, _, _n

WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
#: what is offered to tap: days ahead, hours of a day, and how long a visit lasts
DAYS_AHEAD, HOURS = range(2, 5), range(8, 22, 2)
STAYS = (timedelta(hours=1), timedelta(hours=2), timedelta(hours=4), timedelta(hours=8))
#: how long a visit lasts of which only the beginning was told
STAY = timedelta(hours=4)
MANY_DAYS = (timedelta(days=1), timedelta(days=2), timedelta(days=3), timedelta(days=7))
MANY_WEEKS = (timedelta(days=7), timedelta(days=30), timedelta(days=60), timedelta(days=89))
FIRST_HOURS, LAST_HOURS = (7, 8, 9, 12, 14, 18), (10, 12, 14, 17, 18, 20, 22)


@dataclass(frozen=True, slots=True)
class Times:
    """From when until when; of a regular visitor, on which days and between which hours."""

    start: datetime
    end: datetime
    days: Days | None = None
    #: of a regular visitor, the last day
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The estate's clock and rules at this moment of the conversation."""

    now: datetime
    zone: ZoneInfo
    rules: VisitorRules

    @property
    def local(self) -> datetime:
        """Now, as the estate's clocks show it."""
        return self.now.astimezone(self.zone)

    def at(self, day: date, clock: time) -> datetime:
        """A moment of the estate's day, in UTC."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def written(self, moment: date) -> str:
        """A day or a moment so that it is read again as the same."""
        if isinstance(moment, datetime):
            return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"
        return moment.isoformat()

    def told(self, line: str) -> Told | Text:
        """What somebody typed."""
        return told(line, self.local) or _(
            "I do not understand this time. Write it like: tomorrow 15:00 · 25.11. 18:30 · 18:30."
        )


def times(talk: Talk, calendar: Calendar, mode: Mode, first: Said | None = None) -> Times:
    """Everything about when; what the first words told is not asked."""
    if mode is Mode.REGULAR:
        return _regular(talk, calendar)
    start = _start(talk, calendar, first)
    return Times(start, _end(talk, calendar, mode, start, first))


# ── the beginning ──


def _start(talk: Talk, calendar: Calendar, first: Said | None) -> datetime:
    day = talk.when(
        "from",
        _("When do they come? Tap a day, or write it: “tomorrow 15:00”, “25.11. 18:30”."),
        lambda line: _day_or_moment(line, calendar),
        tuple(_days(calendar)),
        calendar.written,
        _told_start(first, calendar) if first else None,
    )
    if isinstance(day, datetime):
        return day
    return talk.when(
        f"from/{day:%Y%m%d}",
        _("At what time on {day}?", day=day),
        lambda line: _moment_of(line, day, calendar),
        tuple(_hours(day, calendar)),
        calendar.written,
    )


def _told_start(first: Said, calendar: Calendar) -> tuple[date] | None:
    """From when, as the first words told: of a whole day, from when visits begin; nothing that may not be,
    nor what has passed meanwhile."""
    start, end = first.start, first.end
    if start is None or end is None or max(start + LATE, end) <= calendar.now:
        return None
    if end - start >= timedelta(days=1):
        opens = calendar.rules.hours[0] if calendar.rules.hours else time()
        start = calendar.at(start.astimezone(calendar.zone).date(), opens)
    begins = _may_begin(max(start, calendar.now), calendar)
    return None if isinstance(begins, Text) else (begins,)


def _told_end(first: Said, calendar: Calendar, mode: Mode, start: datetime) -> tuple[datetime]:
    """Until when, as the first words told; a visit at a point in time lasts a while."""
    most = start + longest(calendar.rules, mode)
    told = first.end if first.end is not None and first.end > start else start + STAY
    return (min(told, most),)


def _days(calendar: Calendar) -> Iterator[Suggestion]:
    today = calendar.local.date()
    if at_that_hour(calendar.rules, calendar.local.time()):
        yield Suggestion("now", _("Now"), calendar.written(calendar.now))
    named: list[tuple[int, Value]] = [(0, _("Today")), (1, _("Tomorrow"))]
    named += [(ahead, today + timedelta(days=ahead)) for ahead in DAYS_AHEAD]
    for ahead, label in named:
        day = today + timedelta(days=ahead)
        if ahead <= calendar.rules.ahead.days:
            yield Suggestion(f"{day:%Y%m%d}", label, day.isoformat())


def _hours(day: date, calendar: Calendar) -> Iterator[Suggestion]:
    for hour in HOURS:
        moment = calendar.at(day, time(hour))
        if not isinstance(_may_begin(moment, calendar), Text):
            yield Suggestion(f"{hour}", time(hour), calendar.written(moment))


def _day_or_moment(line: str, calendar: Calendar) -> date | Text:
    said = calendar.told(line)
    if isinstance(said, Text):
        return said
    day = said.day or calendar.local.date()
    if said.clock is not None:
        return _may_begin(calendar.at(day, said.clock), calendar)
    if day < calendar.local.date():
        return _past(day)
    return day if calendar.at(day, time()) <= calendar.now + calendar.rules.ahead else _far(calendar)


def _moment_of(line: str, day: date, calendar: Calendar) -> datetime | Text:
    said = calendar.told(line)
    if isinstance(said, Text):
        return said
    if said.clock is None:
        return _("At what time? Write it like 18:30.")
    return _may_begin(calendar.at(said.day or day, said.clock), calendar)


def _may_begin(moment: datetime, calendar: Calendar) -> datetime | Text:
    rules = calendar.rules
    if moment < calendar.now - LATE:
        return _past(moment)
    if moment > calendar.now + rules.ahead:
        return _far(calendar)
    fits = at_that_hour(rules, moment.astimezone(calendar.zone).time())
    return moment if fits else _outside(rules)


def _past(moment: date) -> Text:
    return _("{moment} has passed already.", moment=moment)


def _far(calendar: Calendar) -> Text:
    return _("Visitors can be registered at most {ahead} ahead.", ahead=calendar.rules.ahead)


def _outside(rules: VisitorRules) -> Text:
    opens, closes = rules.hours or (time(), time())
    return _("Visits begin between {opens} and {closes} here.", opens=opens, closes=closes)


# ── the end ──


def _end(talk: Talk, calendar: Calendar, mode: Mode, start: datetime, first: Said | None) -> datetime:
    most = longest(calendar.rules, mode)
    lengths = MANY_DAYS if mode is Mode.SEVERAL else STAYS
    offered = [_stay(length, start, calendar) for length in lengths if length <= most]
    return talk.when(
        f"until/{mode}",
        _("Until when? Tap, or write it: “20:00”, “tomorrow 12:00”."),
        lambda line: _may_end(line, start, most, calendar),
        offered,
        calendar.written,
        _told_end(first, calendar, mode, start) if first else None,
    )


def _stay(length: timedelta, start: datetime, calendar: Calendar) -> Suggestion:
    end = (start + length).astimezone(calendar.zone)
    same_day = end.date() == start.astimezone(calendar.zone).date()
    label = Joined((length, end.time() if same_day else end), " → ")
    return Suggestion(f"{length // timedelta(hours=1)}h", label, calendar.written(start + length))


def _may_end(line: str, start: datetime, most: timedelta, calendar: Calendar) -> datetime | Text:
    said = calendar.told(line)
    if isinstance(said, Text):
        return said
    begins = start.astimezone(calendar.zone).date()
    end = calendar.at(said.day or begins, said.clock or time(23, 59))
    if end <= start:
        return _("That would be before they come ({start}). Until when do they stay?", start=start)
    if end <= calendar.now:
        return _past(end)
    if end - start > most:
        return _("A visit may last at most {longest} here.", longest=most)
    return end


# ── regular visits ──


def _regular(talk: Talk, calendar: Calendar) -> Times:
    options = [Option(f"{number}", name, number) for number, name in enumerate(WEEKDAYS)]
    ticked = talk.tick("days", _("On which days? Skip means every day."), options, columns=4)
    prompt = _("From what time of the day?")
    opens = talk.line("from/day", prompt, lambda line: _first_hour(line, calendar), _clocks(FIRST_HOURS))
    later = tuple(hour for hour in LAST_HOURS if time(hour) > opens)
    closes = talk.line(
        "until/day", _("Until what time?"), lambda line: _last_hour(line, opens, calendar), _clocks(later)
    )
    last = talk.when(
        "until/last",
        _("Until which day is the pass good? Tap, or write a date."),
        lambda line: _last_day(line, calendar),
        tuple(_weeks(calendar)),
        calendar.written,
    )
    days = Days(weekdays=ticked or tuple(range(7)), opens=opens, closes=closes)
    return Times(calendar.now, calendar.at(last + timedelta(days=1), time()), days, last)


def _clocks(hours: Sequence[int]) -> list[Suggestion]:
    return [Suggestion(f"{hour}", time(hour), f"{hour:02}:00") for hour in hours]


def _clock(line: str, calendar: Calendar) -> time | Text:
    said = calendar.told(line)
    if isinstance(said, Text):
        return said
    return said.clock or _("At what time? Write it like 18:30.")


def _first_hour(line: str, calendar: Calendar) -> time | Text:
    clock = _clock(line, calendar)
    return (
        clock if isinstance(clock, Text) or at_that_hour(calendar.rules, clock) else _outside(calendar.rules)
    )


def _last_hour(line: str, opens: time, calendar: Calendar) -> time | Text:
    clock = _clock(line, calendar)
    if isinstance(clock, Text) or clock > opens:
        return clock
    return _("That would be before they come ({start}). Until when do they stay?", start=opens)


def _weeks(calendar: Calendar) -> Iterator[Suggestion]:
    for length in MANY_WEEKS:
        if length < calendar.rules.regular:
            day = calendar.local.date() + length
            yield Suggestion(f"{day:%Y%m%d}", day, day.isoformat())


def _last_day(line: str, calendar: Calendar) -> date | Text:
    said = calendar.told(line)
    if isinstance(said, Text):
        return said
    if said.day is None:
        return _("Please write a date, like 25.11. or 2026-11-25.")
    if said.day < calendar.local.date():
        return _past(said.day)
    end = calendar.at(said.day + timedelta(days=1), time())
    if end > calendar.now + calendar.rules.regular:
        return _(
            "A pass for regular visits is good for at most {longest} here.", longest=calendar.rules.regular
        )
    return said.day


# ── in words ──


def in_words(start: datetime, end: datetime, days: Days | None, zone: str) -> Value:
    """When somebody is expected; a regular visitor until the last day, which ends at midnight."""
    if days is None:
        return Span(start, end)
    last = (end - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).date()
    return _(
        "{days}, {opens}–{closes}, until {end}",
        days=weekdays(days),
        opens=days.opens,
        closes=days.closes,
        end=last,
    )


def weekdays(days: Days) -> Value:
    """On which days."""
    if len(days.weekdays) == len(WEEKDAYS):
        return _("every day")
    return Joined(tuple(WEEKDAYS[day] for day in days.weekdays), ", ")


def people_in_words(count: int) -> Text:
    """How many they are."""
    return _n("{n} person", "{n} people", count)
