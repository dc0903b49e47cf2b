"""Telegram's answers, read only as far as anybody asks, and what they mean."""

from http import HTTPStatus
from typing import Final

from msgspec import DecodeError, Raw, Struct
from msgspec.json import Decoder

from bot.faces import base, outcomes

#: seconds to leave a chat alone for where a 429 does not say how many
FLOOD: Final = 1.0
NO_PLACE: Final = "the file can be had, but Telegram does not say where"
NO_JSON: Final = "the answer is no JSON of Telegram's"


class Parameters(Struct, frozen=True, gc=False):
    """What helps with an error."""

    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class Answer(Struct, frozen=True, gc=False):
    """The envelope; the result stays as Telegram wrote it until somebody wants it."""

    ok: bool
    result: Raw = Raw(b"null")
    description: str = ""
    parameters: Parameters | None = None


class Made(Struct, frozen=True, gc=False):
    """What a call made, as far as anybody asks: a message, or a topic."""

    message_id: int | None = None
    message_thread_id: int | None = None


class Place(Struct, frozen=True, gc=False):
    """Where a file can be downloaded for an hour."""

    file_path: str = ""


_PLACE: Final = Decoder(Place)
_ANSWER: Final = Decoder(Answer)
_MADE: Final = Decoder(Made | list[Made] | bool | None)


def answer(body: bytes) -> Answer | None:
    """None if it is none of Telegram's, such as a proxy's error page."""
    try:
        return _ANSWER.decode(body)
    except (DecodeError, RecursionError):
        return None


def outcome(call: base.Call, status: int, body: bytes, token: str) -> base.Outcome:
    """How a call ended that was answered."""
    told = answer(body)
    if told is not None and told.ok:
        return _done(call, told.result)
    if told is not None and (limit := told.parameters) is not None:
        if limit.retry_after is not None:
            return base.Flood(limit.retry_after)
        if limit.migrate_to_chat_id is not None:
            return base.Migrated(limit.migrate_to_chat_id)
    return _refused(status, told, token)


def _done(call: base.Call, result: Raw) -> base.Outcome:
    """What was done was done, even if it cannot be told what it made."""
    if isinstance(call, base.Fetch):
        return base.Denied(NO_PLACE)
    if not isinstance(call, base.SendText | base.SendMedia | base.SendInvoice | base.MakeTopic):
        return base.Ok()
    try:
        made = _MADE.decode(result)
    except DecodeError:
        return base.Ok()
    first = made[0] if isinstance(made, list) and made else made
    if not isinstance(first, Made):
        return base.Ok()
    number = first.message_thread_id if isinstance(call, base.MakeTopic) else first.message_id
    return base.Ok() if number is None else base.Sent(number)


def place(body: bytes) -> str:
    """Where the file is that getFile was asked for; "" if it does not say."""
    told = answer(body)
    try:
        return _PLACE.decode(told.result).file_path if told is not None and told.ok else ""
    except DecodeError:
        return ""


def content(status: int, body: bytes, token: str) -> base.Outcome:
    """How a download ended. A file that is not there any more has to be asked for anew."""
    if status == HTTPStatus.OK:
        return base.Fetched(body)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS):
        return base.Unreachable(f"the download ended with {status}")
    return _refused(status, answer(body), token)


def _refused(status: int, told: Answer | None, token: str) -> base.Outcome:
    why = outcomes.words(told.description if told else NO_JSON, token)
    match status:
        case HTTPStatus.TOO_MANY_REQUESTS:
            return base.Flood(FLOOD)
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return base.Denied(why)
    if told is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return base.Unreachable(why)
    match status:
        case HTTPStatus.BAD_REQUEST:
            return outcomes.refused(told.description)
        case HTTPStatus.FORBIDDEN:
            return base.Blocked(told.description)
        case HTTPStatus.UNAUTHORIZED:
            return outcomes.revoked()
    return base.Denied(why)


def result(status: int, body: bytes, token: str) -> Raw:
    """What a question was answered; raises why it was not."""
    told = answer(body)
    if told is not None and told.ok:
        return told.result
    raise _failure(status, told, token)


def _failure(status: int, told: Answer | None, token: str) -> base.TelegramError:
    why = outcomes.words(told.description if told else f"{NO_JSON} ({status})", token)
    match status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return base.WrongToken()
        case HTTPStatus.CONFLICT:
            return base.OtherPoller()
        case HTTPStatus.BAD_REQUEST:
            return base.TelegramError(why)
    return base.NoAnswer(why)
