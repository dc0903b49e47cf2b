"""What a bot says about itself: commands, names, the menu button."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Call
from sandbox.records import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Json:
    """The bot, with what it may do."""
    abilities = dict.fromkeys(
        ("supports_inline_queries", "can_connect_to_business", "has_main_web_app", "has_topics_enabled",
         "allows_users_to_create_topics", "can_manage_bots", "supports_guest_queries",
         "supports_join_request_queries"), False,
    )  # fmt: skip
    reads_all = not call.bot.privacy
    extra = {"can_join_groups": True, "can_read_all_group_messages": reads_all}
    return call.home.wire.user(call.bot.id) | extra | abilities


def set_commands(call: Call) -> bool:
    """Replace the commands of one scope and language."""
    listed = call.params.listed("commands")
    if listed is None:
        raise bad_request('parameter "commands" is required')
    commands = [_command(one) for one in listed]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call)] = commands
    _show(call)
    return True


def get_commands(call: Call) -> list[Json]:
    """The commands of exactly that scope and language."""
    return call.bot.commands.get(_scope(call), [])


def delete_commands(call: Call) -> bool:
    """Forget the commands of one scope and language."""
    call.bot.commands.pop(_scope(call), None)
    _show(call)
    return True


def setter(which: str) -> Callable[[Call], bool]:
    """setMyName, setMyDescription, setMyShortDescription; an empty text goes back to the default."""

    def change(call: Call) -> bool:
        text = call.params.text(which)
        if len(text) > _LENGTHS[which]:
            raise bad_request(f"{which.replace('_', ' ')} is too long")
        call.bot.profile[which, call.params.text("language_code")] = text
        if which == "name" and text and not call.params.text("language_code"):
            call.bot.name = text
        _show(call)
        return True

    return change


def getter(which: str) -> Callable[[Call], Json]:
    """getMyName and its like: the language's text, else the default."""

    def read(call: Call) -> Json:
        texts = call.bot.profile
        default = texts.get((which, "")) or (call.bot.name if which == "name" else "")
        return {which: texts.get((which, call.params.text("language_code"))) or default}

    return read


def set_menu(call: Call) -> bool:
    """The button beside the input field, for one chat or by default."""
    menu = call.params.json("menu_button") or {"type": "default"}
    if menu.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: unsupported type")
    call.bot.menus[call.params.integer("chat_id")] = menu
    return True


def get_menu(call: Call) -> Json:
    """The menu button of a chat, else the default one."""
    menus = call.bot.menus
    return menus.get(call.params.integer("chat_id")) or menus.get(0) or {"type": "commands"}


def goodbye(_: Call) -> bool:
    """logOut and close: nothing to do here."""
    return True


def _command(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("expected an Object of type BotCommand")
    name, description = str(given.get("command", "")), str(given.get("description", ""))
    if not _COMMAND.fullmatch(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def _scope(call: Call) -> tuple[str, str]:
    """`default`, or the scope's fields in one word."""
    scope = call.params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or not scope.get("type"):
        raise bad_request("can't parse BotCommandScope")
    words = scope["type"] if len(scope) == 1 else json.dumps(scope, sort_keys=True)
    return words, call.params.text("language_code")


def _show(call: Call) -> None:
    call.home.events.publish("bot", {"chat": None, **call.home.views.bot(call.bot)})


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": setter("name"),
    "getMyName": getter("name"),
    "setMyDescription": setter("description"),
    "getMyDescription": getter("description"),
    "setMyShortDescription": setter("short_description"),
    "getMyShortDescription": getter("short_description"),
    "setChatMenuButton": set_menu,
    "getChatMenuButton": get_menu,
    "logOut": goodbye,
    "close": goodbye,
}
