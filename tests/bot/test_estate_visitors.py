"""The rules for visitors in an estate's file."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.setup.documents import WrongFile
from desk.records.rules import Approval, VisitorRules
from tests.bot.estate import ISSUE, reader

WHOLE = """\
[visitors]
approval = "long"
long = "12h"
guards_approve = true
longest = "3d"
regular = "60d"
ahead = "14d"
people = 6
passes = 4
hours = "06:00-23:00"
gates = ["North gate", "西门", "North gate"]
queue = "gatehouse"
answer = "3m"
keep = "7d"
"""


def test_all_of_it_is_read(tmp_path: Path):
    assert reader(tmp_path)(ISSUE + WHOLE).estate.rules.visitors == VisitorRules(
        approval=Approval.LONG,
        long=timedelta(hours=12),
        guards_approve=True,
        longest=timedelta(days=3),
        regular=timedelta(days=60),
        ahead=timedelta(days=14),
        people=6,
        passes=4,
        hours=(time(6), time(23)),
        gates=("North gate", "西门"),
        queue="gatehouse",
        answer=timedelta(minutes=3),
        keep=timedelta(days=7),
    )


def test_a_gate_may_have_a_name_in_each_language(tmp_path: Path):
    written = '[visitors]\ngates = [{ en = "East gate", zh_CN = "东门" }, "西门"]\n'
    rules = reader(tmp_path)(ISSUE + written).estate.rules.visitors
    assert rules.gates == ("East gate", "西门")
    assert rules.gate_titles == {"East gate": {"en": "East gate", "zh_CN": "东门"}}


def test_what_is_left_out_holds_as_it_is(tmp_path: Path):
    read = reader(tmp_path)
    assert read(ISSUE).estate.rules.visitors == VisitorRules()
    assert read(f'{ISSUE}[visitors]\nhours = ""').estate.rules.visitors == VisitorRules()


@pytest.mark.parametrize(
    "line, told",
    [
        ('approval = "sometimes"', 'must be one of "never", "always", "long"'),
        ('approval = "alway"', 'did you mean "always"?'),
        ("approval = true", "must be one of"),
        ("people = 0", "from 1 to 99"),
        ("passes = 100", "from 0 to 99"),
        ('guards_approve = "yes"', "true or false"),
        ('longest = "0d"', "longer than nothing"),
        ('hours = "6-23"', "time of day"),
        (f'gates = ["{"x" * 33}"]', "at most 32 characters"),
        (f'gates = [{{ en = "{"x" * 33}" }}]', "at most 32 characters"),
        ("gates = 3", "must be a list of names"),
        ("gates = [3]", "must be"),
        ('gates = [{ tlh = "lojmIt" }]', "tlh"),
        ('keep = "a month"', "length of time"),
        ("limit = 3", 'unknown key "limit"'),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, told: str):
    with pytest.raises(WrongFile) as error:
        reader(tmp_path)(f"{ISSUE}[visitors]\n{line}\n")
    assert told in str(error.value)
