"""The Bot API's door: finds the bot, reads the call, applies faults and floods, answers and logs."""

import asyncio
import inspect
import logging
from typing import Any

from aiohttp import web

from sandbox import methods
from sandbox.emulator import Emulator
from sandbox.errors import Refused, bad_request, too_many_requests
from sandbox.faults import Fault
from sandbox.limits import counted
from sandbox.methods import Call
from sandbox.methods.updates import set_webhook
from sandbox.params import Params, read_params
from sandbox.records import Bot, Json

_LOG = logging.getLogger("sandbox")
_UNAUTHORIZED = Refused(401, "Unauthorized")
_FAILED = Refused(500, "Internal Server Error")


class BotApi:
    """Carries out calls, from the network and from a webhook's answers alike."""

    def __init__(self, home: Emulator) -> None:
        self._home = home
        self._methods = methods.table()

    def routes(self) -> list[web.RouteDef]:
        """What a bot sees."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._serve),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
        ]

    async def execute(self, bot: Bot, name: str, params: Params, *, lost: bool = False) -> Json:
        """Carry out one call and log it; the answer is what Telegram would write, even if it gets lost."""
        try:
            answer: Json = {"ok": True, "result": await self._result(bot, name, params)}
        except Refused as refused:
            answer = refused.body()
        except Exception:
            _LOG.exception("%s failed inside the sandbox", name)
            answer = _FAILED.body()
        self._log(bot, name, params, answer, lost=lost)
        return answer

    async def _result(self, bot: Bot, name: str, params: Params) -> Any:
        call = Call(self._home, bot, params)
        self._charge(bot, name, params)
        if name.lower() == "setwebhook":
            return await set_webhook(call, self.execute)
        method = self._methods.get(name.lower())
        if method is None:
            if methods.unsupported(name):
                raise bad_request(f"the sandbox does not do {name}")
            raise Refused(404, "Not Found")
        result = method(call)
        return await result if inspect.isawaitable(result) else result

    def _charge(self, bot: Bot, name: str, params: Params) -> None:
        """Count the call against the flood limits; an album counts each of its files."""
        if not counted(name.lower()):
            return
        cost = len(params.listed("media") or [1]) if name.lower() == "sendmediagroup" else 1
        wait = self._home.floods.charge(bot.id, params.integer("chat_id"), cost)
        if wait:
            raise too_many_requests(wait)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        bot = self._home.world.bot_of(request.match_info["token"])
        if bot is None:
            return _answer(_UNAUTHORIZED.body())
        name = request.match_info["method"]
        try:
            params = await read_params(request)
        except Refused as refused:
            return _answer(refused.body())
        except web.HTTPRequestEntityTooLarge:
            return _answer(Refused(413, "Request Entity Too Large").body())
        fault = self._home.faults.take(name, params.text("chat_id"))
        if fault:
            return await self._fail(request, bot, name, params, fault)
        return _answer(await self.execute(bot, name, params))

    async def _fail(
        self, request: web.Request, bot: Bot, name: str, params: Params, fault: Fault
    ) -> web.StreamResponse:
        """Do what the fault says instead of, or after, the call itself."""
        if fault.do == "lose":
            await self.execute(bot, name, params, lost=True)
            return _broken(request)
        if fault.do in ("500", "429", "401"):
            refused = {"500": _FAILED, "401": _UNAUTHORIZED}.get(fault.do) or too_many_requests(
                fault.retry_after
            )
            self._log(bot, name, params, refused.body())
            return _answer(refused.body())
        self._log(bot, name, params, Refused(0, f"The connection breaks: {fault.do}").body())
        if fault.do == "hang":
            await asyncio.sleep(fault.seconds)
        return _broken(request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """getFile's path; the limit has been checked there."""
        if self._home.world.bot_of(request.match_info["token"]) is None:
            return _answer(_UNAUTHORIZED.body())
        file = self._home.world.files.at(request.match_info["path"])
        if file is None:
            return _answer(Refused(404, "Not Found").body())
        return web.Response(body=file.data, content_type=file.mime)

    def _log(self, bot: Bot, name: str, params: Params, answer: Json, *, lost: bool = False) -> None:
        entry: Json = {"at": self._home.clock.now(), "bot": bot.id, "method": name, "params": params.shown()}
        status = 200 if answer["ok"] else answer["error_code"]
        error = {} if answer["ok"] else {"error": answer["description"]}
        mark = {"lost": True} if lost else {}
        self._home.calls.add({**entry, "ok": answer["ok"], **error, "status": status, **mark})
        self._home.events.touch()


def _answer(body: Json) -> web.Response:
    return web.json_response(body, status=200 if body["ok"] else body["error_code"])


def _broken(request: web.Request) -> web.StreamResponse:
    """Break the connection under the caller's feet."""
    if request.transport:
        request.transport.abort()
    return web.Response()
