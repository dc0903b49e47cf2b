"""What both faces do alike: everything a bot does all day, on the line. The rest is their library's."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeVar

from msgspec import DecodeError, Raw
from msgspec.json import Decoder, encode

from bot.faces import base
from bot.faces.base import ALLOWED_UPDATES, Incoming, Me, Outcome, Rights
from bot.faces.line import answers, updates
from bot.faces.line.bodies import Fields, asked
from bot.faces.line.line import Line, Silence

T = TypeVar("T")
#: seconds that a call may take, and a poll on top of its own
PATIENCE: Final = 15.0
_USER: Final = Decoder(updates.User)
_MANY: Final = Decoder(list[Raw])
_ANYTHING: Final = Decoder(Raw)


class Library(Protocol):
    """What a face asks its library for: nothing that is asked often."""

    async def upload(self, made: base.Upload) -> Outcome:
        """Sends a picture or a file from memory."""

    async def rights(self, chat: int, bot_id: int) -> Rights | None:
        """What the bot may do in a group; None if it is not in it."""

    async def close(self) -> None:
        """Closes every connection."""


class LineFace:
    """One bot. Its library is loaded when it is first needed: that takes a second or two."""

    def __init__(
        self, token: str, api_base: str, patience: float = PATIENCE, *, payment_token: str = ""
    ) -> None:
        """`payment_token`: of the payment provider, without which no invoice can be sent."""
        self._token = token
        self._payment_token = payment_token
        self._api_base = api_base
        self._patience = patience
        self._line = Line(token, api_base, patience)
        self._me = Me(id=0, username="", name="")
        self._library: Library | None = None
        self._loading = asyncio.Lock()

    def _import(self) -> None:
        """Imports the library; called in a thread."""
        raise NotImplementedError

    def _open(self) -> Library:
        """The library at work, once it is imported."""
        raise NotImplementedError

    async def start(self) -> Me:
        """Opens the connection and asks who the bot is."""
        user = await self._ask("getMe", {}, _USER)
        self._me = Me(
            id=user.id,
            username=user.username or "",
            name=user.full_name,
            takes_payments=bool(self._payment_token),
        )
        return self._me

    async def close(self) -> None:
        """Closes every connection."""
        await self._line.close()
        if self._library is not None:
            await self._library.close()

    async def updates(self, offset: int, wait: float) -> Sequence[Incoming]:
        """Long-polls; each update is read for itself, so that one of an unknown kind stops no other."""
        fields = {"offset": offset, "timeout": int(wait), "allowed_updates": ALLOWED_UPDATES}
        found = await self._ask("getUpdates", fields, _MANY, wait)
        try:
            return [self.read(bytes(update)) for update in found]
        except ValueError:
            raise base.NoAnswer("an update without a number") from None

    def read(self, body: bytes) -> Incoming:
        """Reads the body of a webhook call."""
        return updates.read(body, self._me.username)

    async def call(self, call: base.Call) -> Outcome:
        """Does one thing in Telegram."""
        if isinstance(call, base.Upload):
            return await (await self._loaded()).upload(call)
        method, fields = asked(call)
        if isinstance(call, base.SendInvoice):
            fields = {**fields, "provider_token": self._payment_token}
        try:
            status, body = await self._line.ask(method, encode(fields))
            if isinstance(call, base.Fetch) and (place := answers.place(body)):
                return answers.content(*await self._line.fetch(place), self._token)
        except Silence as silence:
            return base.Unreachable(str(silence))
        return answers.outcome(call, status, body, self._token)

    def as_reply(self, call: base.Answer) -> bytes:
        """The call as what a webhook answers with; nobody learns how it ended."""
        method, fields = asked(call)
        return encode({"method": method, **fields})

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has updates delivered to `url`, or none at all."""
        if not url:
            await self._ask("deleteWebhook", {}, _ANYTHING)
            return
        fields: dict[str, Any] = {"url": url, "allowed_updates": ALLOWED_UPDATES}
        await self._ask("setWebhook", fields | ({"secret_token": secret} if secret else {}), _ANYTHING)

    async def rights(self, chat: int) -> Rights | None:
        """What the bot may do in a group."""
        return await (await self._loaded()).rights(chat, self._me.id)

    async def _ask(self, method: str, fields: Fields, read: Decoder[T], wait: float = 0.0) -> T:
        """Raises `TelegramError`."""
        try:
            status, body = await self._line.ask(method, encode(fields), wait)
        except Silence as silence:
            raise base.NoAnswer(str(silence)) from None
        try:
            return read.decode(answers.result(status, body, self._token))
        except DecodeError:
            raise base.NoAnswer(answers.NO_JSON) from None

    async def _loaded(self) -> Library:
        async with self._loading:
            if self._library is None:
                await asyncio.to_thread(self._import)
                self._library = self._open()
        return self._library
