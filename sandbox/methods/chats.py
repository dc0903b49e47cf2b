"""Asking about chats and their members, pinning, leaving."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox import groups
from sandbox.errors import bad_request
from sandbox.methods.call import Call
from sandbox.records import ADMINISTRATORS, Json, Member, Message


def get_chat(call: Call) -> Json:
    """All about a chat."""
    return call.home.wire.full_chat(call.place())


def get_member(call: Call) -> Json:
    """Somebody's standing in a chat; in a private one both sides are members."""
    place, user = call.place(), call.params.integer("user_id")
    if not call.home.world.known(user):
        raise bad_request("user not found")
    if place.private:
        if user not in (place.chat, call.bot.id):
            raise bad_request("user not found")
        return call.home.wire.member(Member(user=user, status="member"))
    group = call.home.world.groups[place.chat]
    return call.home.wire.member(call.home.world.member(group, user))


def get_administrators(call: Call) -> list[Json]:
    """The owner and the administrators; other bots are left out."""
    place = call.place()
    if place.private:
        raise bad_request("there are no administrators in the private chat")
    group, world = call.home.world.groups[place.chat], call.home.world
    found = [m for m in group.members.values() if m.status in ADMINISTRATORS]
    return [call.home.wire.member(m) for m in found if m.user not in world.bots or m.user == call.bot.id]


def count_members(call: Call) -> int:
    """How many there are."""
    place = call.place()
    if place.private:
        return 2
    return sum(member.present for member in call.home.world.groups[place.chat].members.values())


def pin(call: Call) -> bool:
    """Pin a message; in groups that is an administrator's right."""
    _check_pin(call)
    message = call.message("pin")
    if not message.pinned:
        groups.pin(call.home, message, call.bot.id)
    return True


def unpin(call: Call) -> bool:
    """Unpin one message, or the newest pinned one."""
    _check_pin(call)
    if call.params.integer("message_id"):
        found: list[Message] = [call.message("unpin")]
    else:
        found = [one for one in call.home.world.history(call.place()) if one.pinned][-1:]
    for message in found:
        call.home.change(message, pinned=False)
    return True


def unpin_all(call: Call) -> bool:
    """Unpin everything, or everything in a topic."""
    _check_pin(call)
    thread = call.params.integer("message_thread_id")
    for message in call.home.world.history(call.place()):
        if message.pinned and (not thread or message.thread == thread):
            call.home.change(message, pinned=False)
    return True


def leave(call: Call) -> bool:
    """The bot goes by itself."""
    groups.set_member(call.home, call.group(), call.bot.id, "left", None, by=call.bot.id)
    return True


def _check_pin(call: Call) -> None:
    group = call.home.world.groups.get(call.place().chat)
    if group and group.kind == "supergroup" and not call.standing(group).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "unpinAllForumTopicMessages": unpin_all,
    "leaveChat": leave,
}
