"""An estate's own kinds, hotline and days off: in its file, in its spreadsheet, and as they are imported."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.setup.documents import WrongFile
from bot.setup.estate_file import EstateFile, read_estate_file
from bot.setup.import_estate import import_estate
from desk.catalogue import catalogue
from desk.records import Place, Priority, Role, Terms
from desk.records.kinds import EstateKind
from storage.memory import MemoryDatabase
from tests.bot.counter import DAY, GROUP, Counter
from tests.bot.estate import ISSUE, reader
from tests.bot.workbook import write_workbook

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
OWN = """
[emergency]
hotline = "400-800-1234"
repeat = "2m"
owners_after = 1
[calendar]
public = false
closed = ["2026-10-08", 2026-12-24]
[[kinds]]
code = "leak"
title = { en = "Drip", zh_CN = "滴水" }
queue = "plumbing"
respond = "10m"
photo = true
[[kinds]]
code = "piano"
group = "paid"
title = { en = "Move a piano" }
price = "300.00"
unit = { en = "per floor" }
priority = "urgent"
place = "building"
[[kinds]]
code = "tv"
off = true
"""


def test_everything_that_an_estate_can_say(tmp_path: Path):
    file = reader(tmp_path)(ISSUE + OWN)
    rules = file.estate.rules
    assert (rules.emergency.hotline, rules.emergency.repeat) == ("400-800-1234", timedelta(minutes=2))
    assert (rules.emergency.owners_after, rules.calendar.public) == (1, False)
    assert rules.calendar.closed == (date(2026, 10, 8), date(2026, 12, 24))
    leak, piano, tv = file.kinds
    assert (leak.queue, leak.respond, leak.photo, leak.terms) == (
        "plumbing",
        timedelta(minutes=10),
        True,
        None,
    )
    assert piano == EstateKind(
        estate_id=0,
        code="piano",
        group="paid",
        title={"en": "Move a piano"},
        priority=Priority.URGENT,
        terms=Terms(kind="paid", amount=Decimal("300.00"), unit={"en": "per floor"}),
        place=Place.BUILDING,
    )
    assert tv.off


def test_a_spreadsheet_says_the_same(tmp_path: Path):
    book: dict[str, list[list[str | float]]] = {
        "estate": [
            ["name", "time_zone", "emergency.hotline", "calendar.closed"],
            ["Sunny Court", "Asia/Shanghai", "119 9999", "2026-10-08,2026-12-24"],
        ],
        "queues": [["code", "title.en"], ["plumbing", "Plumbing"]],
        "kinds": [
            ["code", "group", "title.en", "off", "price", "unit.en"],
            ["piano", "paid", "Move a piano", "false", 300, "per floor"],
            ["tv", "", "", "true", "", ""],
        ],
    }
    file = read_estate_file(write_workbook(tmp_path / "own.xlsx", book))
    assert file.estate.rules.emergency.hotline == "119 9999"
    assert file.estate.rules.calendar.closed == (date(2026, 10, 8), date(2026, 12, 24))
    assert [(one.code, one.off) for one in file.kinds] == [("piano", False), ("tv", True)]
    assert file.kinds[0].terms == Terms(kind="paid", amount=Decimal(300), unit={"en": "per floor"})


@pytest.mark.parametrize(
    "wrong, why",
    [
        ('[[kinds]]\ncode = "leek"', 'did you mean "leak"'),
        ('[[kinds]]\ncode = "piano"\ngroup = "paid"', "needs a title"),
        ('[[kinds]]\ncode = "paid"\ngroup = "paid"', "is a group"),
        ('[[kinds]]\ncode = "leak"\nprice = "-1"', "not below zero"),
        ('[[kinds]]\ncode = "leak"\nterms = "gratis"', "must be one of free, paid, warranty"),
        ('[[kinds]]\ncode = "leak"\npriority = "emergency"', "must be one of normal, urgent"),
        ('[[kinds]]\ncode = "leak"\noff = "perhaps"', "must be true or false"),
        ('[[kinds]]\ncode = "Leak"', "characters a-z 0-9 _"),
        ('[[kinds]]\ncode = "leak"\n[[kinds]]\ncode = "leak"', "is there twice"),
        ('[calendar]\nclosed = ["8 October"]', "is no day such as"),
        ("[emergency]\nmost = 0", "whole number from 1 to 1000"),
    ],
)
def test_a_mistake_is_said_with_its_line(tmp_path: Path, wrong: str, why: str):
    with pytest.raises(WrongFile) as told:
        reader(tmp_path)(f"{ISSUE}{wrong}\n")
    assert why in str(told.value)


def imported(file: EstateFile, database: MemoryDatabase) -> tuple[str, ...]:
    """What importing it says."""
    with database.write() as work:
        return import_estate(work, file, NOW)


def test_importing_twice_changes_nothing_and_what_is_left_out_stays(tmp_path: Path):
    database, read = MemoryDatabase(), reader(tmp_path)
    assert {"kind leak: added", "kind tv: added"} <= set(imported(read(ISSUE + OWN), database))
    assert "kind leak: unchanged" in imported(read(ISSUE + OWN), database)
    imported(read(ISSUE), database)
    with database.read() as work:
        (estate,) = work.estates.all()
        offered = catalogue(work, estate.id).kinds
    assert "tv" not in offered
    assert offered["piano"].terms.amount == Decimal(300)


def test_a_queue_that_there_is_not_is_said(tmp_path: Path):
    with pytest.raises(Exception, match="moving"):
        imported(reader(tmp_path)(f'{ISSUE}[[kinds]]\ncode = "leak"\nqueue = "moving"\n'), MemoryDatabase())


def test_a_kind_of_its_own_is_found_by_its_name_and_stands_on_card_and_digest(counter: Counter):
    piano = EstateKind(
        estate_id=counter.estate.id,
        code="piano",
        group="paid",
        title={"en": "Move a piano", "zh_CN": "搬运钢琴"},
        terms=Terms(kind="paid", amount=Decimal(300), unit={"en": "per floor", "zh_CN": "每层"}),
    )
    counter.write(lambda work: work.kinds.save(piano))
    counter.bind()
    lin, mei = counter.resident(), counter.staff("Mei", Role.MANAGER)
    lin.says("/repair", "please move our old piano")
    lin.picks("~done", "piano", "soon", "yes")
    assert "300" in lin.last().text
    assert "per floor" in lin.last().text
    lin.picks("~send")
    card = counter.postman.chat(GROUP)[-1].text
    assert "搬运钢琴" in card
    assert "每层" in card
    counter.later(DAY)
    assert "Move a piano" in mei.news()
