"""Making and changing who and what there is: bots, people, groups, topics."""

from dataclasses import replace
from typing import Any

from aiohttp import web

from sandbox import groups
from sandbox.control.body import Body, read_body
from sandbox.emulator import Emulator
from sandbox.errors import Problem, missing
from sandbox.records import Bot, Group, Json, Person, Place

_PERSON = ("first_name", "last_name", "username", "language_code", "role")
_STATUSES = ("member", "administrator", "creator", "left", "kicked")


class Making:
    """One handler a call."""

    def __init__(self, home: Emulator) -> None:
        self._home = home

    def routes(self) -> list[web.RouteDef]:
        """What this part answers."""
        return [
            web.post("/sandbox/bots", self.bot),
            web.post("/sandbox/people", self.person),
            web.post("/sandbox/groups", self.group),
            web.post("/sandbox/groups/{id}", self.change_group),
            web.post("/sandbox/groups/{id}/members", self.member),
            web.post("/sandbox/groups/{id}/migrate", self.migrate),
            web.post("/sandbox/topics/delete", self.delete_topic),
        ]

    async def bot(self, request: web.Request) -> web.Response:
        """Register a bot; its id is the number before the token's colon."""
        body = await read_body(request)
        token = body.text("token")
        number, colon, secret = token.partition(":")
        if not (number.isascii() and number.isdigit() and colon and secret):
            raise Problem("`token` must look like Telegram's: a number, a colon and a secret.")
        world, bot = self._home.world, int(number)
        if world.bot_of(token) is None:
            if world.known(bot):
                raise Problem(f"The id {bot} is taken; choose another number before the colon.")
            username, name = body.text("username").removeprefix("@"), body.text("name", "Bot")
            privacy = body.flag("privacy", default=True)
            world.bots[bot] = Bot(id=bot, token=token, username=username, name=name, privacy=privacy)
            self._home.events.publish("bot", {"chat": None, **self._home.views.bot(world.bots[bot])})
        return web.json_response({"id": bot})

    async def person(self, request: web.Request) -> web.Response:
        """Make a person, or change the one with that id."""
        body = await read_body(request)
        world = self._home.world
        user = body.number("id", 0) or world.person_id()
        if user <= 0 or user in world.bots:
            raise Problem(f"The id {user} cannot be a person's.")
        old = world.people.get(user)
        if old is None:
            body.text("first_name")
        fields: Json = {key: body.text(key) for key in _PERSON if body.given(key)}
        person = replace(old, **fields) if old else Person(id=user, **fields)
        world.people[user] = person
        self._home.events.publish("person", {"chat": None, **self._home.views.person(person)})
        return web.json_response({"id": user})

    async def group(self, request: web.Request) -> web.Response:
        """Make a group."""
        body = await read_body(request)
        kind, forum = body.text("kind", "supergroup"), body.flag("forum")
        members = [int(user) for user in body.listed("members")]
        for user in members:
            if not self._home.world.known(user):
                raise missing(f"There is nobody with the id {user}.")
        owner = body.number("owner", 0)
        group = groups.found_group(self._home, body.text("title"), kind, forum, owner, members)
        return web.json_response({"id": group.id})

    async def change_group(self, request: web.Request) -> web.Response:
        """A new title, or topics on and off."""
        group, body = self._group(request), await read_body(request)
        if body.given("forum"):
            if group.kind != "supergroup":
                raise Problem("Only a supergroup can be a forum; migrate the group first.")
            group.forum = body.flag("forum")
        if body.given("title"):
            groups.rename(self._home, group, body.text("title"))
        self._home.events.publish("group", {"chat": group.id, **self._home.views.group(group)})
        return web.json_response({})

    async def member(self, request: web.Request) -> web.Response:
        """Somebody joins, leaves, or becomes an administrator."""
        group, body = self._group(request), await read_body(request)
        status = body.text("status")
        if status not in _STATUSES:
            raise Problem(f"`status` is one of {', '.join(_STATUSES)}.")
        rights: Any = body.values.get("rights")
        user, by = body.number("user"), body.number("by", 0)
        groups.set_member(self._home, group, user, status, rights, by)
        return web.json_response({})

    async def migrate(self, request: web.Request) -> web.Response:
        """Make a supergroup of a group."""
        return web.json_response({"id": groups.migrate(self._home, self._group(request)).id})

    async def delete_topic(self, request: web.Request) -> web.Response:
        """A person deletes a topic; bots learn of it only when they write to it."""
        body: Body = await read_body(request)
        place = Place(body.number("chat"))
        group = self._home.world.group(place.chat)
        topic = group.topics.get(body.number("thread"))
        if topic is None:
            raise missing(f"There is no topic {body.number('thread')}; there are {sorted(group.topics)}.")
        groups.delete_topic(self._home, group, topic)
        return web.json_response({})

    def _group(self, request: web.Request) -> Group:
        return self._home.world.group(Body({"id": request.match_info["id"]}).number("id"))
