"""The log of a bot at work, on good days and bad: ids to follow things by, and nothing private."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from storage.work import Database
from tests.story.nursery import SwiftStage
from tests.story.repair import JOB, OPENING, ORDER, Cast, import_estate
from tests.story.stage import TOKEN

WORDS = "Xylophone tap is leaking under the sink, ask for Zebediah"
PHONE = "+86 138 0013 8000"
OTHER_PHONE = "13912345678"
LAST_NAME = "Quartermain"
SECRET = "story-secret"
#: parts of each, as a log might cut them
PLANTED = (
    TOKEN, TOKEN.partition(":")[2], SECRET, "Xylophone", "Zebediah", PHONE, "+8613800138000",
    "13800138000",
    "138 0013 8000", OTHER_PHONE, LAST_NAME, "New seal fitted", "hunter2",
)  # fmt: skip


class Play:
    """A cast whose bot logs as JSON, and the lines of that log."""

    def __init__(self, stage: SwiftStage) -> None:
        self.stage = stage
        self.stage.more = {"STEWARD_LOG": "json"}
        self.cast = Cast(stage)
        self.codes: list[str] = []

    def command(self, *words: str) -> str:
        """A command of the product; codes that it prints are secrets, too."""
        said = SwiftStage.command(self.stage, *words)
        if words[0] in {"invite", "home-code"}:
            self.codes.append(said)
        return said

    def lines(self, event: str = "") -> list[dict[str, Any]]:
        """What was logged."""
        found = [json.loads(line) for line in self.stage.log().splitlines() if line.startswith("{")]
        return [line for line in found if not event or line["event"] == event]

    def stray(self) -> list[str]:
        """Lines in no form."""
        return [line for line in self.stage.log().splitlines() if line and not line.startswith("{")]


@pytest.fixture(params=["polling", pytest.param("webhook", marks=pytest.mark.postgres)])
def play(request: pytest.FixtureRequest, tmp_path: Path, face: str) -> Iterator[Play]:
    """On SQLite by polling, and on PostgreSQL by webhook."""
    kind = {"polling": "sqlite_url", "webhook": "postgres_url"}[request.param]
    url = str(request.getfixturevalue(kind))
    with running(clock=tmp_path / "clock") as base:
        stage = SwiftStage(Sandbox(base), tmp_path, face, url, mode=request.param)
        found = Play(stage)
        stage.command = found.command  # type: ignore[method-assign]
        import_estate(found.cast)
        stage.start()
        yield found
        stage.kill()


def break_filing(play: Play) -> None:
    """From now on the database refuses new requests, in words that hold what was to be filed."""
    refuse = {
        "polling": "CREATE TRIGGER broken BEFORE INSERT ON requests "
        "BEGIN SELECT RAISE(ABORT, 'no such luck'); END",
        "webhook": "ALTER TABLE requests ADD CONSTRAINT broken CHECK (problem = '') NOT VALID",
    }[play.stage.mode]
    with Database(play.stage.database) as database, database.write() as work:
        work.connection.exec_driver_sql(refuse)


def test_nothing_planted_gets_into_the_log(play: Play):
    cast, stage = play.cast, play.stage
    for scene in (*OPENING, *ORDER, *JOB):
        scene(cast)
        stage.settle()
    secretive = stage.sandbox.person("Ma", language_code="en", last_name=LAST_NAME)
    secretive.open(stage.bot, play.command("home-code", "1-1-102"))
    stage.settle()
    secretive.tap("English", chat=stage.bot)
    stage.settle()
    stage.sandbox.faults({"do": "500", "times": 2}, {"method": "sendMessage", "do": "429", "times": 1})
    break_filing(play)
    secretive.say("/repair")
    secretive.say(f"{WORDS}, {PHONE} or {OTHER_PHONE}, the password is hunter2")
    secretive.contact(phone_number=PHONE, first_name="Ma", last_name=LAST_NAME)
    stage.settle()
    for label in ("Done", "Leak", "As soon as possible", "Yes, they may go in", "Send"):
        secretive.tap(label, chat=stage.bot)
        stage.settle()
    stage.until(lambda: len(play.lines("update.failed")) == 3)
    stage.settle()
    stage.stop()
    log = stage.log()
    assert [secret for secret in (*PLANTED, *play.codes) if secret in log] == []
    assert play.stray() == []
    assert_a_request_can_be_followed(play)


def assert_a_request_can_be_followed(play: Play) -> None:
    """By its id, and from there by the update or timer that changed it."""
    told = [line for line in play.lines() if line["event"].startswith("request.")]
    assert [(line["event"], line["state"], line["by"]) for line in told][:3] == [
        ("request.filed", "new", "resident"),
        ("request.claimed", "accepted", "worker"),
        ("request.on_the_way", "accepted", "worker"),
    ]
    assert {line["request"] for line in told} == {told[0]["request"]}
    assert all(isinstance(line.get("update", line.get("timer")), int | str) for line in told)
    resumed = next(line for line in told if line["event"] == "request.resumed")
    assert resumed["timer"] == f"resume/{resumed['request']}"
