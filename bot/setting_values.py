"""What the settings' values are, and how each is read; a wrong one raises ValueError that says why."""

import re
from collections.abc import Callable
from enum import StrEnum
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr

PSYCOPG: Final = "postgresql+psycopg"


class FaceName(StrEnum):
    """The library that speaks with Telegram."""

    AIOGRAM = "aiogram"
    PTB = "ptb"

    @property
    def installed(self) -> bool:
        """Whether its extra is there, found out without importing it."""
        return find_spec("telegram" if self is FaceName.PTB else "aiogram") is not None


class Mode(StrEnum):
    """How updates come: asked for, or delivered."""

    POLLING = "polling"
    WEBHOOK = "webhook"


class LogForm(StrEnum):
    """For whom the log is written."""

    JSON = "json"
    TEXT = "text"


class Synchronous(StrEnum):
    """Whether a commit in SQLite waits for the disk (full), or a power cut may take the last (normal)."""

    FULL = "full"
    NORMAL = "normal"


class LimitsOf(StrEnum):
    """Whose limits are kept: Telegram's, or none, for the sandbox and a Bot API server of one's own."""

    TELEGRAM = "telegram"
    NONE = "none"


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int


def token(value: SecretStr) -> SecretStr:
    """A token has the bot's id before its colon; the sandbox's are shorter than Telegram's."""
    if not re.fullmatch(r"\d+:\S+", value.get_secret_value()):
        raise ValueError("is no token of @BotFather: digits, a colon, letters")
    return value


def secret(value: SecretStr) -> SecretStr:
    """What Telegram allows in its header."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
        raise ValueError("must have 1 to 256 of the characters A-Z a-z 0-9 _ -")
    return value


def web_address(value: str) -> str:
    """Of a server, without the last slash."""
    parts = _split(value)
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f'"{value}" is no http or https address')
    return value.rstrip("/")


def public_address(value: str) -> str:
    """Telegram calls https only; the sandbox also plain http on this machine."""
    parts = urlsplit(web_address(value))
    if parts.scheme != "https" and not _is_loopback(parts.hostname or ""):
        raise ValueError(f'"{value}" is no https address, and Telegram calls no other')
    return value


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises if it is no number
    except ValueError:
        return None
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def address(value: Any) -> Any:
    """`host:port`; "" switches the server off."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    host, _, port = value.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not re.fullmatch(r"\d{1,5}", port) or int(port) > 65535:
        raise ValueError(f'"{value}" is no host:port')
    return Address(host, int(port))


def database(value: SecretStr) -> SecretStr:
    """SQLite's file, or PostgreSQL with our driver. It may hold a password, so it is never repeated."""
    scheme, _, rest = value.get_secret_value().partition("://")
    backend = scheme.partition("+")[0]
    if backend in {"postgres", "postgresql"} and rest:
        return SecretStr(f"{PSYCOPG}://{rest}")
    if backend == "sqlite" and rest.strip("/") not in {"", ":memory:"}:
        return value
    raise ValueError("is no address of a SQLite file or a PostgreSQL database")


def one_of(choices: type[StrEnum]) -> Callable[[Any], Any]:
    """Reads one of the choices, in any case."""

    def read(value: Any) -> Any:
        if isinstance(value, str) and value.lower() not in list(choices):
            raise ValueError(f'"{value}" is not one of: {", ".join(choices)}')
        return value.lower() if isinstance(value, str) else value

    return read


def installed_face() -> FaceName:
    """Whichever is installed, aiogram first."""
    return next((face for face in FaceName if face.installed), FaceName.AIOGRAM)
