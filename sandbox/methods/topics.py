"""Topics of a forum. They need the right to manage topics, except for a topic that the bot opened itself."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox import groups
from sandbox.errors import bad_request
from sandbox.methods.call import Call
from sandbox.records import Group, Json, Topic

_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)

#: Telegram cuts longer names.
NAME_LIMIT = 128


def create(call: Call) -> Json:
    """Open a topic."""
    group = _forum(call)
    if not call.standing(group).may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = _name(call)
    color = call.params.integer("icon_color") or _COLORS[0]
    if color not in _COLORS:
        raise bad_request("invalid icon color specified")
    emoji = call.params.text("icon_custom_emoji_id")
    return call.home.wire.topic(groups.open_topic(call.home, group, call.bot.id, name, color, emoji))


def edit(call: Call) -> bool:
    """A new name or icon."""
    group, topic = _topic(call, "edit")
    changes: dict[str, Any] = {}
    if call.params.text("name").strip():
        changes["name"] = _name(call)
    if "icon_custom_emoji_id" in call.params.values:
        changes["icon_emoji"] = call.params.text("icon_custom_emoji_id")
    if all(getattr(topic, key) == value for key, value in changes.items()):
        raise bad_request("TOPIC_NOT_MODIFIED")
    keys = {"name": "name", "icon_emoji": "icon_custom_emoji_id"}
    service = {"forum_topic_edited": {keys[key]: value for key, value in changes.items()}}
    groups.change_topic(call.home, group, topic, call.bot.id, service, **changes)
    return True


def close(call: Call) -> bool:
    """Only administrators write in a closed topic."""
    return _toggle(call, closed=True)


def reopen(call: Call) -> bool:
    """Everybody writes in it again."""
    return _toggle(call, closed=False)


def delete(call: Call) -> bool:
    """A topic goes with all its messages, which takes the right to delete them."""
    group = _forum(call)
    if not call.standing(group).may("can_delete_messages"):
        raise bad_request("not enough rights to delete the topic")
    groups.delete_topic(call.home, group, _named(call, group))
    return True


def icons(_: Call) -> list[Json]:
    """getForumTopicIconStickers: the sandbox has none."""
    return []


def _toggle(call: Call, closed: bool) -> bool:
    group, topic = _topic(call, "close or reopen")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    service: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    groups.change_topic(call.home, group, topic, call.bot.id, service, closed=closed)
    return True


def _forum(call: Call) -> Group:
    group = call.group()
    if not group.forum:
        raise bad_request("the chat is not a forum")
    return group


def _topic(call: Call, act: str) -> tuple[Group, Topic]:
    """The topic of the call, if the bot may change it."""
    group = _forum(call)
    topic = _named(call, group)
    if topic.creator != call.bot.id and not call.standing(group).may("can_manage_topics"):
        raise bad_request(f"not enough rights to {act} the topic")
    return group, topic


def _named(call: Call, group: Group) -> Topic:
    topic = group.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    return topic


def _name(call: Call) -> str:
    name = " ".join(call.params.text("name").split())[:NAME_LIMIT]
    if not name:
        raise bad_request("title must be non-empty")
    return name


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": close,
    "reopenForumTopic": reopen,
    "deleteForumTopic": delete,
    "getForumTopicIconStickers": icons,
}
