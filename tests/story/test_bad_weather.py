"""Trouble around the bot: Telegram, the network, the disk, and strangers at its door."""

import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sandbox.client import Sandbox
from sandbox.running import running
from storage.work import Database
from tests.story.nursery import SwiftStage
from tests.story.office import Office, office
from tests.story.repair import Cast, import_estate
from tests.story.stage import free_port

NOBODY_SPEAKS = "You are not linked to a home yet"


@pytest.fixture(scope="module", params=["aiogram", "ptb"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An estate at work."""
    with office(tmp_path_factory.mktemp("office"), request.param) as found:
        yield found


class TestTelegramInTrouble:
    """Messages arrive afterwards, in their order."""

    @pytest.mark.parametrize(
        "fault",
        [
            {"do": "500", "times": 2},
            {"do": "429", "times": 2, "retry_after": 1},
            {"do": "drop", "times": 2},
            {"do": "hang", "times": 1, "seconds": 2},
        ],
        ids=lambda fault: fault["do"],
    )
    def test_for_a_while(self, desk: Office, fault: dict[str, object]) -> None:
        """Every message once."""
        assert answered(desk, {"method": "sendMessage", **fault}) == 3

    def test_when_the_answer_to_a_message_is_lost(self, desk: Office) -> None:
        """That one may come twice, for nobody can know."""
        assert answered(desk, {"method": "sendMessage", "do": "lose"}) in {3, 4}

    def test_when_a_poll_breaks(self, desk: Office) -> None:
        """What it would have brought comes with the next."""
        faults = [{"method": "getUpdates", "do": do} for do in ("500", "drop", "lose")]
        assert answered(desk, *faults) == 3


def answered(desk: Office, *faults: Mapping[str, object]) -> int:
    """How many answers a newcomer gets to three questions while that goes wrong."""
    person = desk.sandbox.person("Ye", language_code="en")
    desk.sandbox.faults(*faults)
    person.open(desk.stage.bot)
    for _ in range(2):
        person.say("/help")
    found = [one.text for one in desk.said(person)]
    desk.sandbox.faults()
    assert all(NOBODY_SPEAKS in one for one in found)
    return len(found)


class TestDatabase:
    """Another program holds the file."""

    @pytest.mark.parametrize("seconds", [2, 12])
    def test_for_some_seconds(self, desk: Office, seconds: int) -> None:
        """Nothing is lost, also when it takes longer than a transaction waits."""
        person = desk.sandbox.person("Ye", language_code="en")
        other = sqlite3.connect(desk.stage.folder / "steward.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        until = desk.sandbox.now() + seconds
        person.open(desk.stage.bot)
        person.say("/help")
        desk.stage.until(lambda: desk.sandbox.now() > until)
        other.close()
        assert len(desk.said(person)) == 2
        assert desk.ask("SELECT error FROM dead_letters") == []


class TestStart:
    """What the operator is told."""

    @pytest.fixture
    def stage(self, tmp_path: Path, face: str) -> Iterator[SwiftStage]:
        """A bot that was not started yet."""
        with running(clock=tmp_path / "clock") as base:
            stage = SwiftStage(Sandbox(base), tmp_path, face, f"sqlite:///{tmp_path / 'steward.db'}")
            import_estate(Cast(stage))
            yield stage
            stage.kill()

    def test_without_a_network(self, stage: SwiftStage) -> None:
        """It says so once, goes on trying, and ends when told to."""
        stage.more = {"STEWARD_TELEGRAM_API": f"http://127.0.0.1:{free_port()}"}
        stage.process = stage.spawn("run")
        stage.until(lambda: "telegram.unreachable" in stage.log())
        assert stage.stop() == 0
        assert "Traceback" not in stage.log()

    def test_with_a_wrong_token(self, stage: SwiftStage) -> None:
        """It names the setting."""
        stage.more = {"STEWARD_BOT_TOKEN": "4242:wrong-wrong-wrong-wrong-wrong"}
        assert stage.spawn("run").wait(20) == 1
        assert "STEWARD_BOT_TOKEN" in stage.log()
        assert "Traceback" not in stage.log()
        assert "wrong-wrong" not in stage.log()

    def test_with_a_folder_that_cannot_be_written(self, stage: SwiftStage) -> None:
        """It names the setting."""
        (stage.folder / "file").touch()
        stage.more = {"STEWARD_DATA_DIR": str(stage.folder / "file" / "data")}
        assert stage.spawn("run").wait(20) == 1
        assert "STEWARD_DATA_DIR" in stage.log()
        assert "Traceback" not in stage.log()


class TestWebhook:
    """Who calls it is not always Telegram."""

    @pytest.fixture(scope="class", params=["aiogram", "ptb"])
    @classmethod
    def hooked(
        cls, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
    ) -> Iterator[SwiftStage]:
        """A bot that is called."""
        folder = tmp_path_factory.mktemp("hooked")
        with running(clock=folder / "clock") as base:
            database = f"sqlite:///{folder / 'steward.db'}"
            stage = SwiftStage(Sandbox(base), folder, request.param, database, mode="webhook")
            import_estate(Cast(stage))
            stage.start()
            yield stage
            stage.kill()

    @pytest.fixture(autouse=True)
    @staticmethod
    def unharmed(hooked: SwiftStage) -> Iterator[None]:
        """Afterwards it hears those who belong to it."""
        yield
        person = hooked.sandbox.person("Ye", language_code="en")
        person.open(hooked.bot)
        hooked.settle()
        assert NOBODY_SPEAKS in person.last(by_bot=True).text
        assert "Traceback" not in hooked.log()

    @pytest.mark.parametrize("secret", ["", "wrong", "story-secre", "story-secret-", "Ã¼"])
    def test_a_wrong_secret(self, hooked: SwiftStage, secret: str) -> None:
        """Whatever it says is not heard."""
        assert call(hooked, update(99_000_001), secret) == 401
        with Database(hooked.database) as database, database.read() as work:
            found = work.connection.exec_driver_sql("SELECT * FROM updates WHERE update_id = 99000001")
            assert found.all() == []

    def test_a_body_of_four_megabytes(self, hooked: SwiftStage) -> None:
        """Telegram's have a few kilobytes."""
        assert call(hooked, b"{" + b" " * 4_000_000) == 413

    def test_many_bodies_of_four_megabytes(self, hooked: SwiftStage) -> None:
        """Whoever sends them costs no memory, with the secret and without."""
        hooked.until(lambda: "words_read" in hooked.log())
        before = memory(hooked)
        for secret, status in (("story-secret", 413), ("wrong", 401)):
            assert {call(hooked, b"[" * 4_000_000, secret) for _ in range(5)} <= {status, BROKEN_OFF}
        assert memory(hooked) - before < 8_000_000

    def test_a_replayed_update(self, hooked: SwiftStage) -> None:
        """Each number counts once, in whatever order they come."""
        for number in (99_000_012, 99_000_011, 99_000_012, 99_000_011, 99_000_012):
            assert call(hooked, update(number)) == 200
        hooked.settle()
        with Database(hooked.database) as database, database.read() as work:
            found = work.connection.exec_driver_sql("SELECT fate FROM outbox WHERE chat_id = 77")
            assert len(found.all()) == 2

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b"7", b"null", b'"x"', b"{}", b'{"update_id":"x"}', b"\xff\xfe", b"[" * 9999],
    )
    def test_a_body_that_is_no_update(self, hooked: SwiftStage, body: bytes) -> None:
        """It is refused."""
        assert call(hooked, body) == 400

    @pytest.mark.parametrize("more", [{}, {"message": {}}, {"message": 7}, {"unheard_of": {"a": 1}}])
    def test_an_update_that_means_nothing(self, hooked: SwiftStage, more: dict[str, object]) -> None:
        """It is taken, for else Telegram would bring it again and again."""
        assert call(hooked, json.dumps({"update_id": 99_000_002, **more}).encode()) == 200


#: the answer came before the body was sent, and the connection was closed
BROKEN_OFF = 0


def memory(stage: SwiftStage) -> int:
    """The most bytes of memory that the bot ever had at once."""
    assert stage.process
    status = Path(f"/proc/{stage.process.pid}/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def update(number: int) -> bytes:
    """Somebody says hello."""
    who = {"id": 77, "is_bot": False, "first_name": "Xu"}
    message = {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 77, "type": "private"},
        "from": who,
        "text": "hello",
    }
    return json.dumps({"update_id": number, "message": message}).encode()


def call(stage: SwiftStage, body: bytes, secret: str = "story-secret") -> int:
    """Calls the webhook; the status of its answer."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
    asked = urllib.request.Request(f"http://127.0.0.1:{stage.port}/telegram", body, headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except (urllib.error.URLError, ConnectionError):
        return BROKEN_OFF
