"""Sending words, contacts and places; copying and forwarding."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Call
from sandbox.records import Attachment, Json, Message, Place

_ACTIONS = """
    typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note
"""


def deliver(call: Call, **fields: Any) -> Message:
    """Post a message of the bot's into the chat, topic and reply that the call names."""
    place = call.place()
    quoted = call.quoted(place)
    thread = call.thread(place) or (quoted.thread if quoted else 0)
    markup = call.markup()
    return call.home.post(
        place, call.bot.id, thread=thread, reply_to=quoted.id if quoted else 0,
        buttons=markup.buttons, keyboard=markup.keyboard, **fields,
    )  # fmt: skip


def shown(call: Call, message: Message) -> Json:
    """A message as the answer of a call."""
    return call.home.wire.message(message)


def send_message(call: Call) -> Json:
    """Words."""
    call.place()
    text, entities = call.words()
    return shown(call, deliver(call, text=text, entities=entities))


def send_contact(call: Call) -> Json:
    """A name and a number."""
    value = {"phone_number": call.params.text("phone_number"), "first_name": call.params.text("first_name")}
    if not all(value.values()):
        raise bad_request("phone number and first name must be non-empty")
    extra = {key: call.params.text(key) for key in ("last_name", "vcard") if call.params.text(key)}
    return shown(call, deliver(call, attachment=Attachment(kind="contact", value={**value, **extra})))


def send_location(call: Call) -> Json:
    """A point on the map."""
    return shown(call, deliver(call, attachment=Attachment(kind="location", value=_point(call))))


def send_venue(call: Call) -> Json:
    """A point with a name and an address."""
    words = {key: call.params.text(key) for key in ("title", "address")}
    value = {"location": _point(call), **words}
    return shown(call, deliver(call, attachment=Attachment(kind="venue", value=value)))


def send_action(call: Call) -> bool:
    """ "Typing …"; it goes away by itself."""
    place = call.place()
    action = call.params.text("action")
    if action not in _ACTIONS.split():
        raise bad_request("wrong parameter action in request")
    data = {"chat": place.chat, "bot": call.bot.id, "thread": call.thread(place) or None, "action": action}
    call.home.events.publish("action", data)
    return True


def forward(call: Call) -> Json:
    """One message with its author's name on it."""
    source = call.message("forward", call.place("from_chat_id"))
    return shown(call, _forward(call, source))


def forward_many(call: Call) -> list[Json]:
    """Several; those that are gone are skipped."""
    return [{"message_id": _forward(call, source).id} for source in _sources(call)]


def copy(call: Call) -> Json:
    """One message as if the bot had written it; a caption given replaces the old one."""
    source = call.message("copy", call.place("from_chat_id"))
    if source.service:
        raise bad_request("message can't be copied")
    if source.attachment and "caption" in call.params.values:
        text, entities = call.caption()
        source = replace(source, text=text, entities=entities)
    return {"message_id": _copy(call, source).id}


def copy_many(call: Call) -> list[Json]:
    """Several; those that are gone are skipped."""
    return [{"message_id": _copy(call, source).id} for source in _sources(call) if not source.service]


def _forward(call: Call, source: Message) -> Message:
    if source.service:
        raise bad_request("message can't be forwarded")
    content = {"text": source.text, "entities": source.entities, "attachment": source.attachment}
    author, date = source.forwarded_from or source.sender, source.forwarded_date or source.date
    return deliver(call, **content, forwarded_from=author, forwarded_date=date)


def _copy(call: Call, source: Message) -> Message:
    return deliver(call, text=source.text, entities=source.entities, attachment=source.attachment)


def _sources(call: Call) -> list[Message]:
    place: Place = call.place("from_chat_id")
    found = (call.home.world.message(place, int(i)) for i in call.params.listed("message_ids") or [])
    return [message for message in found if message]


def _point(call: Call) -> Json:
    try:
        point = {key: float(call.params.text(key)) for key in ("latitude", "longitude")}
    except ValueError:
        raise bad_request("latitude and longitude must be numbers") from None
    if abs(point["latitude"]) > 90 or abs(point["longitude"]) > 180:
        raise bad_request("wrong location specified")
    return point


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "sendMessage": send_message,
    "sendContact": send_contact,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendChatAction": send_action,
    "forwardMessage": forward,
    "forwardMessages": forward_many,
    "copyMessage": copy,
    "copyMessages": copy_many,
}
