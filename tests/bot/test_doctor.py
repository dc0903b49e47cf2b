"""The doctor against a whole Telegram: what is well, and what it says to do about what is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.clock import HandClock
from bot.settings import Settings
from bot.setup import checkup
from bot.setup.bot_api import BotApi
from bot.setup.doctor import examine
from desk.mail import Outgoing
from desk.records import Timer
from sandbox.client import Group, Sandbox
from sandbox.running import running
from storage.work import Database

EXAMPLE = Path(__file__).parents[2] / "examples/sunny-court.toml"
TOKEN = "1:secret"


@pytest.fixture
def sandbox():
    with running() as base:
        yield Sandbox(base), base


@pytest.fixture(autouse=True)
def telegram(tmp_path, monkeypatch, sandbox):
    """A bot in a sandbox, an empty folder, and settings that fit both."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"STEWARD_{field.upper()}", raising=False)
    monkeypatch.setenv("STEWARD_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("STEWARD_TELEGRAM_API", sandbox[1])
    monkeypatch.setattr("bot.logs.set_up_logs", lambda *given: None)
    sandbox[0].bot(TOKEN, "steward_bot", "Steward")
    return sandbox[0]


def call(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def findings() -> dict[str, str]:
    return {finding.what: str(finding) for finding in examine()}


@pytest.fixture
def group(telegram, tmp_path) -> Group:
    """An imported estate, and its staff group with the bot in it."""
    call("import-estate", str(EXAMPLE))
    group: Group = telegram.group("Staff", owner=telegram.person("Olga"), forum=True)
    group.add(telegram.bot(TOKEN, "steward_bot", "Steward"))
    bind(tmp_path, group.id, forum=True)
    return group


def bind(folder: Path, chat: int | None, *, forum: bool) -> None:
    with Database(f"sqlite:///{folder}/data/steward.db") as database, database.write() as work:
        (estate,) = work.estates.all()
        work.estates.save(replace(estate, staff_chat=chat, staff_forum=forum))


def test_everything_is_well(telegram, group):
    group.promote(telegram.bot(TOKEN, "steward_bot", "Steward"), can_manage_topics=True)
    result = call("doctor")
    assert result.exit_code == 0, result.stdout
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        "ok   settings",
        "ok   data folder",
        "ok   database",
        "ok   migrations",
        "ok   durability",
        "ok   disk",
        "ok   sender",
        "ok   outbox",
        "ok   timers",
        "ok   dead letters",
        "ok   estate",
        "ok   token",
        "ok   clock",
        "ok   updates",
        "ok   group",
    ]
    assert "ok   token: @steward_bot" in result.stdout
    assert "ok   group: Sunny Court, Staff: administrator, with topics" in result.stdout


def test_a_new_machine_is_told_its_first_steps():
    result = call("doctor")
    assert result.exit_code == 1
    assert "FAIL database:" in result.stdout
    assert "Run `python -m bot migrate`." in result.stdout
    call("migrate")
    assert "python -m bot import-estate FILE" in findings()["estate"]


def test_looking_makes_no_database(tmp_path):
    call("doctor")
    assert not (tmp_path / "data/steward.db").exists()


def test_wrong_settings_are_told_one_by_one(monkeypatch):
    monkeypatch.setenv("STEWARD_MODE", "push")
    monkeypatch.setenv("STEWARD_BOT_TOKEN", "hunter2")
    result = call("doctor")
    assert result.exit_code == 1
    assert [line.split(":")[:2] for line in result.stdout.splitlines()] == [
        ["FAIL settings", " STEWARD_BOT_TOKEN"],
        ["FAIL settings", " STEWARD_MODE"],
    ]
    assert "hunter2" not in result.stdout


def test_a_token_that_telegram_does_not_know(monkeypatch):
    monkeypatch.setenv("STEWARD_BOT_TOKEN", "2:other")
    found = findings()
    assert found["token"] == "FAIL token: Telegram does not know this token. Check STEWARD_BOT_TOKEN."
    assert "clock" not in found


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "https://127.0.0.1:1/prefix"])
def test_no_network(monkeypatch, base):
    monkeypatch.setenv("STEWARD_TELEGRAM_API", base)
    line = findings()["token"]
    assert line.startswith(
        "FAIL token: Telegram cannot be reached. Check the network and STEWARD_TELEGRAM_API."
    )
    assert TOKEN not in line


def test_a_server_that_is_no_telegram(monkeypatch, sandbox):
    monkeypatch.setenv("STEWARD_TELEGRAM_API", f"{sandbox[1]}/sandbox/world?")
    assert findings()["token"].startswith("FAIL token: ")


@pytest.mark.parametrize("by, way", [(95, "ahead of"), (-95, "behind")])
def test_a_clock_that_is_wrong(by, way):
    clock = HandClock(datetime.now(UTC) + timedelta(seconds=by))
    line = next(str(finding) for finding in examine(clock) if finding.what == "clock")
    assert line.startswith("FAIL clock: 9")
    assert f" s {way} Telegram's." in line


def test_a_webhook(monkeypatch, telegram, sandbox):
    hook = "http://127.0.0.1:1/telegram"
    monkeypatch.setenv("STEWARD_MODE", "webhook")
    monkeypatch.setenv("STEWARD_WEBHOOK_URL", hook)
    monkeypatch.setenv("STEWARD_WEBHOOK_SECRET", "s")
    assert findings()["updates"] == "ok   updates: 0 waiting, to be delivered once `run` has said where"
    api = BotApi(sandbox[1], TOKEN)
    api.ask("setWebhook", url=hook)
    assert findings()["updates"] == f"ok   updates: 0 waiting, to be delivered to {hook}"
    telegram.person("Ada").open(telegram.bot(TOKEN, "steward_bot", "Steward"))
    telegram.wait(lambda: api.ask("getWebhookInfo").result.get("last_error_message"))
    assert findings()["updates"].startswith("FAIL updates: 1 waiting. Telegram cannot deliver: ")


def test_polling_where_a_webhook_is_set(sandbox):
    BotApi(sandbox[1], TOKEN).ask("setWebhook", url="http://127.0.0.1:1/telegram")
    assert findings()["updates"].endswith("to be polled, delivered elsewhere until `run` takes them")


def test_an_estate_without_a_group(group, tmp_path):
    bind(tmp_path, None, forum=False)
    assert "Sunny Court has none. Add the bot to the staff's group and write /setup" in findings()["group"]


def test_a_group_where_the_bot_may_not_manage_topics(group):
    assert "make the bot an administrator who may manage topics" in findings()["group"]


def test_a_group_that_the_bot_was_put_out_of(telegram, group):
    group.remove(telegram.bot(TOKEN, "steward_bot", "Steward"))
    assert findings()["group"].startswith("FAIL group: Sunny Court: ")


def test_a_group_whose_topics_were_switched_off(group):
    group.change(forum=False)
    assert "topics were switched off. Write /setup there again" in findings()["group"]


def test_a_group_without_topics_needs_no_rights(group, tmp_path):
    group.change(forum=False)
    bind(tmp_path, group.id, forum=False)
    assert findings()["group"] == "ok   group: Sunny Court, Staff: member, without topics"


# ── a database in use ──


def opened(folder: Path) -> Database:
    return Database(f"sqlite:///{folder}/data/steward.db")


def test_how_safely_it_keeps(group, monkeypatch):
    assert findings()["durability"] == "ok   durability: journal_mode wal, synchronous full"
    monkeypatch.setenv("STEWARD_SYNCHRONOUS", "normal")
    assert findings()["durability"] == "ok   durability: journal_mode wal, synchronous normal"


def test_a_disk_that_is_nearly_full(group, monkeypatch):
    monkeypatch.setattr(checkup, "FREE", 2**60)
    assert " GB free at " in findings()["disk"]
    assert findings()["disk"].startswith("FAIL disk: ")


def test_whether_anybody_sends(group, tmp_path):
    assert findings()["sender"] == "ok   sender: none. Nobody sends for this bot: start `python -m bot run`"
    assert not (tmp_path / "data/steward.db.lock").exists(), "looking leaves nothing behind"
    with opened(tmp_path) as database, database.try_lead(1) or pytest.fail("free"):
        assert findings()["sender"] == "ok   sender: at work"
    assert findings()["sender"].startswith("ok   sender: none")


def test_mail_and_timers_that_wait_for_too_long(group, tmp_path):
    long_ago = datetime.now(UTC) - timedelta(minutes=5)
    with opened(tmp_path) as database:
        with database.write() as work:
            work.outbox.put(Outgoing(bot_id=1, chat_id=1, since=long_ago))
            work.timers.set(Timer(key="a", kind="left", due_at=long_ago))
        found = findings()
        assert found["outbox"].startswith("FAIL outbox: 1 waiting, answers for 30")
        assert found["outbox"].endswith("start `python -m bot run`")
        assert found["timers"].startswith("FAIL timers: 1 due, the earliest 30")
        with database.try_lead(1) or pytest.fail("free"):
            assert findings()["outbox"].endswith("Look for mail.* and telegram.* in the log")


def test_dead_letters(group, tmp_path):
    with opened(tmp_path) as database, database.write() as work:
        for _ in range(3):
            work.inbox.failed(1, 7, "RuntimeError", "{}", datetime.now(UTC))
    line = findings()["dead letters"]
    assert line.startswith("FAIL dead letters: 1 updates set aside, 0 pieces of mail refused.")
    assert line.endswith("Run `python -m bot dead-letters list`")
