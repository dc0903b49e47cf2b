"""Files that people sent are fetched, read and taken in once, whatever happens on the way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.arrivals import Arrivals
from bot.faces.base import Fetch, Me
from bot.flows.base import Reads, Subject
from bot.mail import letter
from bot.scene import Scene
from bot.session import Session
from bot.writer import Writer
from desk.mail import Verb
from desk.records import Estate, Media, Person
from dialogs.engine.heard import Pictured
from locales.text import verbatim
from storage.work import Database
from tests.faces.office import Office, strict_telegram
from tests.faces.telegram import drain, speaking

TABLE = b"home,sum\n1-1-101,12.50\n"


def read(content: bytes) -> str:
    """Says how many lines there are."""
    if content == b"boom":
        raise ArithmeticError("an error of ours")
    return f"{len(content.splitlines())} lines"


def take(scene: Scene, person: Person, subject: Subject, found: str) -> None:
    if subject.get("fails"):
        raise ArithmeticError("an error of ours")
    scene.tell(person, verbatim(f"{subject['month']}: {found}"))


@asynccontextmanager
async def office(tmp_path: Path, database: Database) -> AsyncIterator[tuple[Office, Writer]]:
    """One in which files of the purpose `table` are taken in."""
    with strict_telegram(tmp_path) as (telegram, hand):
        async with speaking("aiogram", telegram.sandbox.base) as face:
            await drain(face)
            writer = Writer(database)
            found = Office(telegram, hand, face, database, writer=writer)
            writer.start()
            found.arrive = Arrivals(me(found), writer, hand, {"table": Reads(read=read, take=take)})
            found.sender = found.new_sender()
            writer.collect = found.sender.collect
            yield found, writer
            await writer.close()


def me(office: Office) -> Me:
    return Me(id=office.telegram.steward.id, username="steward_bot", name="Steward")


async def asks(office: Office, writer: Writer, media: Media, **subject: bool | str) -> None:
    """Ada has sent a file, and a flow has it fetched."""

    def fetch(session: Session) -> None:
        estate = next(iter(session.estates.all()), None) or session.estates.save(
            Estate(name="Sunny Court", time_zone="UTC")
        )
        ada = session.people.by_telegram(office.telegram.ada.id) or session.people.save(
            Person(telegram_id=office.telegram.ada.id, name="Ada", language="en")
        )
        scene = Scene(session, me(office), estate, office.hand.now())
        scene.tell(ada, verbatim("Reading"))
        scene.fetch(ada, media, "table", {"month": "May", **subject})

    await writer.run(fetch)


async def sends(office: Office, content: bytes, **how: Any) -> Media:
    if how:
        office.telegram.ada.send("document", **how)
    else:
        office.telegram.ada.upload({"may.csv": ("text/csv", content)})
    (incoming,) = await drain(office.face)
    assert incoming.said
    assert isinstance(incoming.said.act, Pictured)
    return incoming.said.act.media


def heard(office: Office) -> list[str]:
    return [message.text for message in office.telegram.ada.chat() if message.by_bot]


async def test_a_file_is_read_and_taken_in_after_what_was_said_before(tmp_path: Path, sqlite: Database):
    async with office(tmp_path, sqlite) as (desk, writer), desk.open():
        await asks(desk, writer, await sends(desk, TABLE))
        await desk.until(lambda: len(heard(desk)) == 2)
        assert heard(desk) == ["Reading", "May: 2 lines"]
        await desk.sent_all()


async def test_telegram_may_be_away_for_a_while(tmp_path: Path, sqlite: Database):
    async with office(tmp_path, sqlite) as (desk, writer), desk.open():
        media = await sends(desk, TABLE)
        desk.telegram.faults("500", method="getFile", times=2)
        await asks(desk, writer, media)
        await desk.until(lambda: heard(desk)[-1:] == ["May: 2 lines"])


async def test_what_telegram_does_not_give_is_told(tmp_path: Path, sqlite: Database):
    async with office(tmp_path, sqlite) as (desk, writer), desk.open():
        await asks(desk, writer, await sends(desk, b"", size=20 * 1024 * 1024 + 1))
        await desk.until(lambda: len(heard(desk)) == 2)
        assert "larger than 20 MB" in heard(desk)[-1]
        await desk.sent_all()
        assert desk.read(lambda work: work.outbox.refused(desk.telegram.steward.id)) == ()


@pytest.mark.parametrize("content, subject", [(b"boom", {}), (TABLE, {"fails": True})])
async def test_an_error_of_ours_is_told_and_noted(
    tmp_path: Path, sqlite: Database, content: bytes, subject: dict[str, bool]
):
    async with office(tmp_path, sqlite) as (desk, writer), desk.open():
        await asks(desk, writer, await sends(desk, content), **subject)
        await desk.until(lambda: len(heard(desk)) == 2)
        assert "something went wrong on our side" in heard(desk)[-1]
        (noted,) = desk.read(lambda work: work.outbox.refused(desk.telegram.steward.id))
        assert (noted.outgoing.verb, noted.why) == (Verb.FETCH, "failed: ArithmeticError")


async def test_killed_between_taking_in_and_recording_it_is_not_taken_in_again(
    tmp_path: Path, sqlite: Database
):
    async with office(tmp_path, sqlite) as (desk, writer):
        await asks(desk, writer, await sends(desk, TABLE))
        waiting = desk.read(lambda work: work.outbox.waiting(desk.telegram.steward.id, desk.hand.now()))
        (mail,) = [one for one in waiting if one.verb is Verb.FETCH]
        fetched = await desk.face.call(Fetch(file_id=str(mail.payload["file_id"])))
        for _ in range(2):  # the second time as a sender that does not know of the first
            await desk.arrive(replace(mail), fetched)
        left = desk.read(lambda work: work.outbox.waiting(desk.telegram.steward.id, desk.hand.now()))
        assert [letter(one.payload).html for one in left] == ["Reading", "May: 2 lines"]
