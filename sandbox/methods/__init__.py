"""The methods of the Bot API, one module a matter. Names are not case sensitive, as at Telegram."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox.methods import about, answering, chats, editing, media, payments, sending, topics, updates
from sandbox.methods.call import Call

Method = Callable[[Call], Any | Awaitable[Any]]

_TABLES = (about, answering, chats, editing, media, payments, sending, topics, updates)

#: Methods that exist at Telegram but not here.
_ELSEWHERE = """
    createInvoiceLink sendPoll stopPoll sendDice sendGame sendPaidMedia answerInlineQuery answerShippingQuery
    refundStarPayment banChatMember unbanChatMember restrictChatMember
    promoteChatMember setChatTitle setChatPhoto setChatDescription createChatInviteLink
"""


def table() -> dict[str, Method]:
    """All methods by name in lower case."""
    return {name.lower(): method for module in _TABLES for name, method in module.METHODS.items()}


def unsupported(name: str) -> bool:
    """Whether Telegram knows a method that the sandbox does not."""
    return name.lower() in _ELSEWHERE.lower().split()


__all__ = ["Call", "Method", "table", "unsupported"]
