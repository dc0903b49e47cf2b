"""What python-telegram-bot's errors mean to us."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.faces import base, outcomes


def outcome(error: TelegramError, token: str) -> base.Outcome:
    """How a call ended that the library raised for. To it a BadRequest is a NetworkError."""
    match error:
        case RetryAfter():
            return base.Flood(_seconds(error))
        case ChatMigrated():
            return base.Migrated(error.new_chat_id)
        case BadRequest():
            return outcomes.refused(error.message)
        case Forbidden():
            return base.Blocked(error.message)
        case InvalidToken():
            return outcomes.revoked()
    why = _why(error, token)
    return base.Denied(why) if _is_refusal(error) else base.Unreachable(why)


def _is_refusal(error: TelegramError) -> bool:
    """The library takes unusual statuses for the network; but a file too large (413) stays so."""
    return isinstance(error, Conflict) or "too large" in error.message.lower()


def _seconds(error: RetryAfter) -> float:
    """Whole seconds or a time span, as the process has been told to have it."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait


def failure(error: TelegramError, token: str) -> base.TelegramError:
    """Why a question got no answer."""
    match error:
        case InvalidToken():
            return base.WrongToken()
        case Conflict():
            return base.OtherPoller()
        case BadRequest():
            return base.TelegramError(_why(error, token))
    return base.NoAnswer(_why(error, token))


def _why(error: TelegramError, token: str) -> str:
    return outcomes.words(error.message, token)
