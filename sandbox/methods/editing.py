"""Editing and deleting. An edit without reply_markup removes the buttons; one that changes nothing fails."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Call, read_caption
from sandbox.methods.media import pick_input
from sandbox.methods.sending import shown
from sandbox.records import Json, Message

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
#: A bot may take back its own messages for two days.
_DELETABLE = 48 * 3600


def edit_text(call: Call) -> Json:
    """New words for a message of words."""
    message = _own(call)
    text, entities = call.words()
    if message.attachment is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, message, text=text, entities=entities)


def edit_caption(call: Call) -> Json:
    """New words under a file."""
    message = _own(call)
    if not message.file_ids:
        raise bad_request("there is no caption in the message to edit")
    text, entities = call.caption()
    return _edit(call, message, text=text, entities=entities)


def edit_markup(call: Call) -> Json:
    """New buttons only."""
    return _edit(call, _own(call))


def edit_media(call: Call) -> Json:
    """Another file with its caption; a message of words may become one with a file."""
    message = _own(call)
    media = call.params.json("media")
    if not isinstance(media, dict):
        raise bad_request("media must be non-empty")
    text, entities = read_caption(media)
    return _edit(call, message, text=text, entities=entities, attachment=pick_input(call, media))


def delete(call: Call) -> bool:
    """Delete one message."""
    message = call.message("delete")
    _check_deletable(call, message)
    call.home.remove(message)
    return True


def delete_many(call: Call) -> bool:
    """Delete up to 100; those that are gone are skipped."""
    place = call.place()
    listed = call.params.listed("message_ids") or []
    if not 1 <= len(listed) <= 100:
        raise bad_request("message identifiers are not specified" if not listed else "too many messages")
    found = [call.home.world.message(place, int(message_id)) for message_id in listed]
    for message in [one for one in found if one]:
        _check_deletable(call, message)
        call.home.remove(message)
    return True


def _own(call: Call) -> Message:
    """A message that the bot may edit: its own, without a reply keyboard."""
    if call.params.text("inline_message_id"):
        raise bad_request("the sandbox has no inline messages")
    message = call.message("edit")
    if message.sender != call.bot.id or message.service or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def _edit(call: Call, message: Message, **content: Any) -> Json:
    buttons = call.markup().buttons
    changes = {**content, "buttons": buttons}
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise bad_request(_NOT_MODIFIED)
    return shown(call, call.home.change(message, **changes, edited=call.home.clock.date()))


def _check_deletable(call: Call, message: Message) -> None:
    """In groups others' messages need the right; one's own can be taken back for 48 hours."""
    group = call.home.world.groups.get(message.place.chat)
    if group and call.standing(group).may("can_delete_messages"):
        return
    if group and message.sender != call.bot.id:
        raise bad_request("message can't be deleted")
    if call.home.clock.now() - message.date > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete,
    "deleteMessages": delete_many,
}
