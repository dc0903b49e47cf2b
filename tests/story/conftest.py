"""Stages for stories: each face, each database, each way in which updates come."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from tests.story.nursery import SwiftStage
from tests.story.stage import Stage


@pytest.fixture(params=["aiogram", "ptb"])
def face(request: pytest.FixtureRequest) -> str:
    """Which library speaks to Telegram."""
    return str(request.param)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """An empty world whose clock the bot shares."""
    with running(clock=tmp_path / "clock") as base:
        yield Sandbox(base)


@pytest.fixture
def stage(sandbox: Sandbox, tmp_path: Path, face: str, sqlite_url: str) -> Iterator[Stage]:
    """A bot that polls, on SQLite."""
    stage = Stage(sandbox, tmp_path, face, sqlite_url)
    yield stage
    stage.kill()


@pytest.fixture
def webhook_stage(sandbox: Sandbox, tmp_path: Path, face: str, postgres_url: str) -> Iterator[Stage]:
    """A bot that is called by webhook, on PostgreSQL."""
    stage = SwiftStage(sandbox, tmp_path, face, postgres_url, mode="webhook")
    yield stage
    stage.kill()
