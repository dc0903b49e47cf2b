"""What happens to groups: people and bots come and go, topics open and close, a supergroup is made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sandbox.emulator import Emulator
from sandbox.errors import Problem
from sandbox.records import ADMINISTRATORS, Group, Json, Member, Message, Place, Topic
from sandbox.views import topic_view
from sandbox.wire import RIGHTS

#: What Telegram's apps switch on when somebody is made an administrator and nothing is chosen.
_USUAL = tuple(right for right in RIGHTS if right != "can_promote_members")


def found_group(
    home: Emulator, title: str, kind: str, forum: bool, owner: int, people: Sequence[int]
) -> Group:
    """Make a group with its owner and members; bots among them are told that they were added."""
    if kind not in ("group", "supergroup") or (forum and kind == "group"):
        raise Problem("`kind` is supergroup or group, and only a supergroup can be a forum.")
    group = Group(id=home.world.group_id(kind), title=title, kind=kind, forum=forum)
    if owner:
        group.members[home.world.person(owner).id] = Member(user=owner, status="creator")
    for user in people:
        if user in home.world.people and user != owner:
            group.members[user] = Member(user=user, status="member")
    home.world.groups[group.id] = group
    home.events.publish("group", {"chat": group.id, **home.views.group(group)})
    for user in people:
        if user not in home.world.people:
            set_member(home, group, user, "member", None, owner)
    return group


def set_member(home: Emulator, group: Group, user: int, status: str,
               rights: Mapping[str, bool] | None, by: int = 0) -> None:  # fmt: skip
    """Change somebody's standing and tell everybody whom Telegram tells."""
    if not home.world.known(user):
        raise Problem(f"There is nobody with the id {user}.")
    old = home.world.member(group, user)
    by = by or _owner(group) or user
    if status == "left" and user in home.world.bots and by != user:
        status = "kicked"
    new = Member(user=user, status=status, rights=_rights(status, rights))
    if new == old:
        return
    if new.present and not old.present:
        _arrive(home, group, new, old, by)
    else:
        _stay_or_go(home, group, new, old, by)


def _arrive(home: Emulator, group: Group, new: Member, old: Member, by: int) -> None:
    """Telegram first tells a bot of its own new standing, then shows the service message."""
    group.members[new.user] = new
    _announce(home, group, old, new, by)
    joined = home.wire.user(new.user)
    home.post(Place(group.id), by, service={"new_chat_members": [joined]})


def _stay_or_go(home: Emulator, group: Group, new: Member, old: Member, by: int) -> None:
    if old.present and not new.present:
        home.post(Place(group.id), by, service={"left_chat_member": home.wire.user(new.user)})
    _announce(home, group, old, new, by)
    group.members[new.user] = new


def _announce(home: Emulator, group: Group, old: Member, new: Member, by: int) -> None:
    """`my_chat_member` to the bot concerned, `chat_member` to administrator bots that asked for it."""
    place = Place(group.id)
    body = {"chat": home.wire.chat(place), "from": home.wire.user(by), "date": home.clock.date(),
            "old_chat_member": home.wire.member(old), "new_chat_member": home.wire.member(new)}  # fmt: skip
    lane = ("chat", group.id, 0)
    if new.user in home.world.bots:
        home.tell(new.user, "my_chat_member", body, group.id, lane)
    for bot in home.world.bots_in(group):
        if bot.id != new.user and home.world.member(group, bot.id).status == "administrator":
            home.tell(bot.id, "chat_member", body, group.id, lane)
    view = {"user": new.user, "name": home.world.name(new.user), "status": new.status}
    home.events.publish("member", {"chat": group.id, **view, "rights": dict(new.rights)})


def rename(home: Emulator, group: Group, title: str) -> None:
    """A new title, with its service message."""
    group.title = title
    home.post(Place(group.id), _owner(group) or next(iter(group.members)), service={"new_chat_title": title})


def migrate(home: Emulator, group: Group) -> Group:
    """Make a supergroup of a group: a new id, the same members; the old one answers with the new id."""
    if group.kind != "group" or group.migrated_to:
        raise Problem("Only a plain group that has not been upgraded yet can become a supergroup.")
    new = Group(id=home.world.group_id("supergroup"), title=group.title, kind="supergroup")
    new.members = dict(group.members)
    home.world.groups[new.id] = new
    by = _owner(group) or next(iter(group.members))
    home.post(Place(group.id), by, service={"migrate_to_chat_id": new.id})
    group.migrated_to = new.id
    home.post(Place(new.id), by, service={"migrate_from_chat_id": group.id})
    home.events.publish("group", {"chat": group.id, **home.views.group(group)})
    home.events.publish("group", {"chat": new.id, **home.views.group(new)})
    return new


def open_topic(home: Emulator, group: Group, by: int, name: str, color: int = 0, emoji: str = "") -> Topic:
    """A topic's id is the id of the service message that opens it."""
    color = color or Topic.icon_color
    created: Json = {"name": name, "icon_color": color} | ({"icon_custom_emoji_id": emoji} if emoji else {})
    thread = home.world.coming_id(Place(group.id))
    topic = Topic(thread=thread, name=name, creator=by, icon_color=color, icon_emoji=emoji)
    group.topics[thread] = topic
    home.post(Place(group.id), by, thread=thread, service={"forum_topic_created": created})
    _show(home, group, topic)
    return topic


def change_topic(home: Emulator, group: Group, topic: Topic, by: int, service: Json, **fields: Any) -> None:
    """Rename, close or reopen a topic, with its service message."""
    changed = replace(topic, **fields)
    group.topics[topic.thread] = changed
    home.post(Place(group.id), by, thread=topic.thread, service=service)
    _show(home, group, changed)


def delete_topic(home: Emulator, group: Group, topic: Topic) -> None:
    """A topic goes with all its messages; Telegram tells bots nothing."""
    del group.topics[topic.thread]
    for message in [one for one in home.world.history(Place(group.id)) if one.thread == topic.thread]:
        home.world.forget(message)
    home.events.publish("topic", {"chat": group.id, **topic_view(topic), "deleted": True})


def pin(home: Emulator, message: Message, by: int) -> None:
    """Pin a message and say so; the service message quotes it."""
    home.change(message, pinned=True)
    quoted = home.wire.message(message, quoting=False)
    home.post(message.place, by, thread=message.thread, service={"pinned_message": quoted})


def _show(home: Emulator, group: Group, topic: Topic) -> None:
    home.events.publish("topic", {"chat": group.id, **topic_view(topic), "deleted": False})


def _owner(group: Group) -> int:
    return next((member.user for member in group.members.values() if member.status == "creator"), 0)


def _rights(status: str, rights: Mapping[str, bool] | None) -> dict[str, bool]:
    if status not in ADMINISTRATORS or status == "creator":
        return {}
    unknown = set(rights or ()) - set(RIGHTS)
    if unknown:
        raise Problem(f"Unknown rights {sorted(unknown)}; there are {', '.join(RIGHTS)}.")
    chosen = dict.fromkeys(_USUAL, True) if rights is None else dict(rights)
    return {**chosen, "can_manage_chat": True}
