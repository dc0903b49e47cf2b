"""What Telegram's answers mean, also those that no Telegram would give: a proxy's, or a later version's."""

import pytest
from msgspec.json import encode

from bot.faces import outcomes
from bot.faces.base import (
    AnswerTap,
    Blocked,
    Call,
    Denied,
    EditText,
    Fetch,
    Fetched,
    Flood,
    MakeTopic,
    Migrated,
    NoAnswer,
    Ok,
    OtherPoller,
    Outcome,
    SendMedia,
    SendText,
    Sent,
    TelegramError,
    Unreachable,
    WrongToken,
)
from bot.faces.line import answers
from desk.records import Media

TOKEN = "42:AAHsecret-secret-secret-secret-secre"
TEXT = SendText(chat=7, html="hi")
ALBUM = SendMedia(chat=7, media=(Media(kind="photo", file_id="a"), Media(kind="photo", file_id="b")))
PAGE = b"<html><h1>Bad Gateway</h1></html>"


def told(description: str, **parameters: float) -> bytes:
    return encode({"ok": False, "error_code": 1, "description": description, "parameters": parameters})


@pytest.mark.parametrize(
    "call, result, outcome",
    [
        (TEXT, {"message_id": 5, "date": 1, "chat": {"id": 7}, "brand_new": {"a": [1]}}, Sent(5)),
        (ALBUM, [{"message_id": 5}, {"message_id": 6}], Sent(5)),
        (MakeTopic(chat=-1, title="x"), {"message_thread_id": 9, "name": "x"}, Sent(9)),
        (EditText(chat=7, message=5, html="x"), True, Ok()),
        (AnswerTap(tap="1"), True, Ok()),
        # it was done, whatever it is that came back
        (TEXT, {"message_id": "five"}, Ok()),
        (TEXT, True, Ok()),
        (ALBUM, [], Ok()),
        # a server that keeps its files on its own disk
        (Fetch(file_id="f"), {"file_id": "f"}, Denied(answers.NO_PLACE)),
    ],
)
def test_what_was_done(call: Call, result: object, outcome: Outcome):
    assert answers.outcome(call, 200, encode({"ok": True, "result": result}), TOKEN) == outcome


@pytest.mark.parametrize(
    "status, body, outcome",
    [
        (200, b"home,sum", Fetched(b"home,sum")),
        (200, b"", Fetched(b"")),
        (404, PAGE, Unreachable("the download ended with 404")),
        (429, PAGE, Unreachable("the download ended with 429")),
        (502, PAGE, Unreachable(answers.NO_JSON)),
        (401, told("Unauthorized"), outcomes.revoked()),
    ],
)
def test_how_a_download_ends(status: int, body: bytes, outcome: Outcome):
    assert answers.content(status, body, TOKEN) == outcome


@pytest.mark.parametrize(
    "status, body, outcome",
    [
        (429, told("Too Many Requests: retry after 7", retry_after=7), Flood(7)),
        (429, told("Too Many Requests"), Flood(answers.FLOOD)),
        (429, PAGE, Flood(answers.FLOOD)),
        (400, told("Bad Request: group upgraded", migrate_to_chat_id=-1005), Migrated(-1005)),
        (
            403,
            told("Forbidden: bot was blocked by the user"),
            Blocked("Forbidden: bot was blocked by the user"),
        ),
        (401, told("Unauthorized"), outcomes.revoked()),
        (404, told("Not Found"), Denied("Not Found")),
        (413, PAGE, Denied(answers.NO_JSON)),
        (500, told("Internal Server Error"), Unreachable("Internal Server Error")),
        (502, PAGE, Unreachable(answers.NO_JSON)),
        (200, PAGE, Unreachable(answers.NO_JSON)),
        (400, PAGE, Unreachable(answers.NO_JSON)),
        (200, b"", Unreachable(answers.NO_JSON)),
        (200, b"[" * 100_000, Unreachable(answers.NO_JSON)),
    ],
)
def test_what_was_not_done(status: int, body: bytes, outcome: Outcome):
    assert answers.outcome(TEXT, status, body, TOKEN) == outcome


def test_no_outcome_shows_the_token():
    outcome = answers.outcome(TEXT, 502, told(f"cannot reach /bot{TOKEN}/sendMessage"), TOKEN)
    assert outcome == Unreachable("cannot reach /bot…/sendMessage")


@pytest.mark.parametrize(
    "status, body, error",
    [
        (401, told("Unauthorized"), WrongToken),
        (404, PAGE, WrongToken),
        (409, told("Conflict: terminated by other getUpdates request"), OtherPoller),
        (400, told("Bad Request: bad webhook"), TelegramError),
        (502, PAGE, NoAnswer),
    ],
)
def test_why_a_question_got_no_answer(status: int, body: bytes, error: type[TelegramError]):
    with pytest.raises(TelegramError) as caught:
        answers.result(status, body, TOKEN)
    assert type(caught.value) is error
