"""The bot is killed with SIGKILL at every moment that one could be afraid of, and the story goes on."""

import gc
import sqlite3
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from tests.story.accidents import (
    Accident,
    after_the_step,
    before_confirming,
    before_noting_what_was_sent,
    before_sending,
    before_the_commit,
    number_of_calls,
)
from tests.story.ending import Undisturbed, chats, check_kept, repeated
from tests.story.nursery import SwiftStage
from tests.story.repair import STORY, Cast, import_estate

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


class Unhurried(SwiftStage):
    """A stage that does not wait within a scene: whoever plays it kills first."""

    def later(self, by: timedelta) -> None:
        """Moves the clock of sandbox and bot."""
        self.sandbox.move_clock(by.total_seconds())


@contextmanager
def opened(folder: Path, face: str) -> Iterator[Cast]:
    """A world with an estate, and a bot that runs."""
    with running(clock=folder / "clock") as base:
        stage = Unhurried(Sandbox(base), folder, face, f"sqlite:///{folder / 'steward.db'}")
        cast = Cast(stage)
        import_estate(cast)
        stage.start()
        yield cast
        stage.kill()
    with warnings.catch_warnings():  # a kill within an upload leaves aiohttp's half a file to the collector
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The story without an accident. Both faces tell it in the same words, so it is told once."""
    told = Undisturbed()
    with opened(tmp_path_factory.mktemp("undisturbed"), "ptb") as cast:
        for scene in STORY:
            scene(cast)
            cast.stage.settle()
            told.look(cast)
        assert cast.stage.stop() == 0
    return told


def play(cast: Cast, accidents: Sequence[Accident], told: Undisturbed) -> list[str]:
    """Tells the story with one accident in each scene, in turn; what was said twice."""
    for number, scene in enumerate(STORY):
        accidents[number % len(accidents)](cast, scene)
        cast.stage.settle()
    assert cast.stage.stop() == 0
    check_kept(cast.stage.database)
    return repeated(told, chats(cast))


class TestKilled:
    """Once in every scene. Each face tells the story with the accidents in another order."""

    def test_between_any_two_steps(self, told: Undisturbed, tmp_path: Path) -> None:
        """Everything had been delivered: nothing is missing, nothing is there twice."""
        with opened(tmp_path, "ptb") as cast:
            assert play(cast, [after_the_step], told) == []

    @pytest.mark.parametrize("face, first", [("aiogram", 0), ("ptb", 2)])
    def test_within_a_step(self, face: str, first: int, told: Undisturbed, tmp_path: Path) -> None:
        """Before the commit, before Telegram knows of it, before the answer: nothing was under way, so
        nothing is there twice."""
        accidents = [before_the_commit, before_confirming, before_sending, after_the_step]
        with opened(tmp_path, face) as cast:
            assert play(cast, accidents[first:] + accidents[:first], told) == []

    @pytest.mark.parametrize("face, first", [("aiogram", 0), ("ptb", 1)])
    def test_with_messages_under_way(self, face: str, first: int, told: Undisturbed, tmp_path: Path) -> None:
        """Only what was under way may be there twice: nobody could know whether it had arrived."""
        accidents = [before_noting_what_was_sent, after_the_step]
        with opened(tmp_path, face) as cast:
            twice = play(cast, accidents[first:] + accidents[:first], told)
        assert len(twice) <= len(STORY)


class TestStopped:
    """SIGTERM: what is in hand is finished within ten seconds."""

    @pytest.fixture
    def cast(self, face: str, tmp_path: Path) -> Iterator[Cast]:
        """The estate, and a resident who has just come in."""
        with opened(tmp_path, face) as cast:
            cast.resident.open(cast.stage.bot, cast.stage.command("home-code", "1-1-101"))
            cast.stage.settle()
            yield cast

    def test_at_rest(self, cast: Cast) -> None:
        """Nothing is in hand."""
        assert stopped(cast) < 3

    def test_while_telegram_does_not_answer(self, cast: Cast) -> None:
        """A message that Telegram neither takes nor refuses is sent again after the next start, once."""
        mark = number_of_calls(cast)
        cast.stage.sandbox.faults({"method": "sendMessage", "do": "hang", "times": 9})
        cast.resident.say("/menu")
        cast.stage.until(lambda: cast.stage.sandbox.calls("sendMessage", after=mark))
        assert stopped(cast) < 10
        cast.stage.sandbox.faults()
        cast.stage.start()
        cast.stage.settle()
        answers = [one for one in chats(cast)["Lin"] if "not linked" in one]
        assert len(answers) == 1

    @pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "setMyCommands"])
    def test_while_it_still_starts(self, cast: Cast, method: str) -> None:
        """Telegram does not answer the first calls."""
        cast.stage.kill()
        mark = number_of_calls(cast)
        cast.stage.sandbox.faults({"method": method, "do": "hang", "times": 99})
        cast.stage.process = cast.stage.spawn("run")
        cast.stage.until(lambda: cast.stage.sandbox.calls(method, after=mark))
        assert stopped(cast) < 10

    @pytest.mark.parametrize("face", ["ptb"])
    def test_while_another_program_holds_the_database(self, cast: Cast) -> None:
        """What could not be written is not confirmed, and comes again."""
        other = sqlite3.connect(cast.stage.folder / "steward.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        cast.resident.say("/menu")
        time.sleep(0.3)  # for the update to come; it cannot be seen from outside whether it has
        assert stopped(cast) < 10
        other.close()
        cast.stage.start()
        cast.stage.settle()
        assert len([one for one in chats(cast)["Lin"] if "not linked" in one]) == 1

    def test_a_second_process_on_the_same_file_is_refused(self, cast: Cast) -> None:
        """It says why, and the first one works on."""
        second = cast.stage.spawn("run")
        assert second.wait(15) == 1
        assert "Another Steward works on this database file already. Stop it first" in cast.stage.log()
        assert "Traceback" not in cast.stage.log()
        cast.resident.say("/menu")
        cast.stage.settle()
        assert "not linked" in chats(cast)["Lin"][-2]


def stopped(cast: Cast) -> float:
    """The seconds that the bot took to end when asked; it has to end well."""
    begun = time.monotonic()
    assert cast.stage.stop() == 0, cast.stage.log()[-3000:]
    return time.monotonic() - begun
