"""An estate's file: what may stand in it, what is said of a wrong one, and what importing changes."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.setup.documents import WrongFile
from bot.setup.estate_file import read_estate_file
from bot.setup.estate_times import hours
from desk.records import AgainRules, FeeRules, Opening, Promises, SurveyRules
from tests.bot.estate import ISSUE, reader
from tests.bot.workbook import write_workbook

EXAMPLE = Path(__file__).parents[2] / "examples/sunny-court.toml"
NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)  # noon in Shanghai


@pytest.fixture
def read(tmp_path):
    return reader(tmp_path)


@pytest.fixture
def complaints(read):
    def complaints(text: str) -> list[str]:
        with pytest.raises(WrongFile) as wrong:
            read(text)
        return str(wrong.value).splitlines()

    return complaints


def test_the_example_is_one_that_can_be_imported():
    file = read_estate_file(EXAMPLE)
    assert file.estate.name == "Sunny Court"
    assert len(file.homes) >= 6
    assert all(set(queue.title) == {"en", "zh_CN"} for queue in file.queues)


def test_what_counts_as_the_same_fault_is_the_estates_to_say(read):
    table = '[again]\nwithin = "2d"\nrepeat = "60d"\noutage_homes = 5\noutage_within = "1h"\n'
    assert read(ISSUE).estate.rules.again == AgainRules()
    assert read(ISSUE + table).estate.rules.again == AgainRules(
        within=timedelta(days=2),
        repeat=timedelta(days=60),
        outage_homes=5,
        outage_within=timedelta(hours=1),
    )


def test_all_that_the_form_has(read):
    file = read(ISSUE)
    estate = file.estate
    assert (estate.name, estate.time_zone, estate.country) == ("Sunny Court", "Asia/Shanghai", "CN")
    assert (estate.languages, estate.currency) == (("zh_CN", "en"), "CNY")
    assert estate.hours[0] == Opening(weekday=0, start=time(8), end=time(18))
    assert estate.hours[-1] == Opening(weekday=5, start=time(9), end=time(12))
    assert len(estate.hours) == 6
    assert estate.promises == Promises()
    assert estate.survey == SurveyRules()
    assert estate.digest_at == time(8, 30)
    (home,), (queue,) = file.homes, file.queues
    assert (home.code, home.area) == ("1-1-101", Decimal("89.50"))
    assert (queue.code, queue.kinds) == ("plumbing", ("plumbing",))
    assert queue.title == {"en": "Plumbing", "zh_CN": "给排水"}


def test_little_is_needed(read):
    file = read('[estate]\nname = "A"\ntime_zone = "UTC"\n')
    assert (file.homes, file.queues, file.estate.languages) == ((), (), ("en",))


def test_a_file_saved_by_notepad(read):
    assert read("\ufeff" + ISSUE.replace("\n", "\r\n")).homes == read(ISSUE).homes


@pytest.mark.parametrize(
    "written, meant",
    [
        ("30m", timedelta(minutes=30)),
        ("24h", timedelta(hours=24)),
        ("1s", timedelta(seconds=1)),
        ("2d", timedelta(days=2)),
        ("1h30m", timedelta(hours=1, minutes=30)),
    ],
)
def test_lengths_of_time(read, written, meant):
    assert read(ISSUE.replace('"30m"', f'"{written}"')).estate.promises.respond == meant


@pytest.mark.parametrize(
    "written, meant",
    [
        ("22:00-08:00", (time(22), time(8))),
        ("", None),
        ("none", None),
        ("12:30-14:00", (time(12, 30), time(14))),
    ],
)
def test_quiet_hours(read, written, meant):
    assert read(ISSUE.replace("22:00-08:00", written)).estate.survey.quiet == meant


def test_a_queue_may_have_its_own_hours(read):
    (queue,) = read(ISSUE + 'hours = { daily = "07:00-23:00" }').queues
    assert [opening.weekday for opening in queue.hours] == list(range(7))


@pytest.mark.parametrize(
    "days, weekdays",
    [
        ("mon", [0]),
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("sat-mon", [5, 6, 0]),
        ("daily", list(range(7))),
        ("Mon,Wed", [0, 2]),
    ],
)
def test_days(days, weekdays):
    assert {opening.weekday for opening in hours({days: "08:00-09:00"})} == set(weekdays)


def test_several_stretches_a_day_also_as_text():
    written = hours({"mon": "13:00-18:00, 08:00-12:00"})
    assert [(one.start, one.end) for one in written] == [(time(8), time(12)), (time(13), time(18))]
    assert hours("mon 08:00-12:00,13:00-18:00; ") == written


@pytest.mark.parametrize(
    "good, bad, complaint",
    [
        ('name = "Sunny Court"', 'nmae = "Sunny Court"', ':1: "name" is missing in [estate]'),
        ('name = "Sunny Court"', 'nmae = "Sunny Court"', ':2: unknown key "nmae"; did you mean "name"?'),
        ('name = "Sunny Court"', 'name = ""', ":2: name: must be some words"),
        ("Asia/Shanghai", "Asia/Shangai", '; did you mean "Asia/Shanghai"?'),
        ("Asia/Shanghai", "../etc/passwd", ':3: time_zone: "../etc/passwd" is no IANA time zone'),
        ('["zh_CN", "en"]', '["zh_CN", "tlh"]', ':4: languages: "tlh" is not spoken here, only en, '),
        ('["zh_CN", "en"]', "[]", ":4: languages: must name at least one"),
        ('["zh_CN", "en"]', "[1]", ":4: languages: must be a list of texts"),
        ('"CN"', '"China"', ':5: country: must be 2 capital letters such as "CN"'),
        ('"CNY"', "1", ':6: currency: must be 3 capital letters such as "CNY"'),
        ("mon-fri", "mon-fry", ':7: hours: "mon-fry" is no day or range of days'),
        ("mon-fri", "mon-sat", ":7: hours: names hours on sat twice"),
        ("08:00-18:00", "08:00-24:00", ":7: hours: must be a time of day"),
        ("08:00-18:00", "18:00-08:00", ':7: hours: "18:00-08:00" ends before it starts'),
        ("08:00-18:00", "all day", ':7: hours: "all day" is no stretch of hours'),
        ('"30m"', '"half an hour"', ":9: respond: must be a length of time"),
        ('"30m"', "30", ":9: respond: must be a length of time"),
        ('"30m"', '"0m"', ":9: respond: must be longer than nothing"),
        ('"2h"', '"-2h"', ":13: after: must be a length of time"),
        ("22:00-08:00", "22:00", ":14: quiet: must be two times of day"),
        ("22:00-08:00", "22:00-22:00", ":14: quiet: must not end when it starts"),
        ('"08:30"', '"8.30"', ":16: at: must be a time of day"),
        ("[[homes]]", "[[hom]]", ':17: unknown key "hom"; did you mean "homes"?'),
        ("[[homes]]", "[homes]", ':17: "homes" must be a list: [[homes]]'),
        ('"89.50"', '"big"', ":19: area: must be square metres"),
        ('"89.50"', '"-1"', ":19: area: must be square metres"),
        ('"89.50"', '"NaN"', ":19: area: must be square metres"),
        ('"89.50"', "true", ":19: area: must be square metres"),
        ('"1-1-101"', '"1-1-101\\n"', ":18: code: must be some words on one line"),
        ('"1-1-101"', f'"{"1" * 33}"', ":18: code: must have at most 32 characters"),
        ('code = "plumbing"', 'code = "the plumbers"', ":21: code: must have 1 to 32 of the characters"),
        ("zh_CN = ", "zh = ", ':22: title: "zh" is not spoken here'),
        ('"Plumbing"', f'"{"P" * 129}"', ":22: title: must have at most 128 characters"),
        ('{ en = "Plumbing", zh_CN = "给排水" }', '"Plumbing"', ":22: title: must give a name for"),
        ('["plumbing"]', '["plumming"]', ':23: kinds: "plumming" is no group or kind'),
        ("[estate]", "[estate", ":1: no TOML: "),
        ('"30m"', '"30m" "40m"', ":9: no TOML: "),
        ('country = "CN"', 'name = "B"', ":5: no TOML: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(complaints, good, bad, complaint):
    assert good in ISSUE
    lines = complaints(ISSUE.replace(good, bad, 1))
    assert all(line.startswith("sunny.toml:") for line in lines)
    assert any(complaint in line for line in lines), lines


def test_everything_that_is_wrong_is_told_at_once_from_top_to_bottom(complaints):
    queue = '[[queues]]\ncode = "other"\ntitle.en = "B"\nkinds = ["leak", "plumbing"]\n'
    more = f'[[homes]]\ncode = "1-1-101"\n{queue}'
    text = ISSUE.replace("respond", "reply").replace('"CNY"', '"yuan"') + more
    assert complaints(text) == [
        'sunny.toml:6: currency: must be 3 capital letters such as "CNY"',
        'sunny.toml:9: unknown key "reply"',
        'sunny.toml:25: code "1-1-101" is there twice, first at sunny.toml:18',
        'sunny.toml:29: kinds "plumbing" is there twice, first at sunny.toml:23',
    ]


@pytest.mark.parametrize("name", ["sunny.csv", "sunny"])
def test_other_kinds_of_files_are_refused(read, name):
    with pytest.raises(WrongFile, match=r"must be a \.toml or an \.xlsx file"):
        read(ISSUE, name)


@pytest.mark.parametrize("name", ["none.toml", "none.xlsx"])
def test_a_file_that_is_not_there(tmp_path, name):
    with pytest.raises(WrongFile, match="cannot be read: No such file"):
        read_estate_file(tmp_path / name)


def test_a_file_in_another_encoding(tmp_path):
    file = tmp_path / "sunny.toml"
    file.write_bytes(ISSUE.encode("gbk"))
    with pytest.raises(WrongFile, match="is not written in UTF-8"):
        read_estate_file(file)


# ── spreadsheets ──────────────────────────────────────────────────────────────────────────────────


SHEETS: dict[str, list[list[str | float]]] = {
    "Estate": [
        ["name", "time_zone", "languages", "hours", "promises.respond", "survey.quiet", "digest.at"],
        ["Sunny Court", "Asia/Shanghai", "zh_CN, en", "mon-fri 08:00-18:00; sat 09:00-12:00",
         "45m", "none", "07:15"],
    ],
    "homes": [["code", "area"], ["1-1-101", 89.5], ["", ""], [102, ""]],
    "queues": [
        ["code", "title.en", "title.zh_CN", "kinds", "hours"],
        ["plumbing", "Plumbing", "给排水", "plumbing, gas", ""],
    ],
}  # fmt: skip


def test_a_spreadsheet_says_the_same(tmp_path):
    file = read_estate_file(write_workbook(tmp_path / "sunny.xlsx", SHEETS))
    estate = file.estate
    assert (estate.name, estate.languages, len(estate.hours)) == ("Sunny Court", ("zh_CN", "en"), 6)
    assert estate.promises == Promises(respond=timedelta(minutes=45))
    assert (estate.survey.quiet, estate.digest_at) == (None, time(7, 15))
    assert [(home.code, home.area) for home in file.homes] == [("1-1-101", Decimal("89.5")), ("102", None)]
    (queue,) = file.queues
    assert (queue.title, queue.kinds) == ({"en": "Plumbing", "zh_CN": "给排水"}, ("plumbing", "gas"))


def test_what_is_wrong_in_a_spreadsheet_is_named_with_its_cell(tmp_path):
    wrong: dict[str, list[list[str | float]]] = {
        **SHEETS,
        "homes": [["code", "size"], ["1-1-101", 89.5], ["", ""], ["1-1-101", ""]],
        "ques": [["code"], ["x"]],
    }
    with pytest.raises(WrongFile) as told:
        read_estate_file(write_workbook(tmp_path / "sunny.xlsx", wrong))
    assert str(told.value).splitlines() == [
        'sunny.xlsx:homes!B2: unknown key "size"',
        'sunny.xlsx:homes!A4: code "1-1-101" is there twice, first at sunny.xlsx:homes!A2',
        'sunny.xlsx:ques!A2: unknown key "ques"; did you mean "queues"?',
    ]


@pytest.mark.parametrize(
    "sheet, rows, complaint",
    [
        ("Estate", [["name"], ["A"], ["B"]], "sunny.xlsx:estate!A3: a second estate; a file holds one"),
        ("homes", [["code", ""], ["1", "2"]], "sunny.xlsx:homes!B2: has no header above it"),
        (
            "homes",
            [["code", "code.x"], ["1", "2"]],
            "sunny.xlsx:homes!B2: has a header that is there already",
        ),
    ],
)
def test_a_spreadsheet_that_makes_no_sense(tmp_path, sheet, rows, complaint):
    with pytest.raises(WrongFile) as told:
        read_estate_file(write_workbook(tmp_path / "sunny.xlsx", {**SHEETS, sheet: rows}))
    assert str(told.value) == complaint


def test_a_file_that_only_calls_itself_a_spreadsheet(tmp_path):
    file = tmp_path / "sunny.xlsx"
    file.write_text(ISSUE)
    with pytest.raises(WrongFile, match=r"sunny\.xlsx: no spreadsheet that can be read"):
        read_estate_file(file)


def test_how_an_estate_is_paid_and_reminds_of_it(read):
    told = (
        'before = [3]\nafter = [7, 1]\nmost = 2\nat = "09:30"\nquiet = ""\ninstructions = { en = "Cash" }\n'
    )
    fees = read(f"{ISSUE}[fees]\n{told}").estate.rules.fees
    assert fees == FeeRules(
        before=(3,), after=(1, 7), most=2, at=time(9, 30), quiet=None, instructions={"en": "Cash"}
    )
    assert read(ISSUE).estate.rules.fees == FeeRules()


def test_what_is_wrong_with_the_fees_is_told_with_its_line(read):
    with pytest.raises(WrongFile, match=r"sunny.toml:25: after: must be a whole number from 0 to 99"):
        read(f"{ISSUE}[fees]\nafter = [-1]\n")


ANSWER = """
[[answers]]
code = "pool"
questions = { en = ["When is the pool open?", "Pool hours"], zh_CN = "泳池几点开放？\\n泳池时间" }
answer = { en = "From 6 to 22 o'clock.", zh_CN = "6 点到 22 点。" }
"""


def test_answers_of_the_estates_own(read):
    (answer,) = read(ISSUE + ANSWER).answers
    assert answer.code == "pool"
    assert answer.questions == {
        "en": ("When is the pool open?", "Pool hours"),
        "zh_CN": ("泳池几点开放？", "泳池时间"),
    }
    assert answer.words == {"en": "From 6 to 22 o'clock.", "zh_CN": "6 点到 22 点。"}
    assert answer.changed_by is None


@pytest.mark.parametrize(
    "wrong, told",
    [
        ('questions = { en = ["?"] }', '"answer" is missing'),
        ('questions = { en = [] }\nanswer = { en = "!" }', "1 to 20 questions"),
        ('questions = { xx = ["?"] }\nanswer = { en = "!" }', '"xx" is not spoken here'),
        ('questions = "?"\nanswer = { en = "!" }', "for each language"),
        (f'questions = {{ en = "?" }}\nanswer = {{ en = "{"a" * 2001}" }}', "at most 2000"),
    ],
)
def test_what_is_wrong_with_an_answer(complaints, wrong, told):
    (said,) = complaints(f'{ISSUE}[[answers]]\ncode = "a"\n{wrong}\n')
    assert told in said
