"""reply_markup: buttons under a message, a keyboard under the input field, or the removal of one."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import bad_request
from sandbox.records import Json, Rows

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip


@dataclass(frozen=True)
class Markup:
    """What a message does to the buttons and to the keyboard; `keyboard` is empty when it takes one away."""

    buttons: Rows = ()
    keyboard: Rows | None = None


def parse_markup(given: Any) -> Markup:
    """Read reply_markup as Telegram does, with its complaints."""
    markup = _object(given)
    if not markup:
        return Markup()
    if "inline_keyboard" in markup:
        return Markup(buttons=_rows(markup["inline_keyboard"], "inline keyboard", _inline_button))
    if "keyboard" in markup:
        return Markup(keyboard=_rows(markup["keyboard"], "reply keyboard", _keyboard_button))
    return Markup(keyboard=()) if markup.get("remove_keyboard") else Markup()


def _object(given: Any) -> Json:
    if isinstance(given, str):
        try:
            given = json.loads(given) if given.strip() else {}
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    return given


def _rows(given: Any, what: str, button: Any) -> Rows:
    """Rows of buttons; empty rows are dropped, and a hundred buttons are the most."""
    name = "InlineKeyboard" if what == "inline keyboard" else "Keyboard"
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(f"can't parse {what}: {name}Markup must hold an Array of Arrays")
    rows = tuple(tuple(button(one) for one in row) for row in given if row)
    if sum(map(len, rows)) > 100:
        raise bad_request("reply markup is too long")
    return rows


def _inline_button(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(given.get("text"), str) or not given["text"]:
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton text must be non-empty")
    if not any(key in given for key in _ACTIONS):
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in given and not 1 <= len(str(given["callback_data"]).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in given:
        _check_copy_text(given["copy_text"])
    if "url" in given:
        _check_url(given["url"])
    if "web_app" in given:
        _check_web_app(given["web_app"].get("url", ""))
    return dict(given)


def _keyboard_button(given: Any) -> Json:
    """A plain string is short for a button with that text."""
    button = {"text": given} if isinstance(given, str) else given
    if not isinstance(button, dict) or not button.get("text"):
        raise bad_request("can't parse keyboard button: KeyboardButton text must be non-empty")
    return dict(button)


def _check_copy_text(given: Any) -> None:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise bad_request(
            'can\'t parse inline keyboard button: Field "text" of copy_text must be of type String'
        )
    if not 1 <= len(given["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    scheme = urlsplit(url).scheme
    if scheme and scheme not in ("http", "https", "tg", "tel", "ton", "tonsite"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = urlsplit(url if scheme else f"http://{url}").hostname or ""
    if scheme not in ("tg", "tel", "ton") and "." not in host and host not in _LOOPBACK:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_web_app(url: str) -> None:
    """Telegram wants HTTPS; on loopback the sandbox lets plain HTTP pass, as it does for webhooks."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise bad_request(
            f"inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed"
        )


def is_loopback(url: str) -> bool:
    """Whether an address stays on this machine."""
    return urlsplit(url).hostname in _LOOPBACK
