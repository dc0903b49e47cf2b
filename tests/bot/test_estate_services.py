"""Services in an estate's file: read, refused with their place, imported and imported again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.setup.documents import WrongFile
from bot.setup.errors import NotThere
from bot.setup.estate_file import EstateFile, read_estate_file
from bot.setup.import_estate import import_estate
from desk.records.services import Asks
from storage.memory import MemoryDatabase
from tests.bot.estate import ISSUE, reader

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
HALL = """
[[services]]
code = "hall"
title = { en = "Hall", zh_CN = "活动室" }
queue = "plumbing"
promise = "1d"
hours = { daily = "10:00-20:00" }
length = "2h"
room = 2
ticket = "H"
[[services.fields]]
code = "slot"
asks = "slot"
title = { en = "When?" }
[[services.fields]]
code = "size"
asks = "choice"
title = { en = "Which half?" }
options = { a = { en = "Left" }, b = { en = "Right" } }
[[services.fields]]
code = "note"
title = { en = "Anything else?" }
optional = true
"""


def test_a_service_is_read_with_its_questions(tmp_path: Path):
    file = reader(tmp_path)(ISSUE + HALL)
    ((queue, hall),) = file.services
    assert (queue, hall.code, hall.room, hall.ticket, hall.length) == (
        "plumbing",
        "hall",
        2,
        "H",
        timedelta(hours=2),
    )
    assert [(one.code, one.asks, one.optional) for one in hall.fields] == [
        ("slot", Asks.SLOT, False),
        ("size", Asks.CHOICE, False),
        ("note", Asks.WORDS, True),
    ]


@pytest.mark.parametrize(
    "good, bad, complaint",
    [
        ('code = "hall"', 'code = "the hall"', "code: a code must have 1 to 16"),
        ("room = 2", "room = 0", "room: must be a number from 1 to 1000"),
        ('ticket = "H"', 'ticket = "h"', "ticket: must be up to three capital letters"),
        ('asks = "slot"', 'asks = "slots"', '"slots" is not one of'),
        ('asks = "choice"', 'asks = "words"', "a choice, and only a choice, has options"),
        ('code = "note"', 'code = "size"', 'code "size" is there twice'),
        ('code = "note"', 'code = "review"', '"review" is asked anyway'),
        ('code = "note"', 'code = "note"\nasks = "slot"', "only one question may ask for a slot"),
        ("optional = true", 'optional = "yes"', "must be true or false"),
        ("optional = true", "optinal = true", 'unknown key "optinal"; did you mean "optional"?'),
        ('{ en = "When?" }', '{ tlh = "When?" }', '"tlh" is not spoken here'),
        ('{ en = "When?" }', f'{{ en = "{"W" * 301}" }}', "must have at most 300 characters"),
    ],
)
def test_what_is_wrong_in_a_service_is_said(tmp_path: Path, good: str, bad: str, complaint: str):
    assert good in HALL
    with pytest.raises(WrongFile) as wrong:
        reader(tmp_path)(ISSUE + HALL.replace(good, bad, 1))
    assert complaint in str(wrong.value)


def imported(database: MemoryDatabase, file: EstateFile) -> tuple[str, ...]:
    with database.write() as work:
        return import_estate(work, file, NOW)


def test_importing_twice_changes_nothing_and_a_change_is_named(tmp_path: Path):
    database, read = MemoryDatabase(), reader(tmp_path)
    assert imported(database, read(ISSUE + HALL))[-1] == "service hall: added"
    assert imported(database, read(ISSUE + HALL))[-1] == "service hall: unchanged"
    other = HALL.replace("room = 2", "room = 3\nopen = false")
    assert imported(database, read(ISSUE + other))[-1] == "service hall: updated room, open"


def test_a_queue_that_is_not_there_is_named(tmp_path: Path):
    file = reader(tmp_path)(ISSUE + HALL.replace('queue = "plumbing"', 'queue = "plumming"'))
    with pytest.raises(NotThere, match='"plumming"'):
        imported(MemoryDatabase(), file)


def test_the_example_offers_what_the_guide_names():
    example = read_estate_file(Path(__file__).parents[2] / "examples/sunny-court.toml")
    offered = {service.code for _queue, service in example.services}
    wanted = {"move-in", "renovation", "item-release", "parking-plate", "hall", "swimming", "certificate"}
    assert offered == wanted


def test_a_floor_and_a_building_where_the_code_does_not_tell(tmp_path: Path):
    file = reader(tmp_path)(ISSUE.replace('area = "89.50"', 'building = "Rose"\nfloor = -1'))
    assert (file.homes[0].building, file.homes[0].floor) == ("Rose", -1)
    with pytest.raises(WrongFile, match="must be a floor such as 5"):
        reader(tmp_path)(ISSUE.replace('area = "89.50"', 'floor = "five"'))
