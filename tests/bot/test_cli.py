"""The command line: what a script can read, and what an operator is told when something is wrong."""

import re
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.faces.base import WrongToken
from bot.settings import Settings
from storage.errors import AlreadyRunning
from storage.work import Database

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples/sunny-court.toml"
CODE = re.compile(r"[A-Za-z0-9_-]{20,64}\n")
TOKEN = "123456:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture(autouse=True)
def _bare(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"STEWARD_{field.upper()}", raising=False)
    monkeypatch.setattr("bot.logs.set_up_logs", lambda *given: None)  # it is the whole process's


def call(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


def told(*words: str) -> str:
    """What a command that succeeds prints."""
    result = call(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refused(*words: str, code: int = 1) -> str:
    """The one line on stderr of a command that fails."""
    result = call(*words)
    assert (result.exit_code, result.stdout) == (code, "")
    (line,) = result.stderr.splitlines()
    assert "Traceback" not in line
    return line


@pytest.fixture
def sunny_court():
    """An estate that was imported."""
    return told("import-estate", str(EXAMPLE))


def test_importing_says_what_it_did_one_line_each(sunny_court):
    lines = sunny_court.splitlines()
    assert lines[:2] == ["estate Sunny Court: added", "home 1-1-101: added"]
    assert "queue office: added" in lines
    assert "service certificate: added" in lines
    again = told("import-estate", str(EXAMPLE)).splitlines()
    assert len(again) == len(lines)
    assert all(line.endswith(": unchanged") for line in again)


def test_a_wrong_file_changes_nothing(tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(EXAMPLE.read_text("utf-8").replace("[[homes]]", "[[hom]]"), "utf-8")
    result = call("import-estate", str(wrong))
    assert result.exit_code == 1
    assert 'unknown key "hom"; did you mean "homes"?' in result.stderr.splitlines()[0]
    assert not (tmp_path / "data").exists()


def test_codes_are_single_words_for_scripts_and_new_every_time(sunny_court):
    codes = [
        told("home-code", "1-1-101"),
        told("home-code", "1-1-101", "--role", "tenant"),
        told("invite", "--role", "owner"),
        told("invite", "--role", "worker", "--queue", "plumbing", "--badge", "007"),
    ]
    assert all(CODE.fullmatch(code) for code in codes)
    assert len(set(codes)) == 4


def test_only_the_hash_of_a_code_is_kept(sunny_court, tmp_path):
    code = told("home-code", "1-1-101").strip()
    assert code.encode() not in (tmp_path / "data/steward.db").read_bytes()


@pytest.mark.parametrize(
    "words, line",
    [
        (["home-code", "1-1-1O1"], 'There is no home "1-1-1O1"; did you mean "1-1-101"?'),
        (["invite", "--role", "worker", "--queue", "plumming"],
         'There is no queue "plumming"; did you mean "plumbing"?'),
        (["invite", "--role", "owner", "--estate", "Moon Court"],
         'There is no estate "Moon Court"; did you mean "Sunny Court"?'),
    ],
)  # fmt: skip
def test_a_wrong_name_says_what_is_near(sunny_court, words, line):
    assert refused(*words) == line


def test_an_unknown_role_says_which_there_are():
    result = call("invite", "--role", "king")
    assert result.exit_code == 2
    assert "'owner', 'manager', 'dispatcher', 'worker', 'guard', 'fees'" in result.stderr


def test_with_several_estates_one_is_named(sunny_court, tmp_path):
    other = tmp_path / "moon.toml"
    other.write_text(EXAMPLE.read_text("utf-8").replace("Sunny", "Moon"), "utf-8")
    told("import-estate", str(other))
    line = refused("home-code", "1-1-101")
    assert line.endswith('Name one with --estate. They are: "Sunny Court", "Moon Court".')
    assert CODE.fullmatch(told("home-code", "1-1-101", "--estate", "Moon Court"))


@pytest.mark.parametrize("words", [["home-code", "1-1-101"], ["invite", "--role", "owner"]])
def test_before_an_estate_is_imported(words):
    assert refused(*words).endswith("Import one with `python -m bot import-estate FILE`.")


def test_migrating_says_its_steps_and_may_be_repeated():
    steps = told("migrate").splitlines()
    assert re.match(r"0001: ", steps[0])
    assert re.match(r"already at \d+", told("migrate"))


def test_the_database_is_for_its_owners_eyes(sunny_court, tmp_path):
    assert (tmp_path / "data/steward.db").stat().st_mode & 0o077 == 0


def test_postgres_is_migrated_when_the_operator_says_so(postgres_url, monkeypatch):
    monkeypatch.setenv("STEWARD_DATABASE_URL", postgres_url)
    assert "Run `python -m bot migrate`." in refused("import-estate", str(EXAMPLE))
    told("migrate")
    assert "added" in told("import-estate", str(EXAMPLE))


def test_a_days_digest_becomes_words(sunny_court, tmp_path):
    line = told("digest", "--date", "2026-05-01", "--to", "day.txt", "--language", "en")
    assert line == "digest Sunny Court 2026-05-01: written to day.txt\n"
    assert (tmp_path / "day.txt").read_text("utf-8").startswith("Sunny Court")
    told("digest", "--date", "2026-05-01", "--to", "day.txt")
    assert "5月1日" in (tmp_path / "day.txt").read_text("utf-8")


def test_a_days_digest_becomes_a_picture(sunny_court, tmp_path):
    told("digest", "--date", "2026-05-01", "--to", "day.png")
    assert (tmp_path / "day.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "words, line",
    [
        (["--to", "day.pdf"], "day.pdf: This file cannot be written."),
        (["--to", "none/day.txt"], "none/day.txt: This file cannot be written."),
        (["--to", "day.txt", "--language", "zh"], 'There is no language "zh"'),
    ],
)
def test_a_digest_that_cannot_be_written(sunny_court, words, line):
    assert refused("digest", "--date", "2026-05-01", *words).startswith(line)


def test_without_the_charts_there_are_still_words(sunny_court, monkeypatch):
    monkeypatch.setitem(sys.modules, "bot.digests.page", None)
    line = refused("digest", "--date", "2026-05-01", "--to", "day.png")
    assert line.startswith("The picture cannot be drawn; a .txt file has the words.")
    assert "charts" in line


# ── what goes wrong ───────────────────────────────────────────────────────────────────────────────


def test_wrong_settings_are_one_line_each(monkeypatch):
    monkeypatch.setenv("STEWARD_MODE", "push")
    monkeypatch.setenv("STEWARD_LOG", TOKEN)
    result = call("migrate")
    assert result.exit_code == 2
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["STEWARD_MODE", "STEWARD_LOG"]
    assert TOKEN not in result.stderr


def test_running_needs_a_token():
    assert refused("run", code=2).startswith("STEWARD_BOT_TOKEN: is not set")


@pytest.mark.parametrize(
    "error, line",
    [
        (AlreadyRunning("sqlite:///steward.db"), "Another Steward works on this database file already."),
        (WrongToken(), "Telegram does not know this token. Check STEWARD_BOT_TOKEN."),
    ],
)
def test_what_stops_the_bot_is_one_line(monkeypatch, error, line):
    def fail(settings: Settings) -> int:
        raise error

    monkeypatch.setenv("STEWARD_BOT_TOKEN", TOKEN)
    monkeypatch.setattr("bot.wiring.run", fail)
    assert refused("run").startswith(line)


def test_the_bots_exit_code_is_the_commands(monkeypatch, tmp_path):
    monkeypatch.setenv("STEWARD_BOT_TOKEN", TOKEN)
    monkeypatch.setattr("bot.wiring.run", lambda settings: 3 if settings.token == TOKEN else 4)
    assert call("run").exit_code == 3
    assert (tmp_path / "data").is_dir()


def test_an_error_of_ours_keeps_its_traceback(monkeypatch):
    monkeypatch.setattr("bot.setup.database.migrated", lambda settings: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call("migrate")


def test_a_data_folder_that_cannot_be_made(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("STEWARD_DATA_DIR", str(tmp_path / "file/data"))
    line = refused("migrate")
    assert line.startswith(f"{tmp_path}/file/data: This folder cannot be made or written.")
    assert "STEWARD_DATA_DIR" in line


def test_a_data_folder_that_cannot_be_written(monkeypatch, tmp_path):
    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write everywhere
    assert "cannot be made or written" in refused("home-code", "1-1-101")


def test_a_database_that_is_none(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/steward.db").write_bytes(b"not a database at all, but long enough" * 30)
    assert refused("migrate").startswith("The file is damaged, or no database.")


def test_a_server_that_is_not_there(monkeypatch):
    monkeypatch.setenv("STEWARD_DATABASE_URL", "postgresql://steward:hunter2@127.0.0.1:1/steward")
    line = refused("home-code", "1-1-101")
    assert line.startswith("The database cannot be reached.")
    assert "hunter2" not in line


# ── beside a running bot ──────────────────────────────────────────────────────────────────────────


def test_codes_can_be_made_while_the_bot_runs(sunny_court, tmp_path):
    with Database(f"sqlite:///{tmp_path}/data/steward.db") as running:
        lead = running.try_lead(1)
        assert lead is not None
        with lead, running.read() as reading:
            reading.estates.all()
            assert CODE.fullmatch(told("home-code", "1-1-101"))


def test_a_command_waits_for_the_writer_before_it(sunny_court, tmp_path):
    """In a process of its own, as it is at work."""
    writer = sqlite3.connect(tmp_path / "data/steward.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    waiting = subprocess.Popen(
        [sys.executable, "-m", "bot", "home-code", "1-1-101"],
        env={"PYTHONPATH": str(ROOT)}, cwd=tmp_path, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(0.5)
    writer.execute("COMMIT")
    writer.close()
    out, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, err) == (0, "")
    assert CODE.fullmatch(out)


def test_every_command_is_in_the_manual():
    manual = (ROOT / "docs/operations.md").read_text("utf-8")
    names = [
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    ]
    assert [name for name in names if name != "demo" and f"`python -m bot {name}" not in manual] == []


def test_help_loads_nothing_heavy():
    heavy = ("pydantic", "sqlalchemy", "structlog", "aiohttp", "babel", "asyncio", "desk.records")
    program = (
        "import sys; from typer.testing import CliRunner; from bot.__main__ import app\n"
        "before = set(sys.modules); CliRunner().invoke(app, ['--help'])\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_a_database_without_tables_gets_them(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/steward.db").touch()
    assert "estate Sunny Court: added" in told("import-estate", str(EXAMPLE))


# ── dead letters (at work they are tried in tests/story/test_retries.py) ──


@pytest.fixture
def token(monkeypatch):
    monkeypatch.setenv("STEWARD_BOT_TOKEN", TOKEN)


def test_dead_letters_belong_to_a_bot():
    assert refused("dead-letters", "list", code=2).startswith("STEWARD_BOT_TOKEN: is not set")


@pytest.mark.parametrize("command", ["show", "retry", "drop"])
def test_a_dead_letter_that_is_not_there(token, command):
    assert told("dead-letters", "list") == "no dead letters\n"
    for name in ("update/7", "mail/7"):
        assert refused("dead-letters", command, name) == f'There is no dead letter "{name}".'
    for name in ("7", "letter/7", "mail/x", "update/-7"):
        assert "is called update/NUMBER or mail/NUMBER" in refused("dead-letters", command, name)


@pytest.mark.parametrize("command", ["retry", "drop"])
def test_all_dead_letters_are_meant_only_where_somebody_says_so(token, command):
    assert call("dead-letters", command).exit_code == 2
    assert call("dead-letters", command, "mail/7", "--all").exit_code == 2
    assert told("dead-letters", command, "--all") == "no dead letters\n"


def test_of_several_dead_letters_all_or_none_are_dropped(token, tmp_path):
    told("dead-letters", "list")
    with Database(f"sqlite:///{tmp_path}/data/steward.db") as database, database.write() as work:
        now = datetime.now(UTC)
        for _ in range(3):
            work.inbox.failed(123456, 7, "RuntimeError", "no JSON at all", now)
    assert 'There is no dead letter "mail/7"' in refused("dead-letters", "drop", "update/7", "mail/7")
    assert told("dead-letters", "show", "update/7").endswith("14 characters that are no JSON\n")
    assert told("dead-letters", "drop", "update/7") == "update/7: dropped\n"
