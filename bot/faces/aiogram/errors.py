"""What aiogram's errors mean to us."""

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.faces import base, outcomes


def outcome(error: AiogramError, token: str) -> base.Outcome:
    """How a call ended that aiogram raised for."""
    match error:
        case TelegramRetryAfter():
            return base.Flood(error.retry_after)
        case TelegramMigrateToChat():
            return base.Migrated(error.migrate_to_chat_id)
        case TelegramBadRequest():
            return outcomes.refused(error.message)
        case TelegramForbiddenError():
            return base.Blocked(error.message)
        case TelegramUnauthorizedError():
            return outcomes.revoked()
        case ClientDecodeError():
            return _undecoded(error)
    if _is_silence(error):
        return base.Unreachable(_why(error, token))
    return base.Denied(_why(error, token))


def _is_silence(error: AiogramError) -> bool:
    if isinstance(error, TelegramEntityTooLarge):
        return False
    return isinstance(error, TelegramNetworkError | TelegramServerError)


def _undecoded(error: ClientDecodeError) -> base.Outcome:
    """An answer that aiogram cannot read, such as a proxy's error page: but what was sent was sent."""
    match error.data:
        case {"ok": True, "result": {"message_id": int(sent)}}:
            return base.Sent(sent)
    return base.Unreachable("the answer is no JSON of Telegram's")


def failure(error: AiogramError, token: str) -> base.TelegramError:
    """Why a question got no answer."""
    match error:
        case TelegramUnauthorizedError() | TelegramNotFound():
            return base.WrongToken()
        case TelegramConflictError():
            return base.OtherPoller()
        case TelegramBadRequest():
            return base.TelegramError(_why(error, token))
    return base.NoAnswer(_why(error, token))


def _why(error: AiogramError, token: str) -> str:
    why = error.message if isinstance(error, TelegramAPIError) else type(error).__name__
    return outcomes.words(why, token)
