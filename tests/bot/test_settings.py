"""Settings: what an operator may leave out, and the one line that a wrong value ends in."""

from pathlib import Path

import pytest

from bot import settings as module
from bot.settings import EXAMPLES, Address, FaceName, Mode, Settings, WrongSettings, read_settings

TOKEN = "123456:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture(autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting from outside, and an empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"STEWARD_{field.upper()}", raising=False)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    def give(**variables: str) -> Settings:
        for name, value in variables.items():
            monkeypatch.setenv(f"STEWARD_{name}", value)
        return read_settings()

    return give


def complaint(give, **variables: str) -> str:
    with pytest.raises(WrongSettings) as wrong:
        give(**variables)
    (line,) = wrong.value.lines
    return line


def test_a_token_is_enough(given, tmp_path):
    settings = given(BOT_TOKEN=TOKEN)
    assert (settings.token, settings.bot_id) == (TOKEN, 123456)
    assert (settings.mode, settings.face) == (Mode.POLLING, FaceName.AIOGRAM)
    assert settings.telegram_api == "https://api.telegram.org"
    assert settings.listen == Address("127.0.0.1", 8080)
    assert settings.database == f"sqlite:///{tmp_path}/data/steward.db"
    assert settings.durable


def test_settings_are_read_from_a_file_and_the_environment_wins(given, tmp_path):
    (tmp_path / ".env").write_text(f'STEWARD_BOT_TOKEN="{TOKEN}"\nSTEWARD_LOG=json\nSTEWARD_MODE=\n')
    settings = given(LOG="text")
    assert (settings.token, settings.log, settings.mode) == (TOKEN, "text", Mode.POLLING)


def test_an_empty_address_switches_the_pages_off(given):
    assert given(LISTEN="").listen is None


@pytest.mark.parametrize(
    "listen, address",
    [("0.0.0.0:80", Address("0.0.0.0", 80)), ("[::1]:0", Address("::1", 0)), ("desk:1", Address("desk", 1))],
)
def test_addresses_to_listen_on(given, listen, address):
    assert given(LISTEN=listen).listen == address


@pytest.mark.parametrize(
    "url, database",
    [
        ("postgresql://a:b@h/steward", "postgresql+psycopg://a:b@h/steward"),
        ("postgres://h/steward", "postgresql+psycopg://h/steward"),
        ("postgresql+psycopg://steward@/steward", "postgresql+psycopg://steward@/steward"),
        ("sqlite:///here.db", "sqlite:///here.db"),
        ("sqlite:////there/here.db", "sqlite:////there/here.db"),
    ],
)
def test_databases(given, url, database):
    assert given(DATABASE_URL=url).database == database


def test_a_webhook_needs_its_address_its_secret_and_somewhere_to_listen(given):
    with pytest.raises(WrongSettings) as wrong:
        given(MODE="webhook", LISTEN="")
    assert [line.partition(":")[0] for line in wrong.value.lines] == [
        "STEWARD_WEBHOOK_URL",
        "STEWARD_WEBHOOK_SECRET",
        "STEWARD_LISTEN",
    ]
    assert "is needed with STEWARD_MODE=webhook" in wrong.value.lines[0]


def test_a_webhook_may_be_plain_on_this_machine_only(given):
    settings = given(MODE="webhook", WEBHOOK_URL="http://127.0.0.1:8080/t", WEBHOOK_SECRET="s_1-")
    assert settings.webhook_url == "http://127.0.0.1:8080/t"
    assert "is no https address" in complaint(given, WEBHOOK_URL="http://desk.example/t")


@pytest.mark.parametrize(
    "variable, value, why",
    [
        ("BOT_TOKEN", "hunter2", "is no token"),
        ("TELEGRAM_API", "api.telegram.org", '"api.telegram.org" is no http or https address'),
        ("TELEGRAM_API", "http://desk:port/", "is no http or https address"),
        ("DATABASE_URL", "mysql://me:hunter2@h/db", "is no address"),
        ("DATABASE_URL", "sqlite://", "is no address"),
        ("DATABASE_URL", "sqlite:///:memory:", "is no address"),
        ("FACE", "telethon", '"telethon" is not one of: aiogram, ptb'),
        ("MODE", "push", '"push" is not one of: polling, webhook'),
        ("WEBHOOK_SECRET", "hunter2 ", "must have 1 to 256 of the characters"),
        ("LISTEN", "8080", '"8080" is no host:port'),
        ("LISTEN", ":8080", '":8080" is no host:port'),
        ("LISTEN", "localhost:99999", "is no host:port"),
        ("LOG", "xml", '"xml" is not one of: json, text'),
        ("SYNCHRONOUS", "off", '"off" is not one of: full, normal'),
        ("LIMITS", "mine", '"mine" is not one of: telegram, none'),
    ],
)
def test_a_wrong_value_is_one_line_with_an_example_and_no_secret(given, variable, value, why):
    line = complaint(given, **{variable: value})
    assert line.startswith(f"STEWARD_{variable}: ")
    assert why in line
    assert f"Example: STEWARD_{variable}=" in line
    assert "hunter2" not in line


def test_every_setting_has_an_example_and_the_examples_are_right(given):
    assert set(EXAMPLES) == set(Settings.model_fields)
    plain = {name: value for name, value in EXAMPLES.items() if "…" not in value}
    given(**{name.upper(): value for name, value in plain.items()})


def test_every_setting_is_in_the_manual():
    manual = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"| `STEWARD_{name.upper()}` |" not in manual] == []


def test_a_command_that_needs_the_bot_says_that_the_token_is_missing(given):
    with pytest.raises(WrongSettings, match="STEWARD_BOT_TOKEN: is not set"):
        _ = given().token


def test_a_face_that_is_not_installed_says_how_to_get_it(given, monkeypatch):
    settings = given(FACE="ptb")
    assert settings.with_face() is settings
    monkeypatch.setattr("bot.setting_values.find_spec", lambda name: None)
    with pytest.raises(WrongSettings, match=r"STEWARD_FACE: ptb is not installed; pip install .*\[ptb\]"):
        settings.with_face()


def test_the_face_that_is_installed_is_taken(given, monkeypatch):
    monkeypatch.setattr("bot.setting_values.find_spec", lambda name: name == "telegram" or None)
    assert given().face is FaceName.PTB


def test_a_file_in_another_encoding_says_so(given, tmp_path):
    (tmp_path / ".env").write_bytes("STEWARD_LOG=文".encode("gbk"))
    assert complaint(given).startswith(".env: is not written in UTF-8")


def test_no_secret_is_shown_by_accident(given):
    settings = given(BOT_TOKEN=TOKEN, WEBHOOK_SECRET="hunter2", DATABASE_URL="postgresql://a:hunter2@h/d")
    assert TOKEN not in repr(settings)
    assert "hunter2" not in repr(settings)
    assert settings.secrets() == (TOKEN, "hunter2")


def test_the_module_names_what_it_hands_out():
    assert all(hasattr(module, name) for name in module.__all__)
