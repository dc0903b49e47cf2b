"""The charts of the digest: eight days of new and closed, what stayed open, and what came in most."""

from collections.abc import Sequence
from datetime import date

from bot.digests.sheet import CARD, INK, MUTED, RULE, WIDTH, Sheet
from bot.digests.words import kind_title
from desk.figures import DayFigures, Digest
from locales.text import Text, _
from locales.words import Words

NEW, CLOSED, CLOSED_EDGE, OPEN, OPEN_AREA = "#1d5fa8", "#b9dccb", "#2f7d5b", "#1b2530", "#e9edf2"
WEEKDAYS: tuple[Text, ...] = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))

#: the outer margin, and the one inside a card
MARGIN, PADDING = 40, 28
LEFT, RIGHT = MARGIN + PADDING, WIDTH - MARGIN - PADDING

Points = list[tuple[float, float]]


def days_card(sheet: Sheet, words: Words, days: Sequence[DayFigures], top: float) -> None:
    """Eight days from left to right: above what stayed open, below what came and went."""
    sheet.box((MARGIN, top), (WIDTH - 2 * MARGIN, 428), CARD, round=22)
    step = (RIGHT - LEFT) / len(days)
    middles = [LEFT + step * (place + 0.5) for place in range(len(days))]
    sheet.words((LEFT, top + 48), words.plain(_("Open at the end of the day")), 24, colour=MUTED)
    _backlog(sheet, words, [*zip(middles, (day.backlog for day in days), strict=True)], top + 92, top + 168)
    _legend(sheet, words, top + 222)
    _bars(sheet, words, [*zip(middles, days, strict=True)], step, top + 266, top + 364)
    for middle, day in zip(middles, days, strict=True):
        _name_day(sheet, words, middle, day.day, top + 400, last=day is days[-1])


def _backlog(sheet: Sheet, words: Words, counts: Points, top: float, floor: float) -> None:
    most = max(count for _x, count in counts) or 1
    points = [(x, floor - (floor - top) * count / most) for x, count in counts]
    sheet.area(points, floor, OPEN_AREA)
    sheet.line([(LEFT, floor), (RIGHT, floor)], RULE)
    sheet.line(points, OPEN, 4)
    for place in (0, -1):
        (x, y), bold = points[place], place == -1
        sheet.dot((x, y), OPEN, 16 if bold else 12)
        said = words.plain(int(counts[place][1]))
        sheet.words((x, y - 16), said, 28 if bold else 24, bold=bold, align="center", width=150)


def _legend(sheet: Sheet, words: Words, base: float) -> None:
    end = _key(sheet, words.plain(_("New")), (LEFT, base), NEW, NEW)
    _key(sheet, words.plain(_("Closed")), (end + 36, base), CLOSED, CLOSED_EDGE)


def _key(sheet: Sheet, name: str, at: tuple[float, float], fill: str, edge: str) -> float:
    x, base = at
    sheet.box((x, base - 19), (22, 22), fill, edge=edge, round=4)
    return sheet.words((x + 34, base), name, 24, colour=MUTED, width=400)


def _bars(
    sheet: Sheet,
    words: Words,
    days: Sequence[tuple[float, DayFigures]],
    step: float,
    top: float,
    floor: float,
) -> None:
    most = max(max(day.new, day.closed) for _x, day in days) or 1
    wide, scale = step * 0.34, (floor - top) / most
    for middle, day in days:
        pairs = ((middle - wide - 2, day.new, NEW, NEW), (middle + 2, day.closed, CLOSED, CLOSED_EDGE))
        for x, count, fill, edge in pairs:
            _bar(sheet, words, (x, floor), (wide, count * scale), count, (fill, edge))
    sheet.line([(LEFT, floor), (RIGHT, floor)], RULE)


def _bar(
    sheet: Sheet,
    words: Words,
    at: tuple[float, float],
    size: tuple[float, float],
    count: int,
    colours: tuple[str, str],
) -> None:
    (x, floor), (wide, high) = at, size
    if count:
        sheet.box((x, floor - high), size, colours[0], edge=colours[1], round=5)
        said = words.plain(count)
        sheet.words((x + wide / 2, floor - high - 8), said, 20, colour=MUTED, align="center", width=wide + 4)


def _name_day(sheet: Sheet, words: Words, x: float, day: date, base: float, *, last: bool) -> None:
    name = f"{words.plain(WEEKDAYS[day.weekday()])} {day.day}"
    sheet.words((x, base), name, 22, colour=INK if last else MUTED, bold=last, align="center", width=110)


def kinds_card(sheet: Sheet, words: Words, digest: Digest, top: float) -> None:
    """The most frequent kinds of the day, a bar each."""
    kinds = digest.day.kinds
    sheet.box((MARGIN, top), (WIDTH - 2 * MARGIN, 288), CARD, round=22)
    sheet.words((LEFT, top + 48), words.plain(_("What came in most")), 24, colour=MUTED)
    if not kinds:
        sheet.words((LEFT, top + 120), words.plain(_("Nothing came in.")), 30)
    most = max((kind.count for kind in kinds), default=1)
    for place, kind in enumerate(kinds):
        title = words.plain(kind_title(kind.kind, digest.names))
        _kind(sheet, title, words.plain(kind.count), kind.count / most, top + 92 + 42 * place)


def _kind(sheet: Sheet, title: str, count: str, share: float, base: float) -> None:
    bar, longest = LEFT + 370, RIGHT - LEFT - 370 - 130
    wide = max(longest * share, 6)
    sheet.words((LEFT, base), title, 26, width=350)
    sheet.box((bar, base - 23), (wide, 28), NEW, round=5)
    sheet.words((bar + wide + 14, base), count, 26, bold=True, width=116)
