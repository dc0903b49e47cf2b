"""Dead letters on the command line, while the bot is at work: shown, tried again once, dropped."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.mail import Delivery, Fate, Outgoing, Verb
from sandbox.client import Sandbox
from sandbox.running import running
from storage.migrate import migrate
from storage.work import Database
from tests.story.nursery import SwiftStage
from tests.story.stage import TOKEN

BOT = int(TOKEN.partition(":")[0])
UPDATE = 900_001
WORDS = "The tap in the bathroom drips"


class Scene:
    """A bot at work, somebody who has met it, and its database."""

    def __init__(self, stage: SwiftStage, database: Database) -> None:
        self.stage, self.database = stage, database
        self.ann = stage.sandbox.person("Ann", language_code="en")

    def set_aside(self, text: str = "/help") -> None:
        """An update of Ann's failed three times."""
        chat = {"id": self.ann.id, "type": "private", "first_name": "Ann"}
        speaker = {"id": self.ann.id, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        message = {"message_id": 1, "date": 1770000000, "chat": chat, "from": speaker, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        body = json.dumps({"update_id": UPDATE, "message": message})
        with self.database.write() as work:
            now = self.now()
            for _ in range(3):
                work.inbox.failed(BOT, UPDATE, "RuntimeError", body, now)

    def refused(self) -> str:
        """Mail for Ann that Telegram refused; its name."""
        with self.database.write() as work:
            work.outbox.put(Outgoing(bot_id=BOT, chat_id=self.ann.id, verb=Verb.SAY, payload={"html": WORDS}))
            (mail,) = work.outbox.waiting(BOT, self.now())
            work.outbox.settle([Delivery(outgoing=mail, fate=Fate.REFUSED, why="too long")], self.now())
            return f"mail/{mail.id}"

    def now(self) -> datetime:
        """The machine's time."""
        return datetime.now(UTC)

    def said(self) -> list[str]:
        """What the bot said to Ann."""
        return [one.text for one in self.ann.chat(self.stage.bot) if one.by_bot]

    def letters(self, *words: str) -> list[str]:
        """What a command prints."""
        return self.stage.command("dead-letters", *words).splitlines()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def scene(tmp_path: Path, face: str, database_url: str) -> Iterator[Scene]:
    migrate(database_url)
    with running(clock=tmp_path / "clock") as base, Database(database_url) as database:
        stage = SwiftStage(Sandbox(base), tmp_path, face, database_url)
        scene = Scene(stage, database)
        stage.start()
        scene.ann.open(stage.bot)
        stage.until(scene.said)
        stage.settle()
        yield scene
        stage.kill()


def test_an_update_is_played_again_once_while_the_bot_works(scene: Scene):
    scene.set_aside()
    before = len(scene.said())
    assert scene.letters("list")[0].startswith(f"update/{UPDATE}: RuntimeError, 3 times, last ")
    told = scene.letters("retry", f"update/{UPDATE}")
    assert told == [f"update/{UPDATE}: the running bot takes it up within a second, or as soon as it starts"]
    scene.stage.until(lambda: len(scene.said()) == before + 1)
    assert scene.letters("list") == ["no dead letters"]
    scene.set_aside()  # the same update once more: it counts as taken in
    assert scene.letters("list") == ["no dead letters"]
    scene.letters("retry", f"update/{UPDATE}")
    scene.stage.until(lambda: scene.stage.log().count("update.retried") == 2)
    scene.stage.settle()
    assert len(scene.said()) == before + 1


def test_one_asked_for_while_nothing_runs_waits_for_the_start(scene: Scene):
    scene.set_aside()
    scene.stage.kill()
    before = len(scene.said())
    scene.letters("retry", "--all")
    assert scene.letters("list")[0].endswith(", to be tried again")
    scene.stage.start()
    scene.stage.until(lambda: len(scene.said()) == before + 1)


def test_mail_goes_out_again(scene: Scene):
    name = scene.refused()
    assert scene.letters("list")[0].startswith(f"{name}: too long (say to chat {scene.ann.id}")
    assert scene.letters("retry", name) == [f"{name}: in the outbox again"]
    scene.stage.until(lambda: scene.said()[-1] == WORDS)
    assert scene.letters("list") == ["no dead letters"]


def test_what_people_wrote_is_shown_only_to_who_asks(scene: Scene):
    scene.set_aside(WORDS)
    name = scene.refused()
    for one in (f"update/{UPDATE}", name):
        shown = "\n".join(scene.letters("show", one))
        assert WORDS not in shown
        assert f"<{len(WORDS)} characters>" in shown
        assert WORDS in "\n".join(scene.letters("show", one, "--whole"))


def test_they_are_dropped(scene: Scene):
    scene.set_aside()
    name = scene.refused()
    assert scene.letters("drop", name) == [f"{name}: dropped"]
    assert scene.letters("drop", "--all") == [f"update/{UPDATE}: dropped"]
    assert scene.letters("list") == ["no dead letters"]
