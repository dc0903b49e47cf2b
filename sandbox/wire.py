"""The world as the Bot API writes it: users, chats, members, messages."""

from typing import Any

from sandbox.records import Json, Member, Message, Place, Topic
from sandbox.world import World

#: What an administrator of a group can be allowed; Telegram always writes all of them.
RIGHTS = (
    "can_manage_chat", "can_change_info", "can_delete_messages", "can_invite_users", "can_restrict_members",
    "can_pin_messages", "can_manage_topics", "can_promote_members", "can_manage_video_chats",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
    "can_manage_tags",
)  # fmt: skip

_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


class Wire:
    """Renders records; knows nothing of who is asking."""

    def __init__(self, world: World) -> None:
        self._world = world

    def user(self, user: int) -> Json:
        """A person or a bot, as in `from`."""
        if user in self._world.bots:
            bot = self._world.bots[user]
            return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}
        person = self._world.people[user]
        optional = {
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
        }
        return {"id": person.id, "is_bot": False, "first_name": person.first_name} | _filled(optional)

    def chat(self, place: Place) -> Json:
        """A chat as in `chat`: the private one carries the person's names."""
        if place.private:
            user = self.user(place.chat)
            names = {key: user[key] for key in ("first_name", "last_name", "username") if key in user}
            return {"id": place.chat, "type": "private"} | names
        group = self._world.groups[place.chat]
        return {"id": group.id, "type": group.kind, "title": group.title} | _filled({"is_forum": group.forum})

    def full_chat(self, place: Place) -> Json:
        """getChat: the fields that Telegram always gives, and the pinned message."""
        chat: Json = {**self.chat(place), "accent_color_id": abs(place.chat) % 7, "max_reaction_count": 11}
        chat["accepted_gift_types"] = dict.fromkeys(_GIFTS, place.private)
        if not place.private:
            chat["permissions"] = _permissions()
        pinned = [message for message in self._world.history(place) if message.pinned]
        if pinned:
            chat["pinned_message"] = self.message(pinned[-1])
        return chat

    def member(self, member: Member) -> Json:
        """A ChatMember of the right kind."""
        answer: Json = {"user": self.user(member.user), "status": member.status}
        if member.status == "creator":
            return {**answer, "is_anonymous": False}
        if member.status == "kicked":
            return {**answer, "until_date": 0}
        if member.status != "administrator":
            return answer
        rights = {right: bool(member.rights.get(right)) for right in RIGHTS}
        return {**answer, "can_be_edited": False, "is_anonymous": False, **rights}

    def topic(self, topic: Topic) -> Json:
        """A ForumTopic."""
        answer = {"message_thread_id": topic.thread, "name": topic.name, "icon_color": topic.icon_color}
        return answer | _filled({"icon_custom_emoji_id": topic.icon_emoji})

    def message(self, message: Message, quoting: bool = True) -> Json:
        """A Message. What it answers is quoted one level deep, as Telegram does."""
        answer: Json = {
            "message_id": message.id,
            "from": self.user(message.sender),
            "chat": self.chat(message.place),
            "date": message.date,
            **self._thread(message),
            **_content(message),
            **message.service,
        }
        if message.edited:
            answer["edit_date"] = message.edited
        if message.buttons:
            answer["reply_markup"] = {"inline_keyboard": [list(row) for row in message.buttons]}
        if message.forwarded_from:
            answer["forward_origin"] = self._origin(message)
        return answer | (self._quoted(message) if quoting else {})

    def _thread(self, message: Message) -> Json:
        if not message.thread:
            return {}
        return {"message_thread_id": message.thread, "is_topic_message": True}

    def _quoted(self, message: Message) -> Json:
        """In a topic a message that answers nothing answers the one that opened the topic."""
        quoted = message.reply_to or (message.thread if message.thread != message.id else 0)
        found = self._world.message(message.place, quoted)
        return {"reply_to_message": self.message(found, quoting=False)} if found else {}

    def _origin(self, message: Message) -> Json:
        user = self.user(message.forwarded_from)
        if message.forwarded_hidden:
            name = " ".join(user[key] for key in ("first_name", "last_name") if key in user)
            return {"type": "hidden_user", "sender_user_name": name, "date": message.forwarded_date}
        return {"type": "user", "sender_user": user, "date": message.forwarded_date}


def _content(message: Message) -> Json:
    """Text with entities, or an attachment with its caption."""
    if message.attachment is None:
        return _filled({"text": message.text, "entities": list(message.entities)})
    content: dict[str, Any] = {message.attachment.kind: message.attachment.value}
    if message.attachment.kind == "animation":  # for bots that do not know GIFs
        content["document"] = message.attachment.value
    content |= {"caption": message.text, "caption_entities": list(message.entities)}
    return _filled({**content, "media_group_id": message.album})


def _filled(fields: Json) -> Json:
    """Telegram leaves out what is empty."""
    return {key: value for key, value in fields.items() if value}


def _permissions() -> Json:
    kinds = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls")
    allowed = {f"can_send_{kind}": True for kind in kinds}
    others = ("can_send_other_messages", "can_add_web_page_previews", "can_change_info", "can_invite_users",
              "can_pin_messages", "can_manage_topics", "can_edit_tag", "can_react_to_messages")  # fmt: skip
    return allowed | dict.fromkeys(others, True)
