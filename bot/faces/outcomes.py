"""What Telegram's answers mean, in its own words. Both libraries pass these words on."""

from collections.abc import Sequence
from typing import Final

from bot.faces.base import Blocked, Denied, MessageGone, Ok, Outcome, TopicGone, Unreachable

_UNCHANGED: Final = ("message is not modified",)
_MESSAGE_GONE: Final = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message can't be deleted",
    "message_id_invalid",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
_TOPIC_GONE: Final = ("message thread not found", "topic_deleted", "topic_id_invalid")
_SHUT_OUT: Final = (
    "chat not found",
    "peer_id_invalid",
    "user not found",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "group chat was deleted",
)


def refused(why: str) -> Outcome:
    """What a 400 means. Telegram tells its errors apart only by their words."""
    words = why.lower()
    if _any(words, _UNCHANGED):
        return Ok()
    if _any(words, _MESSAGE_GONE):
        return MessageGone()
    if _any(words, _TOPIC_GONE):
        return TopicGone()
    return Blocked(why) if _any(words, _SHUT_OUT) else Denied(why)


def revoked() -> Outcome:
    """What a 401 means: nothing can be sent, and nothing is lost, until the new token is set."""
    return Unreachable("Telegram does not know this token. Check STEWARD_BOT_TOKEN.")


def words(why: str, token: str) -> str:
    """Telegram's own words or the network's, fit for a log: the token may stand in an address among them,
    and a proxy's whole error page may be quoted."""
    return why.replace(token, "…")[:200]


def _any(words: str, known: Sequence[str]) -> bool:
    return any(phrase in words for phrase in known)
