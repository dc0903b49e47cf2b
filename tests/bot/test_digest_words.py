"""The words of the digest: what a manager reads, and that it fits below a picture."""

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.digests.words import cut, digest_text, lists
from desk.figures import Comment, DayFigures, Digest, KindCount, Oldest
from desk.records import Promises
from locales.words import words

DAY = date(2026, 3, 10)
WEEK = tuple(
    DayFigures(
        day=DAY - timedelta(days=ago), new=10, closed=9, backlog=12, score=Decimal("4.5"), score_count=4
    )
    for ago in range(7, 0, -1)
)
QUIET = Digest(
    estate_id=1, estate="Lotus & Pine", day=DayFigures(day=DAY), week=WEEK, promises=Promises(), reviews=0
)
#: Telegram's limit for the caption of a photo, in UTF-16 units after parsing
CAPTION = 1024

BUSY: Mapping[str, Any] = {
    "new": 14,
    "closed": 6,
    "backlog": 23,
    "oldest": Oldest(number=1023, kind="leak", age=timedelta(days=4, hours=3)),
    "unclaimed": 2,
    "late": 3,
    "claim_median": timedelta(minutes=42),
    "solve_median": timedelta(hours=21),
    "score": Decimal("3.50"),
    "score_count": 4,
    "satisfied": 2,
    "worst": Comment(number=1010, score=1, words="I waited\n three <days>!"),
    "kinds": (KindCount(kind="leak", count=4),),
}

GOLDEN = """\
<b>Lotus &amp; Pine</b> · Tue, Mar 10
<b>To do today:</b> 3 late · 2 unclaimed · 1 low score to look into

New: <b>14</b> ↑ (10)
Closed: <b>6</b> ↓ (9)
Open: <b>23</b> ↑ (12) ⚠️ growing
Oldest: R-1023 Leak / seepage, 4 days
Unclaimed: <b>2</b> ↑ (0)
Late: <b>3</b> ↑ (0)
Half claimed within <b>42 minutes</b> ⚠️ promised: 30 minutes
Half solved within <b>21 hours</b>
Score: <b>3.5</b> of 5, from 4 residents ↓ (4.5) ⚠️ 50% satisfied, promised 90%
<i>In brackets: the average of the 7 days before.</i>

The lowest score, 1 of 5 for R-1010:
<blockquote>I waited three &lt;days&gt;!</blockquote>"""


def busy(**changes) -> Digest:
    """A day on which much went wrong."""
    return replace(QUIET, day=DayFigures(day=DAY, **{**BUSY, **changes}), reviews=1)


def read(digest: Digest, language: str = "en") -> str:
    """What is sent."""
    return words(language, "Asia/Shanghai").html(digest_text(digest))


def units(sent: str) -> int:
    """The length that Telegram counts."""
    return len(html.unescape(re.sub("<[^>]+>", "", sent)).encode("utf-16-le")) // 2


def test_a_bad_day_begins_with_what_needs_doing():
    assert read(busy()) == GOLDEN


def test_a_good_day_says_so():
    good = busy(late=0, unclaimed=0)
    told = read(replace(good, reviews=0)).splitlines()
    assert told[1] == "Nothing is late, and every open request has somebody."
    assert not any(line.startswith(("Late", "Unclaimed")) for line in told)


def test_a_quiet_day_is_two_lines():
    assert read(QUIET) == (
        "<b>Lotus &amp; Pine</b> · Tue, Mar 10\nA quiet day: nothing came in, and nothing is open."
    )


def test_a_quiet_day_still_names_what_waits():
    waiting = replace(QUIET, day=DayFigures(day=DAY, backlog=2, late=1))
    assert read(waiting).splitlines()[1:3] == [
        "A quiet day: nothing new, nothing closed.",
        "<b>To do today:</b> 1 late",
    ]


def test_a_new_estate_is_not_compared_with_days_before_it_began():
    begun = replace(busy(), week=tuple(DayFigures(day=day.day) for day in WEEK))
    told = read(begun)
    assert "New: <b>14</b>\n" in told
    assert "In brackets" not in told


def test_a_kind_that_is_no_longer_known_goes_by_its_code():
    old = Oldest(number=7, kind="gone<kind", age=timedelta(days=1))
    assert "R-7 gone&lt;kind, " in read(busy(oldest=old))


def test_lists_are_those_with_something_in_them():
    assert lists(QUIET) == ()
    assert lists(busy(late=0)) == ("new", "backlog", "unclaimed", "scores", "reviews")


@pytest.mark.parametrize(
    "said, most, found",
    [("a  b\nc", 10, "a b c"), ("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("😀😀😀😀", 6, "😀😀…")],
)
def test_words_are_cut_by_the_characters_that_telegram_counts(said: str, most: int, found: str):
    assert cut(said, most) == found


numbers = st.integers(0, 10**9)
spans = st.timedeltas(timedelta(), timedelta(days=9999))
typed = st.text(max_size=600)
whole_days = st.builds(
    DayFigures,
    day=st.just(DAY),
    new=numbers,
    closed=numbers,
    backlog=numbers,
    oldest=st.none()
    | st.builds(Oldest, number=numbers, kind=st.sampled_from(["leak", "exit_blocked"]) | typed, age=spans),
    unclaimed=numbers,
    late=numbers,
    claim_median=st.none() | spans,
    solve_median=st.none() | spans,
    score=st.none() | st.decimals(1, 5, places=2),
    score_count=st.integers(1, 10**9),
    worst=st.none() | st.builds(Comment, number=numbers, score=st.integers(1, 3), words=typed),
)


@pytest.mark.parametrize("language", ["en", "zh_CN", "ar", "de", "ru"])
@given(day=whole_days, before=whole_days, name=typed, reviews=numbers)
def test_the_digest_fits_below_a_picture(
    language: str, day: DayFigures, before: DayFigures, name: str, reviews: int
):
    digest = replace(QUIET, day=day, week=(before,) * 7, estate=name, reviews=reviews)
    assert units(read(digest, language)) <= CAPTION


def test_the_longest_digest_leaves_room_for_wordier_languages():
    longest = replace(busy(worst=Comment(number=1, score=1, words="长" * 999)), estate="字" * 999)
    assert units(read(longest)) < CAPTION * 3 / 4
