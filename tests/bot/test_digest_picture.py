"""The picture of the digest: a PNG for a telephone, in whatever language, with every sign drawn."""

import builtins
import struct
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from bot.digests.picture import NoCharts, draw
from desk.figures import DayFigures, Digest, KindCount
from tests.bot.test_digest_words import QUIET, busy

fonts = pytest.importorskip("bot.digests.fonts", exc_type=ImportError)

PNG = b"\x89PNG\r\n\x1a\n"

NOTHING = replace(QUIET, week=tuple(DayFigures(day=day.day) for day in QUIET.week))
HUGE = busy(
    new=123_456,
    backlog=1_234_567,
    claim_median=timedelta(days=400),
    score=Decimal("1.00"),
    score_count=99_999,
    kinds=tuple(KindCount(kind=f"gone_{'x' * 60}{n}", count=10**n) for n in range(5)),
)


def drawn(digest: Digest, language: str = "en") -> bytes:
    return draw({"digest": digest.to_json(), "language": language, "zone": "Asia/Shanghai"})


def check_png(found: bytes) -> None:
    """A whole PNG of the right size."""
    assert found.startswith(PNG)
    assert struct.unpack(">II", found[16:24]) == (1080, 1350)
    assert found.endswith(b"IEND" + struct.pack(">I", zlib.crc32(b"IEND")))
    assert len(found) < 1_000_000


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("digest", [QUIET, NOTHING, busy(), HUGE], ids=["quiet", "nothing", "bad", "huge"])
def test_every_day_can_be_drawn(digest: Digest, language: str):
    check_png(drawn(digest, language))


@pytest.mark.parametrize("language", ["ar", "vi", "zh_TW"])
def test_every_script_can_be_drawn(language: str):
    check_png(drawn(busy(), language))


@pytest.mark.parametrize(
    "name",
    ["翠湖花园三期", "حدائق الضفة", "Сады", "$x_1$ {a} \\frac", "🌳 Oak 🏡", "a\nb\x00\ud800", "W" * 300, ""],
)
def test_a_name_of_any_script_is_drawn_without_a_missing_sign(name: str):
    # A missing sign would be a warning of matplotlib, and warnings are errors here.
    check_png(drawn(replace(busy(), estate=name)))


def test_who_reads_from_the_right_sees_it_mirrored():
    from matplotlib.image import imread

    from bot.digests.sheet import Sheet

    ends, corners = [], []
    for mirrored in (False, True):
        sheet = Sheet("ar", mirrored=mirrored)
        sheet.box((0, 0), (50, 50), "#ff0000")
        ends.append(sheet.words((40, 90), "R-12", 30))
        drawn = imread(BytesIO(sheet.png()))
        corners.append([bool(drawn[25, x][1] < 0.1) for x in (25, 1080 - 25)])
    assert corners == [[True, False], [False, True]]
    assert ends[0] == pytest.approx(ends[1], abs=2)


def test_what_no_font_has_is_left_out():
    assert fonts.legible("翠湖🌳Oak\n", "zh_CN") == "翠湖Oak"


@pytest.mark.parametrize(
    "language, first", [("en", "Steward Latin"), ("zh_CN", "Steward Han 2"), ("ja", "Steward Han 0")]
)
def test_fonts_come_from_packages_and_suit_the_language(language: str, first: str):
    from matplotlib.font_manager import fontManager

    named = fonts.families(language)
    assert named[0] == first
    files = {entry.name: entry.fname for entry in fontManager.ttflist}
    assert all("site-packages" in files[name] for name in named)


def test_the_same_day_is_drawn_the_same_and_another_one_is_not():
    assert drawn(busy()) != drawn(busy(late=0))
    assert drawn(busy()) == drawn(busy())


def test_threads_may_draw_at_the_same_time():
    with ThreadPoolExecutor(3) as pool:
        pictures = list(pool.map(drawn, [busy(), QUIET, busy()]))
    assert pictures[0] == pictures[2] != pictures[1]


def test_without_the_charts_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def bare(name: str, *args, **kwargs):
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError("No module named 'matplotlib'", name="matplotlib")
        return real(name, *args, **kwargs)

    for module in ("page", "charts", "sheet", "fonts"):
        monkeypatch.delitem(sys.modules, f"bot.digests.{module}", raising=False)
    monkeypatch.setattr(builtins, "__import__", bare)
    with pytest.raises(NoCharts, match="charts"):
        drawn(QUIET)
