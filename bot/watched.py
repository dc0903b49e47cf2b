"""A face whose calls are counted, and which knows since when Telegram has been silent."""

from collections.abc import Sequence

from bot.clock import Clock
from bot.faces.base import (
    Answer,
    Call,
    Face,
    Incoming,
    Me,
    NoAnswer,
    Outcome,
    Rights,
    Unreachable,
)
from bot.measures import Measures


class WatchedFace:
    """Any face, watched at work."""

    def __init__(self, face: Face, measures: Measures, clock: Clock) -> None:
        self._face = face
        self._measures = measures
        self._clock = clock
        self._silent_since: float | None = None

    @property
    def silent(self) -> float:
        """For how many seconds Telegram has not answered; 0 if it did when it was last asked."""
        since = self._silent_since
        return 0.0 if since is None else self._clock.monotonic() - since

    async def start(self) -> Me:
        """Opens the connection and asks who the bot is."""
        return await self._face.start()

    async def close(self) -> None:
        """Closes every connection."""
        await self._face.close()

    async def updates(self, offset: int, wait: float) -> Sequence[Incoming]:
        """Long-polls."""
        try:
            found = await self._face.updates(offset, wait)
        except NoAnswer:
            self._heard_nothing()
            raise
        self._silent_since = None
        return found

    def read(self, body: bytes) -> Incoming:
        """Reads the body of a webhook call."""
        return self._face.read(body)

    async def call(self, call: Call) -> Outcome:
        """Does one thing in Telegram."""
        outcome = await self._face.call(call)
        self._measures.called(type(call).__name__, type(outcome).__name__)
        if type(outcome) is Unreachable:
            self._heard_nothing()
        else:
            self._silent_since = None
        return outcome

    def as_reply(self, call: Answer) -> bytes:
        """The call as the JSON that a webhook may answer with."""
        self._measures.called(type(call).__name__, "InReply")
        return self._face.as_reply(call)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has updates delivered to `url`, or none at all."""
        await self._face.set_webhook(url, secret)

    async def rights(self, chat: int) -> Rights | None:
        """What the bot may do in a group."""
        return await self._face.rights(chat)

    def _heard_nothing(self) -> None:
        if self._silent_since is None:
            self._silent_since = self._clock.monotonic()
