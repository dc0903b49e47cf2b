"""What can go wrong: `Refused` is Telegram's answer to a bot, `Problem` the control API's answer to us.

Refused    an error that the Bot API reports, with its code, text and parameters
Problem    a control call that cannot be carried out, in words that tell what to do
"""

from typing import Any


class Refused(Exception):
    """The Bot API says no. The text is Telegram's own, with its `Bad Request: ` or `Forbidden: `."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The answer as Telegram writes it."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return {**answer, "parameters": self.parameters} if self.parameters else answer


def bad_request(text: str, **parameters: int) -> Refused:
    """400: the call is wrong as it stands."""
    return Refused(400, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> Refused:
    """403: the chat is closed to this bot."""
    return Refused(403, f"Forbidden: {text}")


def conflict(text: str) -> Refused:
    """409: two ways of getting updates at once."""
    return Refused(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> Refused:
    """429: a flood limit, with the seconds to wait."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class Problem(Exception):
    """A control call that makes no sense in this world."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def missing(text: str) -> Problem:
    """404: the thing named is not in this world."""
    return Problem(text, status=404)
