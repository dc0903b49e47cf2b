"""The world as the control API and the page see it."""

from collections.abc import Sequence

from sandbox import richtext
from sandbox.records import Bot, Checkout, Group, Json, Message, Person, Place, Rows, Tap, Topic
from sandbox.world import World

_FILES = "/sandbox/files/"


class Views:
    """Renders records for people's eyes."""

    def __init__(self, world: World) -> None:
        self._world = world

    def message(self, message: Message, deleted: bool = False) -> Json:
        """A message as README.md lists its fields."""
        words = "caption" if message.attachment else "text"
        return {
            **where(message.place),
            "thread": message.thread or None,
            "message_id": message.id,
            "from": self.author(message.sender),
            "date": message.date,
            "edited": message.edited or None,
            words: message.text,
            "html": richtext.as_html(message.text, message.entities),
            "media": self._media(message),
            "album": message.album or None,
            "buttons": [[_button(button) for button in row] for row in message.buttons],
            "keyboard": keyboard(message.keyboard),
            "pinned": message.pinned,
            "reactions": [{"emoji": emoji, "from": user} for user, emoji in message.reactions.items()],
            "service": self._service(message) if message.service else None,
            "reply_to": message.reply_to or None,
            "forwarded_from": self._world.name(message.forwarded_from) if message.forwarded_from else None,
            "deleted": deleted,
        }

    def author(self, user: int) -> Json:
        """Who wrote something."""
        return {"id": user, "name": self._world.name(user), "is_bot": user in self._world.bots}

    def person(self, person: Person) -> Json:
        """Somebody, with all that was given at their making."""
        return {
            "id": person.id,
            "name": person.name,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": person.language_code,
            "role": person.role,
        }

    def bot(self, bot: Bot) -> Json:
        """A bot, with the commands that everybody gets."""
        return {
            "id": bot.id,
            "username": bot.username,
            "name": bot.name,
            "description": bot.profile.get(("description", ""), ""),
            "commands": bot.commands.get(("default", ""), []),
        }

    def group(self, group: Group) -> Json:
        """A group with its members and topics."""
        return {
            "id": group.id,
            "title": group.title,
            "kind": group.kind,
            "forum": group.forum,
            "migrated_to": group.migrated_to or None,
            "members": [
                {"user": member.user, "status": member.status, "rights": dict(member.rights)}
                for member in group.members.values()
                if member.present
            ],
            "topics": [topic_view(topic) for topic in group.topics.values()],
        }

    def chats(self) -> list[Json]:
        """The private chats that have been opened."""
        return [
            {"person": place.chat, "bot": place.bot, "blocked": chat.blocked}
            for place, chat in self._world.private.items()
        ]

    def _media(self, message: Message) -> list[Json]:
        """What hangs on a message; contact and location carry their fields instead of a file."""
        if message.attachment is None:
            return []
        kind, value = message.attachment.kind, message.attachment.value
        file = self._world.files.get(message.file_ids[-1]) if message.file_ids else None
        if file is None:
            return [{"kind": kind, "file_id": None, "url": None, "name": None, "size": None, **value}]
        item: Json = {"kind": kind, "file_id": file.id, "url": _FILES + file.id}
        item |= {"name": file.name, "size": file.size}
        largest = value[-1] if kind == "photo" else {}
        return [item | {key: largest[key] for key in ("width", "height") if key in largest}]

    def _service(self, message: Message) -> str:
        """A service message in words."""
        kind, value = next(iter(message.service.items()))
        who = self._world.name(message.sender)
        if kind == "new_chat_members":
            names = ", ".join(user["first_name"] for user in value)
            joined = len(value) == 1 and value[0]["id"] == message.sender
            return f"{names} joined" if joined else f"{who} added {names}"
        if kind == "left_chat_member":
            gone = value["first_name"]
            return f"{gone} left" if value["id"] == message.sender else f"{who} removed {gone}"
        if kind in ("successful_payment", "refunded_payment"):
            amount = f"{value['total_amount'] / 100:.2f} {value['currency']}"
            return f"{who} paid {amount}" if kind == "successful_payment" else f"{who} got {amount} back"
        if kind == "forum_topic_created":
            return f"{who} created the topic “{value['name']}”"
        if kind == "forum_topic_edited":
            return f"{who} changed the topic “{value.get('name', '')}”"
        plain = {
            "forum_topic_closed": "closed the topic",
            "forum_topic_reopened": "reopened the topic",
            "pinned_message": "pinned a message",
            "new_chat_title": f"changed the title to “{value}”",
            "migrate_to_chat_id": "upgraded the group to a supergroup",
            "migrate_from_chat_id": "upgraded the group to a supergroup",
        }
        return f"{who} {plain.get(kind, kind.replace('_', ' '))}"


def where(place: Place) -> Json:
    """Which chat: the person's id and the bot's in a private one."""
    return {"chat": place.chat, "bot": place.bot or None}


def topic_view(topic: Topic) -> Json:
    """A topic."""
    return {"thread": topic.thread, "name": topic.name, "closed": topic.closed}


def tap_view(tap: Tap) -> Json:
    """What became of a tap."""
    answer = {"answered": tap.answered, "text": tap.text, "show_alert": tap.show_alert, "url": tap.url}
    answer |= {"copied": tap.copied}
    return {**answer, "tap": tap.id, **where(tap.place), "message_id": tap.message_id, "from": tap.sender}


def checkout_view(checkout: Checkout, *, late: bool) -> Json:
    """What became of a payment."""
    return {
        "payment": checkout.id,
        **where(checkout.place),
        "message_id": checkout.message_id,
        "from": checkout.payer,
        "answered": checkout.answered,
        "paid": checkout.paid,
        "error": checkout.error
        or ("The bot did not answer in time." if late and not checkout.answered else ""),
        "charge": checkout.charge,
        "refunded": checkout.refunded,
    }


def keyboard(rows: Rows | None) -> Sequence[Sequence[Json]] | None:
    """The keyboard under the input field; an empty one takes it away."""
    if rows is None:
        return None
    return [
        [{"label": b["text"], "request_contact": bool(b.get("request_contact")),
          "request_location": bool(b.get("request_location"))} for b in row]
        for row in rows
    ]  # fmt: skip


def _button(button: Json) -> Json:
    view: Json = {"label": button["text"]}
    if "callback_data" in button:
        view["data"] = button["callback_data"]
    if button.get("pay"):
        view["pay"] = True
    if "copy_text" in button:
        view["copy"] = button["copy_text"]["text"]
    url = button.get("url") or button.get("web_app", {}).get("url") or button.get("login_url", {}).get("url")
    return {**view, "url": url} if url else view
