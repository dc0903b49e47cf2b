"""Answering a tap, reacting to a message, fetching a file."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.methods.call import Call
from sandbox.records import Json
from sandbox.views import tap_view

#: Telegram's apps stop waiting for the answer to a tap after about 15 seconds.
TAP_TIMEOUT = 15.0

_REACTIONS = """
    👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚
    🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋
    🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""


def answer_tap(call: Call) -> bool:
    """Each tap is answered once and soon; the text is a toast or an alert of up to 200 characters."""
    tap = call.home.world.taps.get(call.params.text("callback_query_id"))
    late = tap and call.home.clock.now() - tap.at > TAP_TIMEOUT
    if tap is None or late or tap.answered or not _mine(call, tap.place.bot):
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answered, tap.text, tap.url = True, text, call.params.text("url")
    tap.show_alert = call.params.flag("show_alert")
    call.home.events.publish("tap", tap_view(tap))
    return True


def react(call: Call) -> bool:
    """A bot puts one of the standard emoji on a message, or takes its own away."""
    message = call.message("react")
    listed = call.params.listed("reaction") or []
    if len(listed) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = [str(one.get("emoji", "")) for one in listed]
    if any(one not in _REACTIONS.split() for one in emoji):
        raise bad_request("REACTION_INVALID")
    others = {user: given for user, given in message.reactions.items() if user != call.bot.id}
    call.home.change(message, reactions=others | ({call.bot.id: emoji[0]} if emoji else {}))
    return True


def get_file(call: Call) -> Json:
    """Where to download a file of up to 20 MB."""
    file = call.home.world.files.get(call.params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**file.stub(), "file_path": file.path}


def _mine(call: Call, bot: int) -> bool:
    """A tap in a private chat belongs to that bot; in a group to whoever got it."""
    return bot in (0, call.bot.id)


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "answerCallbackQuery": answer_tap,
    "setMessageReaction": react,
    "getFile": get_file,
}
