"""`python -m bot understand`: a message a line in, what is understood of it a line out."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app

NOW = "2026-11-22T10:00"


def ran(*lines: str, labels: str = "kinds") -> Result:
    words = ["understand", "--now", NOW, "--labels", labels]
    return CliRunner().invoke(app, words, input="\n".join(lines) + "\n")


def understood(text: str, lang: str = "", labels: str = "kinds") -> Any:
    result = ran(json.dumps({"text": text, "lang": lang}), labels=labels)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_repair_with_a_time():
    assert understood("The kitchen tap is leaking, I am home tomorrow after 6pm", "en") == {
        "intent": "repair",
        "category": "leak",
        "categories": ["leak", "fixture"],
        "confidence": pytest.approx(0.6, abs=0.4),
        "emergency": False,
        "entities": {
            "home": None,
            "start": "2026-11-23T18:00:00",
            "end": "2026-11-24T00:00:00",
            "phone": None,
            "plate": None,
            "guests": None,
        },
    }


def test_a_visitor_with_a_plate():
    told = understood("朋友明天下午来访 车牌粤B12345 两个人", "zh")
    assert told["intent"] == "visitor"
    assert told["entities"]["plate"].replace("·", "") == "粤B12345"
    assert told["entities"]["guests"] == 2
    assert told["entities"]["start"] == "2026-11-23T12:00:00"


def test_danger_is_an_emergency_whatever_else_is_said():
    told = understood("smell of gas in the kitchen", "en", labels="evaluation")
    assert (told["intent"], told["emergency"], told["category"]) == ("emergency", True, "gas")


@pytest.mark.parametrize(
    "text, lang, category",
    [
        ("Разбита дорога у дома, яма", "ru", "road"),
        ("路灯不亮", "zh", "lighting"),
        ("路燈不亮", "zh-TW", "lighting"),
        ("how much do I owe", "en", "fee"),
        ("hello, how are you?", "en", "none"),
    ],
)
def test_the_evaluations_names(text: str, lang: str, category: str):
    assert understood(text, lang, "evaluation")["category"] == category


def test_a_line_for_each_in_their_order_and_empty_ones_are_skipped():
    result = ran('{"text": "no water", "lang": "en"}', "", '{"text": "hello"}')
    assert [json.loads(line)["intent"] for line in result.stdout.splitlines()] == ["repair", "chitchat"]


@pytest.mark.parametrize(
    "line",
    [
        b"no water",
        b"[]",
        b'{"lang": "en"}',
        b'{"text": 5}',
        b'{"text": "\xff\xfe leaks"}',
        b'{"text": "leaks", "more": ' + b"[" * 100_000,
    ],
)
def test_a_line_that_is_none_is_named(line: bytes):
    result = CliRunner().invoke(app, ["understand", "--now", NOW], input=b'{"text": "hello"}\n' + line)
    assert result.exit_code == 1
    assert "Line 2" in result.stderr


def test_a_mark_of_order_before_the_first_line_is_none_of_it():
    result = CliRunner().invoke(
        app, ["understand"], input=b'\xef\xbb\xbf{"text": "\xe6\xbc\x8f\xe6\xb0\xb4"}\n'
    )
    assert json.loads(result.stdout)["intent"] == "repair"
