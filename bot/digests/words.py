"""The words of the daily digest: what needs doing first, then how the day went.

They become the caption of a picture, which Telegram limits to 1024 characters after parsing. All sentences
together stay well below that; the two parts that somebody typed are cut.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from desk.comparison import (
    SATISFACTION,
    Amount,
    Comparison,
    Concern,
    Figure,
    Trend,
    compare,
    concerns,
    nothing_happened,
)
from desk.figures import Comment, DayFigures, Digest
from desk.taxonomy import kinds
from locales.text import EMPTY, Joined, Lines, Text, Titles, Typed, Value, _, _n, lines, verbatim

#: the most of a resident's comment and of an estate's name, in Telegram's characters (UTF-16 units)
COMMENT = 200
NAME = 64
KIND = 40

ARROWS = {Trend.UP: "↑", Trend.DOWN: "↓"}


def digest_text(digest: Digest) -> Lines:
    """The digest to read: the caption of its picture, or a message of its own where none can be drawn."""
    title = Joined((_("<b>{name}</b>", name=cut(digest.estate, NAME)), digest.day.day))
    comment = digest.day.worst
    figures = tuple(_figures(digest))
    told = ("", *figures, _explanation(digest)) if figures else ()
    said = ("", *_comment(comment)) if comment else ()
    return lines(title, _quiet_but(digest), headline(digest)[1], *told, *said)


def lists(digest: Digest) -> tuple[str, ...]:
    """The lists that have something in them, for the buttons below the digest."""
    day = digest.day
    filled = {
        "new": day.new,
        "backlog": day.backlog,
        "unclaimed": day.unclaimed,
        "late": day.late,
        "scores": day.score_count,
        "reviews": digest.reviews,
    }
    return tuple(name for name, count in filled.items() if count)


def cut(words: str, most: int) -> str:
    """Somebody's words on one line, and no longer than this many of Telegram's characters."""
    units = " ".join(words.split()).encode("utf-16-le", "ignore")
    if len(units) <= 2 * most:
        return units.decode("utf-16-le")
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def kind_title(code: str, names: Mapping[str, Mapping[str, str]]) -> Value:
    """A kind of request by the estate's own name or the taxonomy's; the code itself if neither knows it."""
    if code in names:
        return Titles(names[code])
    kind = kinds().get(code)
    return Text(kind.title) if kind else verbatim(cut(code, KIND))


def to_do(digest: Digest) -> tuple[Text, ...]:
    """What a manager can do something about today, the most urgent first."""
    tasks = {
        Concern.LATE: _n("{n} late", "{n} late", digest.day.late),
        Concern.UNCLAIMED: _n("{n} unclaimed", "{n} unclaimed", digest.day.unclaimed),
        Concern.REVIEWS: _n("{n} low score to look into", "{n} low scores to look into", digest.reviews),
    }
    return tuple(tasks[concern] for concern in concerns(digest) if concern in tasks)


def headline(digest: Digest) -> tuple[bool, Value]:
    """Whether something needs doing today, and the one sentence that says what, or that nothing does."""
    tasks, quiet = to_do(digest), nothing_happened(digest.day)
    if tasks:
        return True, _("<b>To do today:</b> {tasks}", tasks=Joined(tasks))
    if not quiet:
        return False, _("Nothing is late, and every open request has somebody.")
    if not digest.day.backlog:
        return False, _("A quiet day: nothing came in, and nothing is open.")
    return False, _("A quiet day: nothing new, and nothing that cannot wait.")


def _quiet_but(digest: Digest) -> Text:
    """A day without news can still leave something to do."""
    busy = to_do(digest) and nothing_happened(digest.day)
    return _("A quiet day: nothing new, nothing closed.") if busy else EMPTY


def _explanation(digest: Digest) -> Text:
    known = compare(digest, Figure.BACKLOG).usual is not None
    return _("<i>In brackets: the average of the 7 days before.</i>") if known else EMPTY


def _figures(digest: Digest) -> Iterator[Value]:
    day = digest.day
    if not nothing_happened(day):
        yield _line(digest, Figure.NEW, _("New: <b>{now}</b>", now=day.new))
        yield _line(digest, Figure.CLOSED, _("Closed: <b>{now}</b>", now=day.closed))
    if day.backlog or not nothing_happened(day):
        yield from _backlog(digest)
    yield from _medians(digest)
    if day.score is not None:
        yield _score(digest)


def _backlog(digest: Digest) -> Iterator[Value]:
    day = digest.day
    growing = _("⚠️ growing") if Concern.GROWING in concerns(digest) else EMPTY
    yield _line(digest, Figure.BACKLOG, _("Open: <b>{now}</b>", now=day.backlog), growing)
    if day.oldest:
        about: dict[str, Value] = {
            "number": str(day.oldest.number),
            "kind": kind_title(day.oldest.kind, digest.names),
            "age": day.oldest.age,
        }
        yield _("Oldest: R-{number} {kind}, {age}", **about)
    if day.unclaimed:
        yield _line(digest, Figure.UNCLAIMED, _("Unclaimed: <b>{now}</b>", now=day.unclaimed))
    if day.late:
        yield _line(digest, Figure.LATE, _("Late: <b>{now}</b>", now=day.late))


def _medians(digest: Digest) -> Iterator[Value]:
    day, promises, missed = digest.day, digest.promises, concerns(digest)
    if day.claim_median is not None:
        slow = _promised(promises.respond) if Concern.SLOW_CLAIM in missed else EMPTY
        yield _line(digest, Figure.CLAIM, _("Half claimed within <b>{now}</b>", now=day.claim_median), slow)
    if day.solve_median is not None:
        slow = _promised(promises.solve) if Concern.SLOW_SOLVE in missed else EMPTY
        yield _line(digest, Figure.SOLVE, _("Half solved within <b>{now}</b>", now=day.solve_median), slow)


def _promised(within: Value) -> Text:
    return _("⚠️ promised: {promise}", promise=within)


def _score(digest: Digest) -> Value:
    day = digest.day
    told = _n(
        "Score: <b>{score}</b> of 5, from {n} resident",
        "Score: <b>{score}</b> of 5, from {n} residents",
        day.score_count,
        score=day.score or 0,
    )
    return _line(digest, Figure.SCORE, told, _unhappy(day) if Concern.UNHAPPY in concerns(digest) else EMPTY)


def _unhappy(day: DayFigures) -> Text:
    share, promise = 100 * day.satisfied // day.score_count, int(100 * SATISFACTION)
    return _("⚠️ {share}% satisfied, promised {promise}%", share=share, promise=promise)


def _line(digest: Digest, figure: Figure, told: Text, warning: Text = EMPTY) -> Joined:
    return Joined((told, _change(compare(digest, figure)), warning), mark=" ")


def _change(comparison: Comparison) -> Value:
    if comparison.usual is None or comparison.trend is None:
        return EMPTY
    usual = _("({usual})", usual=_rounded(comparison.usual))
    return Joined((ARROWS.get(comparison.trend, ""), usual), mark=" ")


def _rounded(usual: Amount) -> Amount:
    """An average of hours is said without its minutes."""
    hours = timedelta(hours=1)
    return round(usual / hours) * hours if isinstance(usual, timedelta) and usual > 2 * hours else usual


def _comment(comment: Comment) -> tuple[Value, Value]:
    about: dict[str, Value] = {"number": str(comment.number), "score": comment.score}
    return (
        _("The lowest score, {score} of 5 for R-{number}:", **about),
        Typed(cut(comment.words, COMMENT), quotation=True),
    )
