"""One method call: who calls, with what, and the questions that most methods ask first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox import entities, richtext
from sandbox.emulator import Emulator
from sandbox.errors import Refused, bad_request, forbidden
from sandbox.markup import Markup, parse_markup
from sandbox.params import Params
from sandbox.records import Bot, Group, Json, Member, Message, Place

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


@dataclass(frozen=True)
class Call:
    """What a method gets."""

    home: Emulator
    bot: Bot
    params: Params

    def place(self, key: str = "chat_id") -> Place:
        """The chat of the call, if the bot can reach it."""
        given = self.params.text(key)
        if not given:
            raise bad_request(f"{key} is empty")
        chat = self.params.integer(key)
        if chat in self.home.world.groups:
            return self._group_place(self.home.world.groups[chat])
        return self._private_place(chat)

    def _private_place(self, chat: int) -> Place:
        """A bot may write to a person only after they opened the chat."""
        place, world = Place(chat, self.bot.id), self.home.world
        if chat in world.bots:
            raise forbidden("bots can't send messages to bots")
        if place in world.private:
            if world.private[place].blocked:
                raise forbidden("bot was blocked by the user")
            return place
        if chat in world.people and world.meets(self.bot.id, chat):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def _group_place(self, group: Group) -> Place:
        member = group.members.get(self.bot.id)
        if member is None:
            raise bad_request("chat not found")
        if group.migrated_to:
            text = "group chat was upgraded to a supergroup chat"
            raise bad_request(text, migrate_to_chat_id=group.migrated_to)
        if member.status == "kicked":
            raise forbidden(f"bot was kicked from the {group.noun}")
        if not member.present:
            raise forbidden(f"bot is not a member of the {group.noun}")
        return Place(group.id)

    def group(self) -> Group:
        """The group of the call, for methods that make sense in groups only."""
        place = self.place()
        if place.private:
            raise bad_request("method is available only for supergroups")
        return self.home.world.groups[place.chat]

    def standing(self, group: Group) -> Member:
        """The bot's own standing in a group."""
        return self.home.world.member(group, self.bot.id)

    def thread(self, place: Place) -> int:
        """The topic to write to; General (1) is not named, and a deleted topic is not found."""
        thread = self.params.integer("message_thread_id")
        if not thread:
            return 0
        group = self.home.world.groups.get(place.chat)
        topic = group.topics.get(thread) if group else None
        if group is None or topic is None:
            raise bad_request("message thread not found")
        if topic.closed and not self.standing(group).may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return thread

    def message(self, what: str, place: Place | None = None, key: str = "message_id") -> Message:
        """The message of the call; `what` completes "message to … not found"."""
        message_id = self.params.integer(key)
        if not message_id:
            raise bad_request("message identifier is not specified")
        found = self.home.world.message(place or self.place(), message_id)
        if found is None:
            raise bad_request(f"message to {what} not found")
        return found

    def quoted(self, place: Place) -> Message | None:
        """The message that is answered, by `reply_parameters` or the older `reply_to_message_id`."""
        reply = self.params.json("reply_parameters") or {}
        message_id = int(reply.get("message_id") or self.params.integer("reply_to_message_id"))
        found = self.home.world.message(place, message_id)
        lenient = reply.get("allow_sending_without_reply") or self.params.flag("allow_sending_without_reply")
        if message_id and found is None and not lenient:
            raise bad_request("message to be replied not found")
        return found

    def markup(self) -> Markup:
        """The buttons or the keyboard."""
        return parse_markup(self.params.values.get("reply_markup"))

    def words(self) -> tuple[str, list[Json]]:
        """`text` with its entities; it must not be empty."""
        text, found = read_words(self.params.values, "text", "entities")
        if not text:
            raise bad_request("message text is empty")
        if len(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
        return text, found

    def caption(self) -> tuple[str, list[Json]]:
        """`caption` with its entities."""
        return read_caption(self.params.values)


def read_caption(values: Mapping[str, Any]) -> tuple[str, list[Json]]:
    """A caption, which is counted after parsing."""
    text, found = read_words(values, "caption", "caption_entities")
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, found


def read_words(values: Mapping[str, Any], key: str, entities_key: str) -> tuple[str, list[Json]]:
    """Words by parse_mode or by given entities, trimmed, with what Telegram finds itself."""
    source = str(values.get(key) or "")
    mode = str(values.get("parse_mode") or "").lower()
    if mode == "html":
        text, given = entities.parse_html(source)
    elif mode in ("markdown", "markdownv2"):
        raise Refused(400, "Bad Request: the sandbox does not parse Markdown; use HTML or entities")
    elif mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    else:
        text, given = source, _given(Params(values).listed(entities_key) or [])
    text, kept = richtext.trimmed(text, given)
    return text, richtext.found(text, kept)


def _given(listed: list[Any]) -> list[Json]:
    """Entities from the call; what Telegram finds itself need not be given."""
    for entity in listed:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request("can't parse MessageEntity: type, offset and length must be given")
    skipped = ("bot_command", "mention", "url", "email", "hashtag", "cashtag", "phone_number")
    return [{k: v for k, v in e.items() if v is not None} for e in listed if e["type"] not in skipped]
