"""What people do: write, send, tap, react, block. Each act changes the world and tells the bots."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox import richtext
from sandbox.emulator import Emulator
from sandbox.errors import Problem, missing
from sandbox.files import Upload, sample
from sandbox.records import Attachment, Json, Message, Place, PrivateChat, Tap
from sandbox.views import tap_view

TEXT_LIMIT = 4096
FILE_KINDS = ("photo", "video", "document", "voice", "sticker", "audio", "animation", "video_note")


def say(home: Emulator, place: Place, person: int, text: str, **fields: Any) -> Message:
    """Write words. Telegram finds commands, mentions and links in them."""
    if not text.strip():
        raise Problem("`text` is empty.")
    if len(text) > TEXT_LIMIT:
        raise Problem(
            f"`text` is longer than {TEXT_LIMIT} characters: send it in parts, as Telegram's apps do."
        )
    given: Sequence[Json] = fields.pop("entities", ())
    words, entities = richtext.trimmed(text, given)
    entities = richtext.found(words, entities)
    return home.post(enter(home, place, person), person, text=words, entities=entities, **fields)


def open_chat(home: Emulator, person: int, bot: int, start: str = "") -> Message:
    """Tap Start or a `t.me/<bot>?start=…` link; that also unblocks the bot."""
    home.world.person(person)
    if len(start) > 64 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in start):
        raise Problem("`start` holds up to 64 of A-Z a-z 0-9 _ -, as in Telegram's links.")
    if home.world.private.get(Place(person, bot), PrivateChat()).blocked:
        block(home, person, bot, blocked=False)
    return say(home, Place(person, bot), person, f"/start {start}".strip())


def send(home: Emulator, place: Place, person: int, parts: Sequence[Attachment], caption: str = "",
         **fields: Any) -> list[Message]:  # fmt: skip
    """Send attachments. Several are an album: single messages with one `media_group_id`, and no end mark."""
    enter(home, place, person)
    album = str(13_000_000_000_000_000 + home.world.number("album")) if len(parts) > 1 else ""
    posted: list[Message] = []
    for part in parts:
        words, entities = richtext.trimmed("" if posted else caption, ())
        entities = richtext.found(words, entities)
        posted.append(
            home.post(place, person, text=words, entities=entities, attachment=part, album=album, **fields)
        )
    return posted


def forward(home: Emulator, place: Place, person: int, source: Message, hidden: bool) -> Message:
    """Forward a message with its author's name; a hidden one is a name only."""
    if source.service:
        raise Problem("Service messages cannot be forwarded.")
    return home.post(
        enter(home, place, person),
        person,
        text=source.text,
        entities=source.entities or richtext.found(source.text),
        attachment=source.attachment,
        forwarded_from=source.forwarded_from or source.sender,
        forwarded_date=source.forwarded_date or source.date,
        forwarded_hidden=hidden,
    )


def make_parts(home: Emulator, person: int, kind: str, given: Mapping[str, Any]) -> list[Attachment]:
    """The attachments that `POST /sandbox/send` asks for, made up where no file was given."""
    count = int(given.get("count") or 1)
    if not 1 <= count <= 10 or (count > 1 and kind not in ("photo", "video", "document")):
        raise Problem("`count` is 1 to 10, and more than 1 only for photo, video and document.")
    if kind == "contact":
        return [_contact(home, person, given)]
    if kind == "location":
        place = {"latitude": given.get("latitude", 31.2304), "longitude": given.get("longitude", 121.4737)}
        return [Attachment(kind="location", value=place)]
    if kind in _MADE_UP:
        return [Attachment(kind=kind, value=_MADE_UP[kind](home, given))]
    if kind not in FILE_KINDS:
        raise Problem(f"`kind` is {', '.join((*FILE_KINDS, 'contact', 'location', *_MADE_UP))}.")
    size = None if given.get("size") is None else int(given["size"])
    files = [sample(kind, home.world.number("picture") - 1, size) for _ in range(count)]
    return [home.world.files.attach(kind, file, size) for file in files]


def upload(home: Emulator, files: Sequence[Upload]) -> list[Attachment]:
    """Files from somebody's machine; pictures go as photos."""
    if not 1 <= len(files) <= 10:
        raise Problem("Send 1 to 10 files at a time.")
    pictures = ("image/png", "image/jpeg", "image/webp")
    return [home.world.files.attach("photo" if f.mime in pictures else "document", f) for f in files]


def tap(home: Emulator, place: Place, person: int, message_id: int, data: str) -> Tap:
    """Tap a callback button: the bot gets the message as it is now."""
    enter(home, place, person)
    message = known_message(home, place, message_id)
    number = str(home.world.number("tap"))
    done = Tap(id=number, place=place, message_id=message_id, sender=person, data=data, at=home.clock.now())
    home.world.taps[number] = done
    query = {
        "id": number,
        "from": home.wire.user(person),
        "message": home.wire.message(message),
        "chat_instance": str(7_000_000_000 + abs(place.chat)),
        "data": data,
    }
    home.tell(message.sender, "callback_query", query, place.chat, ("tap", person, 0))
    return done


def tap_alone(
    home: Emulator, place: Place, person: int, message_id: int, url: str = "", copied: str = ""
) -> Tap:
    """Tap a button that only the app acts on: nobody is told; a link's `url` or what is `copied` is known."""
    number = str(home.world.number("tap"))
    done = Tap(id=number, place=place, message_id=message_id, sender=person, data="", at=home.clock.now(),
               answered=True, url=url, copied=copied)  # fmt: skip
    home.world.taps[number] = done
    home.events.publish("tap", tap_view(done))
    return done


def react(home: Emulator, place: Place, person: int, message_id: int, emoji: str) -> None:
    """Put an emoji on a message, or take it away with none. In groups only administrator bots are told."""
    enter(home, place, person)
    message = known_message(home, place, message_id)
    old = message.reactions.get(person)
    reactions = {user: given for user, given in message.reactions.items() if user != person}
    home.change(message, reactions={**reactions, person: emoji} if emoji else reactions)
    body = {
        "chat": home.wire.chat(place),
        "message_id": message_id,
        "user": home.wire.user(person),
        "date": home.clock.date(),
        "old_reaction": [{"type": "emoji", "emoji": old}] if old else [],
        "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
    }
    for bot in _reaction_readers(home, place):
        home.tell(bot, "message_reaction", body, place.chat, ("chat", place.chat, 0))


def block(home: Emulator, person: int, bot: int, blocked: bool) -> None:
    """Block or unblock a bot; it gets `my_chat_member`."""
    home.world.person(person)
    place = Place(person, bot)
    chat = home.world.private.setdefault(place, PrivateChat())
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    standing = [{"user": home.wire.user(bot), "status": "member"},
                {"user": home.wire.user(bot), "status": "kicked", "until_date": 0}]  # fmt: skip
    old, new = standing if blocked else reversed(standing)
    body = {"chat": home.wire.chat(place), "from": home.wire.user(person), "date": home.clock.date(),
            "old_chat_member": old, "new_chat_member": new}  # fmt: skip
    home.tell(bot, "my_chat_member", body, person, ("chat", person, 0))
    home.events.publish("blocked", {"chat": person, "bot": bot, "blocked": blocked})


def edit(home: Emulator, place: Place, person: int, message_id: int, text: str) -> None:
    """Edit one's own message."""
    message = own_message(home, place, person, message_id)
    words, entities = richtext.trimmed(text, ())
    home.edit_by_person(message, text=words, entities=richtext.found(words, entities))


def delete(home: Emulator, place: Place, person: int, message_id: int) -> None:
    """Delete a message: one's own, any in a private chat, any in a group for administrators."""
    message = known_message(home, place, message_id)
    group = home.world.groups.get(place.chat)
    if group and message.sender != person and not home.world.member(group, person).may("can_delete_messages"):
        raise Problem(f"{home.world.name(person)} may not delete other people's messages here.")
    home.remove(message)


def enter(home: Emulator, place: Place, person: int) -> Place:
    """Check that the person can write there; writing to a bot opens the chat with it."""
    home.world.person(person)
    if place.private:
        if home.world.private.setdefault(place, PrivateChat()).blocked:
            raise Problem("This person has blocked the bot; open the chat again to unblock it.")
        return place
    migrated = home.world.group(place.chat).migrated_to
    if migrated:
        raise Problem(f"This group became the supergroup {migrated}; write there.")
    return enter_to_read(home, place, person)


def enter_to_read(home: Emulator, place: Place, person: int) -> Place:
    """Check that the person is in the group."""
    group = home.world.group(place.chat)
    if not home.world.member(group, person).present:
        raise Problem(f"{home.world.name(person)} is not in the group “{group.title}”; add them first.")
    return place


def known_message(home: Emulator, place: Place, message_id: int) -> Message:
    """A message that is there."""
    message = home.world.message(place, message_id)
    if message is None:
        raise missing(f"There is no message {message_id} in that chat; it may have been deleted.")
    return message


def own_message(home: Emulator, place: Place, person: int, message_id: int) -> Message:
    """A message that the person wrote."""
    message = known_message(home, place, message_id)
    if message.sender != person:
        raise Problem("Only one's own messages can be edited.")
    return message


def _poll(home: Emulator, given: Mapping[str, Any]) -> Json:
    question = str(given.get("question") or "Shall we paint the hall?")
    return {
        "id": str(5_000_000 + home.world.number("poll")),
        "question": question,
        "options": [
            {"persistent_id": str(at), "text": text, "voter_count": 0}
            for at, text in enumerate(("Yes", "No"))
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
    }


def _dice(home: Emulator, given: Mapping[str, Any]) -> Json:
    """Never drawn: a transcript is the same every time."""
    return {"emoji": str(given.get("emoji") or "🎲"), "value": home.world.number("dice") % 6 + 1}


#: What is sent without a file, and is neither a contact nor a place.
_MADE_UP: Mapping[str, Callable[[Emulator, Mapping[str, Any]], Json]] = {"poll": _poll, "dice": _dice}


def _contact(home: Emulator, person: int, given: Mapping[str, Any]) -> Attachment:
    """A contact: one's own with its user id, unless `user_id` says whose it is (0: nobody's on Telegram)."""
    user = int(given.get("user_id", person) or 0)
    known = home.world.people.get(user)
    phone = str(given.get("phone") or f"+86138{user % 10**8:08}")
    value: Json = {"phone_number": phone, "first_name": known.first_name if known else "Somebody"}
    if known and known.last_name:
        value["last_name"] = known.last_name
    return Attachment(kind="contact", value={**value, "user_id": user} if user else value)


def _reaction_readers(home: Emulator, place: Place) -> list[int]:
    if place.private:
        return [place.bot]
    group = home.world.group(place.chat)
    bots = home.world.bots_in(group)
    return [bot.id for bot in bots if home.world.member(group, bot.id).status == "administrator"]
