"""The page of the digest, from top to bottom: what needs doing, six figures, eight days, top kinds."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.digests.charts import MARGIN, PADDING, days_card, kinds_card
from bot.digests.sheet import CARD, INK, MUTED, WIDTH, Sheet
from bot.digests.words import ARROWS, headline
from desk.comparison import Amount, Comparison, Concern, Figure, compare, concerns
from desk.figures import Digest
from locales.text import Joined, Text, Value, _, _n
from locales.words import Words, words

GOOD, BAD = "#1a7a48", "#b3261e"
CALM_FILL, URGENT_FILL = "#e3f3ea", "#fbe6e4"

TILES: tuple[tuple[Figure, Text], ...] = (
    (Figure.BACKLOG, _("Open")),
    (Figure.LATE, _("Late")),
    (Figure.UNCLAIMED, _("Unclaimed")),
    (Figure.CLAIM, _("Median time to claim")),
    (Figure.SOLVE, _("Median time to solve")),
    (Figure.SCORE, _("Score")),
)
CONCERNS = {
    Figure.BACKLOG: Concern.GROWING,
    Figure.LATE: Concern.LATE,
    Figure.UNCLAIMED: Concern.UNCLAIMED,
    Figure.CLAIM: Concern.SLOW_CLAIM,
    Figure.SOLVE: Concern.SLOW_SOLVE,
    Figure.SCORE: Concern.UNHAPPY,
}
GAP = 16
#: of what today asks for, and of how today was measured, which takes a line more
TILE_WIDTH = (WIDTH - 2 * MARGIN - 2 * GAP) / 3
TILE_ROWS = ((206, 156), (378, 186))

Box = tuple[tuple[float, float], tuple[float, float]]


def page(picture: Mapping[str, Any]) -> bytes:
    """Draws the digest of a payload for its reader, as a PNG."""
    digest, reader = Digest.from_json(picture["digest"]), words(picture["language"], picture["zone"])
    sheet = Sheet(reader.language, mirrored=reader.right_to_left)
    _header(sheet, reader, digest)
    _strip(sheet, reader, digest)
    for place, (figure, name) in enumerate(TILES):
        row, column = divmod(place, 3)
        top, height = TILE_ROWS[row]
        box = (MARGIN + column * (TILE_WIDTH + GAP), top), (TILE_WIDTH, height)
        _tile(sheet, reader, digest, figure, name, box)
    days_card(sheet, reader, (*digest.week, digest.day), 580)
    kinds_card(sheet, reader, digest, 1024)
    return sheet.png()


def _header(sheet: Sheet, reader: Words, digest: Digest) -> None:
    day = reader.plain(digest.day.day)
    sheet.words((WIDTH - MARGIN, 88), day, 32, colour=MUTED, align="right", width=240)
    sheet.words((MARGIN, 88), digest.estate, 46, bold=True, width=WIDTH - 2 * MARGIN - 270)


def _strip(sheet: Sheet, reader: Words, digest: Digest) -> None:
    """What needs doing, or that nothing does: told by words and a sign, not by colour alone."""
    urgent, said = headline(digest)
    colour, fill, sign = (BAD, URGENT_FILL, "!") if urgent else (GOOD, CALM_FILL, "✓")
    sheet.box((MARGIN, 122), (WIDTH - 2 * MARGIN, 68), fill, round=20)
    sheet.words((MARGIN + 34, 166), sign, 32, colour=colour, bold=True, align="center")
    room = WIDTH - 2 * MARGIN - 68 - PADDING
    sheet.words((MARGIN + 64, 166), reader.plain(said), 29, colour=colour, bold=True, width=room)


def _tile(sheet: Sheet, reader: Words, digest: Digest, figure: Figure, name: Text, box: Box) -> None:
    (x, y), (wide, _high) = box
    left, room = x + PADDING, wide - 2 * PADDING
    worrying, compared = CONCERNS[figure] in concerns(digest), compare(digest, figure)
    sheet.box(*box, CARD, edge=BAD if worrying else CARD, round=22)
    sheet.words((left, y + 40), reader.plain(name), 24, colour=MUTED, width=room - 16)
    if worrying:
        sheet.words((x + wide - 20, y + 42), "!", 32, colour=BAD, bold=True, align="right")
    colour = MUTED if compared.now is None else BAD if worrying else INK
    now = "–" if compared.now is None else reader.plain(short(compared.now))
    sheet.words((left, y + 103), now, 58, colour=colour, bold=compared.now is not None, width=room)
    below = [(_usual(compared), _mood(compared)), (_measure(digest, figure), MUTED)]
    for place, (said, mood) in enumerate(line for line in below if line[0] != ""):
        sheet.words((left, y + 138 + 31 * place), reader.plain(said), 23, colour=mood, width=room)


def _usual(compared: Comparison) -> Value:
    if compared.usual is None:
        return ""
    arrow = ARROWS.get(compared.trend, "") if compared.trend else ""
    return Joined((arrow, _("usually {usual}", usual=short(compared.usual))), mark=" ")


def _measure(digest: Digest, figure: Figure) -> Value:
    """What a figure is to be measured by."""
    match figure:
        case Figure.CLAIM:
            return _("promised {promise}", promise=short(digest.promises.respond))
        case Figure.SOLVE:
            return _("promised {promise}", promise=short(digest.promises.solve))
        case Figure.SCORE if digest.day.score_count:
            return _n("{n} answer", "{n} answers", digest.day.score_count)
    return ""


def _mood(compared: Comparison) -> str:
    if compared.better is None:
        return MUTED
    return GOOD if compared.better else BAD


def short(amount: Amount) -> Value:
    """An amount that fits a tile: times in minutes, hours with one decimal, or days."""
    if not isinstance(amount, timedelta):
        return amount
    minutes = amount / timedelta(minutes=1)
    if minutes < 90:
        return _("{n} min", n=round(minutes))
    if minutes < 72 * 60:
        return _("{n} h", n=round(minutes / 60, 1))
    return _("{n} d", n=round(minutes / 60 / 24, 1))
