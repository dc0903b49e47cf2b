"""Looking at the world: chats, events, calls, what waits; and the clock, faults and floods."""

import json
from contextlib import suppress

from aiohttp import web

from sandbox import acts
from sandbox.commands import commands_for
from sandbox.control.body import Body, read_body, read_list
from sandbox.emulator import Emulator
from sandbox.errors import missing
from sandbox.records import Json, PrivateChat
from sandbox.views import keyboard, tap_view

_KEEP_ALIVE = 15.0


class Watching:
    """One handler a call."""

    def __init__(self, home: Emulator) -> None:
        self._home = home

    def routes(self) -> list[web.RouteDef]:
        """What this part answers."""
        return [
            web.get("/sandbox/taps/{id}", self.tap),
            web.get("/sandbox/chat", self.chat),
            web.get("/sandbox/world", self.world),
            web.get("/sandbox/events", self.events),
            web.get("/sandbox/wait", self.wait),
            web.get("/sandbox/files/{id}", self.file),
            web.post("/sandbox/clock", self.clock),
            web.get("/sandbox/settled", self.settled),
            web.post("/sandbox/faults", self.faults),
            web.get("/sandbox/calls", self.calls),
            web.post("/sandbox/flood", self.flood),
            web.post("/sandbox/reset", self.reset),
        ]

    async def tap(self, request: web.Request) -> web.Response:
        """What the bot answered to a tap."""
        tap = self._home.world.taps.get(request.match_info["id"])
        if tap is None:
            raise missing(f"There is no tap {request.match_info['id']}.")
        return web.json_response(tap_view(tap))

    async def chat(self, request: web.Request) -> web.Response:
        """A chat as one person sees it."""
        body, world = Body(request.query), self._home.world
        person = world.person(body.number("as")).id
        place = body.place(world, person)
        if not place.private:
            acts.enter_to_read(self._home, place, person)
        thread = body.number("thread", 0)
        shown = [m for m in world.history(place) if not thread or (m.thread or 1) == thread]
        answer: Json = {"messages": [self._home.views.message(message) for message in shown]}
        if place.private:
            known = world.private.get(place, PrivateChat())
            answer |= {"keyboard": keyboard(known.keyboard or None), "blocked": known.blocked}
        return web.json_response(answer | {"commands": commands_for(world, place, person)})

    async def world(self, request: web.Request) -> web.Response:
        """Everything that the page starts from; `event` is where to go on reading events."""
        world, views = self._home.world, self._home.views
        return web.json_response(
            {
                "now": self._home.clock.now(),
                "event": self._home.events.last,
                "floods": self._home.floods.on,
                "bots": [views.bot(bot) for bot in world.bots.values()],
                "people": [views.person(person) for person in world.people.values()],
                "groups": [views.group(group) for group in world.groups.values()],
                "chats": views.chats(),
            }
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events from now on, or from where the reader stopped."""
        events = self._home.events
        start = request.headers.get("Last-Event-ID") or request.query.get("after")
        last = Body({"after": start}).number("after", events.last)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        await response.write(b": hello\n\n")
        while request.transport is not None and not request.transport.is_closing():
            news = await events.next(last, _KEEP_ALIVE)
            last = news[-1].number if news else last
            lines = [f"id: {one.number}\nevent: {one.name}\ndata: {json.dumps(one.data)}\n\n" for one in news]
            with suppress(ConnectionResetError):  # whoever read has gone
                await response.write("".join(lines or [": still here\n\n"]).encode())
        return response

    async def wait(self, request: web.Request) -> web.Response:
        """Return when something has changed since `after`, or after `timeout` seconds."""
        body = Body(request.query)
        after = body.number("after", self._home.events.changes)
        changes = await self._home.events.changed(after, min(body.real("timeout", 10.0), 60.0))
        return web.json_response({"changes": changes})

    async def file(self, request: web.Request) -> web.Response:
        """A file for the page."""
        file = self._home.world.files.get(request.match_info["id"])
        if file is None:
            raise missing("There is no such file.")
        safe = file.mime.startswith(("image/", "video/", "audio/")) and "svg" not in file.mime
        headers = {"X-Content-Type-Options": "nosniff"}
        if not safe:
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=file.mime, headers=headers)

    async def clock(self, request: web.Request) -> web.Response:
        """Move the world forward."""
        body = await read_body(request)
        clock = self._home.clock
        by = clock.until(body.text("to"), body.text("zone", "UTC")) if body.given("to") else body.real("by")
        now = clock.move(by)
        self._home.events.publish("clock", {"chat": None, "now": now, "by": by})
        return web.json_response({"now": now})

    async def settled(self, request: web.Request) -> web.Response:
        """How many updates a bot, or all bots, have not confirmed."""
        world = self._home.world
        bots = [world.bot(request.query["bot"]).id] if request.query.get("bot") else list(world.bots)
        waiting = sum(len(self._home.line(bot).mailbox.waiting()) for bot in bots)
        return web.json_response({"waiting": waiting, "changes": self._home.events.changes})

    async def faults(self, request: web.Request) -> web.Response:
        """Order faults."""
        self._home.faults.set(await read_list(request))
        return web.json_response({})

    async def calls(self, request: web.Request) -> web.Response:
        """What bots called."""
        after = Body(request.query).number("after", 0)
        return web.json_response({"calls": self._home.calls.after(after)})

    async def flood(self, request: web.Request) -> web.Response:
        """Switch the flood limits."""
        self._home.floods.on = (await read_body(request)).flag("on")
        return web.json_response({})

    async def reset(self, request: web.Request) -> web.Response:
        """An empty world."""
        await self._home.reset()
        return web.json_response({})
