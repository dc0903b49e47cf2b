"""The token is revoked while the bot works: it says so, and what it had to say is kept for the new one."""

from pathlib import Path

import pytest

from tests.story.test_bad_storage import UNKNOWN, at_work, set_aside

REVOKED = ({"do": "401", "times": 9999}, {"do": "401", "times": 9999, "method": "getUpdates"})


@pytest.mark.parametrize("face, mode", [("aiogram", "polling"), ("ptb", "webhook")])
def test_nothing_is_lost_by_it(tmp_path: Path, sqlite_url: str, face: str, mode: str) -> None:
    """Who polls ends at once, and is started again by whatever runs services; who is called waits."""
    with at_work(tmp_path, face, sqlite_url, mode) as stage:
        person = stage.sandbox.person("Ye", language_code="en")
        stage.sandbox.faults({"do": "500", "times": 9999})
        person.open(stage.bot)
        stage.until(lambda: "telegram.silent" in stage.log())
        stage.sandbox.faults(*REVOKED)
        person.say("/help", chat=stage.bot)
        stage.until(lambda: "Check STEWARD_BOT_TOKEN" in stage.log())
        assert stage.process
        if mode == "polling":
            assert stage.process.wait(10) == 1
        else:
            assert stage.process.poll() is None
            stage.kill()
        stage.sandbox.faults()
        stage.start()
        stage.settle()
        found = [one.text for one in person.chat(stage.bot) if one.by_bot]
        assert [UNKNOWN in one for one in found] == [True] * 2
    assert set_aside(sqlite_url) == 0
