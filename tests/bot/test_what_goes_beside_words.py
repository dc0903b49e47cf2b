"""Pictures, files and invoices: from the scene into the outbox, and from there into the chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.faces.base import Invoice
from bot.mail import File, Letter, Wanted, qr
from bot.pictures import draw
from bot.scene import Scene, Tap
from desk.mail import Verb
from desk.records import Media, Person
from locales.text import verbatim
from tests.bot.counter import ME, Counter, Guest
from tests.faces.office import Office, strict_telegram
from tests.faces.telegram import drain, speaking

BILL = Invoice("May", "Fees of 1-1-101", "fees:17", "CNY", (("Area", 17900), ("Credit", -900)))
PASS = qr("https://t.me/steward_bot?start=pass_8Xk2")


def at_desk(counter: Counter, guest: Guest, do) -> None:
    """Something is said to a guest at the desk."""

    def done(work) -> None:
        do(Scene(work, ME, counter.estate, counter.now), work.people.get(guest.id))

    counter.write(done)
    counter.deliver()


def test_a_picture_with_words_and_buttons_under_it(any_counter: Counter):
    lin = any_counter.resident()
    at_desk(
        any_counter,
        lin,
        lambda scene, person: scene.picture(
            person, PASS, verbatim("Your pass"), [[Tap(verbatim("123456"), copy="123456")]]
        ),
    )
    assert (lin.last().picture, lin.last().text, lin.last().labels) == (PASS, "Your pass", ["123456"])


def test_the_words_under_a_picture_change(any_counter: Counter):
    lin = any_counter.resident()
    for words in ("Valid", "Revoked"):
        at_desk(
            any_counter,
            lin,
            lambda scene, person, w=words: scene.picture(person, PASS, verbatim(w), key="p/1"),
        )
    assert [post.text for post in lin.posts()] == ["Revoked"]


def test_a_file_an_invoice_and_a_wish(any_counter: Counter):
    lin = any_counter.resident()
    table = Media(kind="document", file_id="d1", name="may.csv", size=8)

    def do(scene: Scene, person: Person) -> None:
        scene.file(person, "export.json", '{"a": 1}', verbatim("All of it"))
        scene.invoice(person, BILL)
        scene.fetch(person, table, "fees", {"month": "May"})

    at_desk(any_counter, lin, do)
    export, bill = lin.posts()
    assert (export.file, export.text) == (File("export.json", '{"a": 1}'), "All of it")
    assert bill.invoice == BILL
    assert any_counter.postman.fetched == [
        Wanted(
            file_id="d1",
            purpose="fees",
            person=lin.id,
            estate=any_counter.estate.id,
            subject={"month": "May"},
        )
    ]


@pytest.fixture(params=["aiogram", "ptb"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Office]:
    """The sender on either face, which may send invoices and really draws."""
    with strict_telegram(tmp_path) as (telegram, hand):
        base = telegram.sandbox.base
        async with speaking(str(request.param), base, payment_token="1:TEST:x") as face:
            await drain(face)
            found = Office(telegram, hand, face)
            found.draw = draw  # type: ignore[method-assign, assignment]
            found.sender = found.new_sender()
            yield found


async def test_a_code_and_a_file_arrive(office: Office):
    ada = office.telegram.ada
    async with office.open():
        office.put(ada.id, payload=Letter(html="Your pass", picture=PASS).payload())
        office.put(
            ada.id, payload=Letter(html="<b>All</b>", file=File("导出.json", '{"名": "王"}')).payload()
        )
        await office.sent_all()
    code, export = [message for message in ada.chat() if message.by_bot]
    sandbox = office.telegram.sandbox
    assert (code.kinds, code.text) == (["photo"], "Your pass")
    assert sandbox.file(code.raw["media"][0]["file_id"]) == await draw(PASS)
    assert (export.kinds, export.html) == (["document"], "<b>All</b>")
    assert export.raw["media"][0]["name"] == "导出.json"
    assert sandbox.file(export.raw["media"][0]["file_id"]).decode() == '{"名": "王"}'


async def test_an_invoice_makes_way_for_what_follows_it(office: Office):
    ada = office.telegram.ada
    async with office.open():
        office.put(ada.id, key="bill/17", payload=Letter(invoice=BILL).payload())
        await office.sent_all()
        assert ada.last().labels == ["Pay 170.00 CNY"]
        office.put(ada.id, "Paid by transfer", key="bill/17", verb=Verb.REPOST)
        await office.sent_all()
    assert [message.text for message in ada.chat() if message.by_bot] == ["Paid by transfer"]
