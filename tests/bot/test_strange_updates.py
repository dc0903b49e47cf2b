"""Updates that no Telegram would write: read as far as they make sense, else passed over, in nobody's way."""

import json
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.faces.base import Incoming
from bot.faces.line import updates
from dialogs.engine.heard import Words

DEEP = "[" * 100_000 + "]" * 100_000


def update(**message: Any) -> dict[str, Any]:
    """Ada says hi, if nothing else is said."""
    chat, ada = {"id": 7, "type": "private"}, {"id": 7, "is_bot": False, "first_name": "Ada"}
    said = {"message_id": 1, "date": 1, "chat": chat, "from": ada, "text": "hi", **message}
    return {"update_id": 5, "message": said}


def read(body: str) -> Incoming:
    """What it means to the bot."""
    with capture_logs():
        return updates.read(body.encode(), "steward_bot")


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\ud83d\0"])
def test_characters_that_no_database_takes_are_replaced(text: str):
    said = read(json.dumps(update(text=text))).said
    assert said
    assert isinstance(said.act, Words)
    assert not set(said.act.text) & {"\0", "\ud800"}
    assert len(said.act.text) == len(text)


def test_words_that_only_look_like_an_escape_stay_as_they_are():
    said = read(json.dumps(update(text=r"C:\u0000 😀 中文"), ensure_ascii=True)).said
    assert said
    assert said.act == Words(r"C:\u0000 😀 中文")


@pytest.mark.parametrize(
    "text, heard",
    [
        ("\u2068R-12\u2069", "R-12"),
        ("متى \u2068R-12\u2069؟", "متى R-12؟"),
        ("\u200e", "\u200e"),
        ("‏نعم", "‏نعم"),
    ],
)
def test_a_number_copied_from_an_arabic_message_is_a_number(text: str, heard: str):
    said = read(json.dumps(update(text=text))).said
    assert said
    assert said.act == Words(heard)


@pytest.mark.parametrize(
    "message",
    [{"chat": {"id": 10**25, "type": "private"}}, {"message_id": 2**63}, {"text": 7}, {"from": []}],
)
def test_what_makes_no_sense_is_passed_over(message: dict[str, Any]):
    incoming = read(json.dumps(update(**message)))
    assert (incoming.update_id, incoming.said) == (5, None)


@pytest.mark.parametrize("value", [DEEP, '{"a":' * 3000 + "1" + "}" * 3000, "1" * 5000])
def test_what_goes_beyond_every_measure_is_passed_over(value: str):
    incoming = read(json.dumps(update(message_id="?")).replace('"?"', value))
    assert (incoming.update_id, incoming.said) == (5, None)


@pytest.mark.parametrize("number", [10**30, 2**63, True, 5.0, "5", None, [5]])
def test_without_a_number_it_is_no_update(number: object):
    with pytest.raises(ValueError, match="not an update"):
        read(json.dumps({**update(), "update_id": number}))


@pytest.mark.parametrize("body", [DEEP, '{"a": ' + DEEP + "}", "1" * 5000, '{"update_id": 5', "\ufeff{}"])
def test_what_is_no_update_is_told(body: str):
    with pytest.raises(ValueError, match=r"."):
        read(body)
