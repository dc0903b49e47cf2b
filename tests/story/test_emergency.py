"""An emergency in the whole product: alerts go out again by the clock, also past a power cut, until somebody
accepts."""

from datetime import timedelta
from pathlib import Path

from sandbox.client import Message, Person
from tests.story.office import Office, office

EVERY = timedelta(minutes=3)


def alerts(desk: Office, person: Person) -> list[Message]:
    """The alarm as it stands in somebody's chat: a later one takes the earlier one's place."""
    return [one for one in desk.said(person) if "Smell of gas" in one.text]


def test_everybody_is_alerted_by_the_clock_until_somebody_accepts(tmp_path: Path, face: str):
    with office(tmp_path, face) as desk:
        cast, stage = desk.cast, desk.stage
        cast.resident.say("I smell gas in the kitchen", chat=stage.bot)
        stage.settle()
        texts = [one.text for one in desk.said(cast.resident)]
        assert any("Touch no switch" in text and "119" in text for text in texts)
        assert "Where is it?" in texts[-1]
        first = {person.name: alerts(desk, person)[-1].id for person in (cast.worker, cast.other)}

        stage.kill()
        stage.sandbox.move_clock(EVERY.total_seconds())
        stage.start()
        stage.later(timedelta(seconds=10))
        again = {person.name: alerts(desk, person)[-1] for person in (cast.worker, cast.other)}
        assert all(again[name].id > first[name] for name in first)
        assert all("Nobody has accepted it yet" in one.text for one in again.values())

        cast.worker.tap("I am going", chat=stage.bot)
        stage.settle()
        assert "is coming" in desk.said(cast.resident)[-1].text
        assert "I am going" not in alerts(desk, cast.other)[-1].text
        stage.later(timedelta(hours=1))
        [(count,)] = desk.ask("SELECT count(*) FROM events WHERE name = 'alerted'")
        assert count == 1
