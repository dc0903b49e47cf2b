"""What an operator sets: the environment, then `.env`. A wrong value ends in one line that names it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import setting_values as values
from bot.setting_values import Address, FaceName, LimitsOf, LogForm, Mode, Synchronous

__all__ = [
    "Address",
    "FaceName",
    "LimitsOf",
    "LogForm",
    "Mode",
    "Settings",
    "Synchronous",
    "WrongSettings",
    "read_settings",
]

PREFIX: Final = "STEWARD_"
TELEGRAM: Final = "https://api.telegram.org"
DATABASE_FILE: Final = "steward.db"

#: one good value for each setting, shown beside a wrong one
EXAMPLES: Final = {
    "bot_token": "123456:AAE…",
    "telegram_api": TELEGRAM,
    "data_dir": "/var/lib/steward",
    "database_url": "postgresql://steward:password@localhost/steward",
    "face": "aiogram",
    "mode": "polling",
    "payment_token": "284685063:TEST:OThjMTk…",
    "webhook_url": "https://desk.example/telegram",
    "webhook_secret": "3f1c9a… (openssl rand -hex 32)",
    "listen": "127.0.0.1:8080",
    "log": "json",
    "clock": "data/demo/clock",
    "synchronous": "full",
    "limits": "telegram",
}


class WrongSettings(Exception):
    """One or more settings are wrong; each line names one, what is wrong with it, and an example."""

    line_by_line = True

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """All that can be set. Nothing here is read again while the product runs."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    #: None where no bot is needed (`migrate`, `import-estate`); ask `token` where it is
    bot_token: Annotated[SecretStr, AfterValidator(values.token)] | None = None
    #: of the provider that @BotFather connected; None where nothing is paid in Telegram
    payment_token: SecretStr | None = None
    telegram_api: Annotated[str, AfterValidator(values.web_address)] = TELEGRAM
    data_dir: Path = Path("data")
    #: None is a SQLite file in the data folder; ask `database`
    database_url: Annotated[SecretStr, AfterValidator(values.database)] | None = None
    face: Annotated[FaceName, BeforeValidator(values.one_of(FaceName))] = Field(
        default_factory=values.installed_face
    )
    mode: Annotated[Mode, BeforeValidator(values.one_of(Mode))] = Mode.POLLING
    webhook_url: Annotated[str, AfterValidator(values.public_address)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(values.secret)] | None = None
    #: None switches the pages off, which only polling can do without
    listen: Annotated[Address | None, NoDecode, BeforeValidator(values.address)] = Address("127.0.0.1", 8080)
    log: Annotated[LogForm, BeforeValidator(values.one_of(LogForm))] = LogForm.TEXT
    #: a file with the seconds by which the sandbox runs ahead
    clock: Path | None = None
    synchronous: Annotated[Synchronous, BeforeValidator(values.one_of(Synchronous))] = Synchronous.FULL
    limits: Annotated[LimitsOf, BeforeValidator(values.one_of(LimitsOf))] = LimitsOf.TELEGRAM

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, given: Any) -> Any:
        """`STEWARD_FACE=` in a file means the default; only an empty STEWARD_LISTEN says something."""
        return {name: value for name, value in given.items() if value != "" or name == "listen"}

    @field_validator("webhook_url", "webhook_secret", "listen")
    @classmethod
    def _webhook_needs(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and info.data.get("mode") is Mode.WEBHOOK:
            raise ValueError(f"is needed with {PREFIX}MODE=webhook")
        return value

    @property
    def token(self) -> str:
        """The bot's token; raises `WrongSettings` if none is set."""
        if self.bot_token is None:
            raise WrongSettings(_line("bot_token", "is not set; @BotFather gives one"))
        return self.bot_token.get_secret_value()

    @property
    def bot_id(self) -> int:
        """The bot's own id, which is the number before the token's colon."""
        return int(self.token.partition(":")[0])

    @property
    def database(self) -> str:
        """The database's URL, with our driver in it."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir.resolve() / DATABASE_FILE}"
        return self.database_url.get_secret_value()

    @property
    def durable(self) -> bool:
        """Whether every commit waits for the disk."""
        return self.synchronous is Synchronous.FULL

    def secrets(self) -> tuple[str, ...]:
        """What must never be shown, for the log's filter."""
        kept = (self.bot_token, self.payment_token, self.webhook_secret)
        return tuple(secret.get_secret_value() for secret in kept if secret)

    def with_face(self) -> Self:
        """Itself, once it is sure that Telegram's library is installed; raises `WrongSettings`."""
        if not self.face.installed:
            raise WrongSettings(
                _line("face", f"{self.face} is not installed; pip install 'steward-desk[{self.face}]'")
            )
        return self


def read_settings() -> Settings:
    """The settings as they are now; raises `WrongSettings` with a line for each wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings(*_explained(error)) from None
    except UnicodeDecodeError:
        raise WrongSettings(".env: is not written in UTF-8; save it anew as UTF-8") from None


def _explained(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        why = problem.get("ctx", {}).get("error", problem["msg"])
        yield _line(str(problem["loc"][0]), str(why))


def _line(field: str, why: str) -> str:
    variable = f"{PREFIX}{field.upper()}"
    return f"{variable}: {why}. Example: {variable}={EXAMPLES[field]}"
