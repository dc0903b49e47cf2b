"""Staff groups that are not as they should be: the bot says what it needs, and no request is lost by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.client import Group, Message, Sandbox
from sandbox.running import running
from storage.work import Database
from tests.story.nursery import SwiftStage
from tests.story.office import Office
from tests.story.repair import Cast, import_estate, owner_comes, owner_speaks

RIGHTS = {"can_manage_topics": True}


@pytest.fixture
def desk(tmp_path: Path, face: str) -> Iterator[Office]:
    """An owner and a resident, but no group that is connected yet."""
    with running(clock=tmp_path / "clock") as base:
        stage = SwiftStage(Sandbox(base), tmp_path, face, f"sqlite:///{tmp_path / 'steward.db'}")
        cast = Cast(stage)
        import_estate(cast)
        stage.start()
        for scene in (owner_comes, owner_speaks):
            scene(cast)
            stage.settle()
        with Database(stage.database) as database:
            found = Office(cast, database)
            cast.resident = found.resident("Lin")
            yield found
            assert found.ask("SELECT error FROM dead_letters") == []
            assert "Traceback" not in stage.log()
        stage.kill()


def report(desk: Office) -> None:
    """The resident files a leak."""
    for words in ("/repair", "A leak"):
        desk.cast.resident.say(words, chat=desk.stage.bot)
    desk.stage.settle()
    for label in ("Done", "Leak", "mine is different", "As soon as possible", "Yes, they may go in", "Send"):
        newest = desk.said(desk.cast.resident)[-1].labels
        if label != "mine is different" or any(label in one for one in newest):
            desk.cast.resident.tap(label)
            desk.stage.settle()


def posted(desk: Office, group: Group) -> list[Message]:
    """What the bot wrote there."""
    desk.stage.settle()
    return [one for one in desk.cast.owner.chat(group) if one.by_bot and not one.raw["service"]]


def plain(desk: Office, kind: str = "supergroup") -> Group:
    """A group without topics, with the bot as administrator."""
    group = desk.sandbox.group("Staff", owner=desk.cast.owner, kind=kind)
    group.add(desk.stage.bot, by=desk.cast.owner)
    desk.stage.settle()
    return group


def connected(desk: Office) -> Group:
    """The forum, with the bot as administrator who may manage topics."""
    group = desk.cast.group
    group.add(desk.stage.bot, by=desk.cast.owner)
    group.promote(desk.stage.bot, by=desk.cast.owner, **RIGHTS)
    desk.stage.settle()
    return group


def test_the_bot_is_no_administrator(desk: Office) -> None:
    """It says what it needs; what was filed before appears once it has it."""
    report(desk)
    group = desk.cast.group
    group.add(desk.stage.bot, by=desk.cast.owner)
    assert "make me an administrator who may manage topics" in posted(desk, group)[-1].text
    group.promote(desk.stage.bot, by=desk.cast.owner, **RIGHTS)
    cards = [one for one in posted(desk, group) if "Claim" in str(one.labels)]
    assert [one.thread for one in cards] == [group.topic("Plumbing")]


def test_the_bot_may_not_make_topics(desk: Office) -> None:
    """/setup in such a group works as well as it can: in the group itself."""
    group = desk.cast.group
    group.add(desk.stage.bot, by=desk.cast.owner)
    group.promote(desk.stage.bot, by=desk.cast.owner, can_pin_messages=True)
    desk.cast.owner.say("/setup", chat=group)
    report(desk)
    cards = [one for one in posted(desk, group) if "Claim" in str(one.labels)]
    assert [one.thread for one in cards] == [0]


def test_the_group_has_no_topics(desk: Office) -> None:
    """Cards stand in the group itself."""
    group = plain(desk)
    report(desk)
    assert "New requests appear here" in posted(desk, group)[0].text
    assert "Claim" in str(posted(desk, group)[-1].labels)


def test_the_group_becomes_a_supergroup(desk: Office) -> None:
    """Everything follows it, also what is filed in that moment."""
    old = plain(desk, kind="group")
    report(desk)
    desk.stage.kill()
    new = old.migrate()
    desk.stage.start()
    report(desk)
    assert len([one for one in posted(desk, new) if "Claim" in str(one.labels)]) >= 1
    assert desk.ask("SELECT staff_chat FROM estates") == [(new.id,)]


def test_the_topic_is_deleted(desk: Office) -> None:
    """It is made again for the next card."""
    group = connected(desk)
    report(desk)
    first = group.topic("Plumbing")
    group.delete_topic(first)
    report(desk)
    assert group.topic("Plumbing") != first
    assert "R-2" in posted(desk, group)[-1].text


def test_the_bot_is_put_out_and_comes_back(desk: Office) -> None:
    """What was filed meanwhile stands in the group again."""
    group = connected(desk)
    group.remove(desk.stage.bot, by=desk.cast.owner)
    desk.stage.settle()
    report(desk)
    connected(desk)
    assert len([one for one in posted(desk, group) if "R-1" in one.text and one.labels]) == 1
