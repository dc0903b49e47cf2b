"""What people do, as calls: say, open, send, upload, tap, react, block, edit, delete."""

from typing import Any

from aiohttp import web

from sandbox import acts
from sandbox.control.body import Body, read_body
from sandbox.emulator import Emulator
from sandbox.errors import Problem
from sandbox.files import Upload
from sandbox.forms import MULTIPART, read_form
from sandbox.records import Json, Message, Place


class Acting:
    """One handler a call."""

    def __init__(self, home: Emulator) -> None:
        self._home = home

    def routes(self) -> list[web.RouteDef]:
        """What this part answers."""
        names = ("say", "open", "send", "upload", "forward", "tap", "react", "block", "edit", "delete")
        return [web.post(f"/sandbox/{name}", getattr(self, name)) for name in names]

    async def say(self, request: web.Request) -> web.Response:
        """Write words."""
        body = await read_body(request)
        person, place = self._who(body)
        fields = self._around(body, place) | {"entities": body.listed("entities")}
        message = acts.say(self._home, place, person, body.text("text"), **fields)
        return web.json_response({"message_id": message.id})

    async def open(self, request: web.Request) -> web.Response:
        """Tap Start."""
        body = await read_body(request)
        bot = self._home.world.bot(body.text("bot"))
        message = acts.open_chat(self._home, body.number("from"), bot.id, body.text("start", ""))
        return web.json_response({"message_id": message.id})

    async def send(self, request: web.Request) -> web.Response:
        """Send something that is not words."""
        body = await read_body(request)
        person, place = self._who(body)
        acts.enter(self._home, place, person)
        parts = acts.make_parts(self._home, person, body.text("kind"), body.values)
        around = self._around(body, place)
        sent = acts.send(self._home, place, person, parts, body.text("caption", ""), **around)
        return _ids(sent)

    async def upload(self, request: web.Request) -> web.Response:
        """Send files from somebody's machine."""
        body = Body(request.query)
        person, place = self._who(body)
        acts.enter(self._home, place, person)
        parts = acts.upload(self._home, await _files(request))
        around = self._around(body, place)
        return _ids(acts.send(self._home, place, person, parts, body.text("caption", ""), **around))

    async def forward(self, request: web.Request) -> web.Response:
        """Forward a message from another chat that one sees."""
        body = await read_body(request)
        person, place = self._who(body)
        source = self._source(body, person)
        sent = acts.forward(self._home, place, person, source, hidden=body.flag("hidden"))
        return web.json_response({"message_id": sent.id})

    def _source(self, body: Body, person: int) -> Message:
        """The message of `from_bot` or `from_chat`; or `text`, as `author` may have written it elsewhere."""
        if not body.given("author"):
            where = Body({"bot": body.values.get("from_bot"), "chat": body.values.get("from_chat")})
            return acts.known_message(
                self._home, where.place(self._home.world, person), body.number("message_id")
            )
        author = self._home.world.person(body.number("author")).id
        return Message(
            place=Place(author), id=0, sender=author, date=self._home.clock.date(), text=body.text("text")
        )

    async def tap(self, request: web.Request) -> web.Response:
        """Tap a button, by its data or by its label."""
        body = await read_body(request)
        person, place = self._who(body)
        message_id = body.number("message_id")
        if body.flag("forged"):
            return _tapped(acts.tap(self._home, place, person, message_id, body.text("data")).id)
        button = _pick(acts.known_message(self._home, place, message_id), body)
        if button.get("pay"):
            raise Problem("That is a Pay button: use POST /sandbox/pay.")
        if "callback_data" in button:
            return _tapped(acts.tap(self._home, place, person, message_id, button["callback_data"]).id)
        return _tapped(acts.tap_alone(self._home, place, person, message_id, **_alone(button)).id)

    async def react(self, request: web.Request) -> web.Response:
        """Put an emoji on a message."""
        body = await read_body(request)
        person, place = self._who(body)
        acts.react(self._home, place, person, body.number("message_id"), body.text("emoji", ""))
        return web.json_response({})

    async def block(self, request: web.Request) -> web.Response:
        """Block or unblock a bot."""
        body = await read_body(request)
        bot = self._home.world.bot(body.text("bot"))
        acts.block(self._home, body.number("from"), bot.id, body.flag("blocked", default=True))
        return web.json_response({})

    async def edit(self, request: web.Request) -> web.Response:
        """Edit one's own message."""
        body = await read_body(request)
        person, place = self._who(body)
        acts.edit(self._home, place, person, body.number("message_id"), body.text("text"))
        return web.json_response({})

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a message."""
        body = await read_body(request)
        person, place = self._who(body)
        acts.delete(self._home, place, person, body.number("message_id"))
        return web.json_response({})

    def _who(self, body: Body) -> tuple[int, Place]:
        person = self._home.world.person(body.number("from")).id
        return person, body.place(self._home.world, person)

    def _around(self, body: Body, place: Place) -> dict[str, Any]:
        """The topic and the message that is answered; an answer goes to the topic of what it answers."""
        reply = body.number("reply_to", 0)
        quoted = acts.known_message(self._home, place, reply) if reply else None
        thread = body.number("thread", 0) or (quoted.thread if quoted else 0)
        thread = 0 if thread == 1 else thread
        group = self._home.world.groups.get(place.chat)
        if thread and (group is None or thread not in group.topics):
            raise Problem(f"There is no topic {thread}; there are {sorted(group.topics) if group else []}.")
        return {"thread": thread, "reply_to": reply}


def _alone(button: Json) -> dict[str, str]:
    """What the app itself does with a button."""
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    return {"url": button.get("url") or button.get("web_app", {}).get("url") or ""}


def _pick(message: Message, body: Body) -> Json:
    """The button meant: by data, by the equal label, or by a part of the label."""
    buttons = [button for row in message.buttons for button in row]
    labels = ", ".join(repr(button["text"]) for button in buttons) or "none"
    if body.given("data"):
        found = [button for button in buttons if button.get("callback_data") == body.text("data")]
    else:
        label = body.text("label").lower()
        found = [button for button in buttons if button["text"].lower() == label]
        found = found or [button for button in buttons if label in button["text"].lower()]
    if not found:
        raise Problem(f"Message {message.id} has no such button; its buttons are {labels}.")
    return found[0]


async def _files(request: web.Request) -> list[Upload]:
    if request.content_type != MULTIPART:
        raise Problem("Send the files as multipart/form-data.")
    return [file for _, file in (await read_form(request)).files]


def _ids(messages: list[Message]) -> web.Response:
    return web.json_response({"message_ids": [message.id for message in messages]})


def _tapped(number: str) -> web.Response:
    return web.json_response({"tap": number})
