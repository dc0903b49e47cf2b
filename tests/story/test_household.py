"""Coming to belong to a home and leaving it, on both faces over HTTP: let in, data taken along, forgotten."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from tests.story.nursery import SwiftStage
from tests.story.repair import Cast, import_estate, owner_comes, owner_speaks, resident_comes, resident_speaks
from tests.story.stage import Stage


@pytest.fixture
def stage(sandbox: Sandbox, tmp_path: Path, face: str, sqlite_url: str) -> Iterator[Stage]:
    """A bot that polls, and starts in a moment."""
    stage = SwiftStage(sandbox, tmp_path, face, sqlite_url)
    yield stage
    stage.kill()


@pytest.fixture
def cast(stage: Stage) -> Cast:
    """Sunny Court with its owner and one resident."""
    cast = Cast(stage)
    import_estate(cast)
    stage.start()
    for act in (owner_comes, owner_speaks, resident_comes, resident_speaks):
        act(cast)
        stage.settle()
    return cast


def says(cast: Cast, *words: str) -> None:
    """The stranger speaks; what is a label of the newest message is tapped."""
    for one in words:
        labels = cast.stranger.chat()[-1].labels if cast.stranger.chat() else []
        cast.stranger.tap(one) if one in labels else cast.stranger.say(one)
        cast.stage.settle()


def test_somebody_is_let_in_takes_their_data_along_and_is_forgotten(cast: Cast):
    cast.stranger.open(cast.stage.bot)
    cast.stage.settle()
    says(cast, "/绑定房屋", "1-1-101", "Family member", "Sun, the niece", "📨 Send")
    assert "you hear from me here" in cast.stranger.chat()[-1].text
    cast.resident.tap("✅ Let in")
    cast.stage.kill()
    cast.stage.start()
    cast.stage.settle()
    assert [one.text for one in cast.stranger.chat()].count(cast.stranger.chat()[-1].text) == 1
    assert "You are linked to 1-1-101" in cast.stranger.chat()[-1].text

    says(cast, "/export")
    sent = cast.stranger.chat()[-1]
    told = json.loads(cast.stage.sandbox.file(sent.raw["media"][0]["file_id"]))
    assert told["desk"]["homes"][0]["home"] == "1-1-101"
    assert told["desk"]["asked_to_be_linked"][0]["words"] == "Sun, the niece"

    says(cast, "/forget", "🗑 Forget me…", "📨 Send")
    assert "You are forgotten." in cast.stranger.chat()[-1].text
    with sqlite3.connect(cast.stage.database.removeprefix("sqlite:///")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM people ORDER BY id")]
        assert "Sun" not in names
        assert database.execute("SELECT count(*) FROM runs WHERE state <> 'ended'").fetchone() == (0,)
    cast.stage.sandbox.move_clock(by=3600)
    cast.stage.settle()
    with sqlite3.connect(cast.stage.database.removeprefix("sqlite:///")) as database:
        left = "SELECT count(*) FROM outbox WHERE chat_id = ?"
        assert database.execute(left, (cast.stranger.id,)).fetchone() == (0,)
