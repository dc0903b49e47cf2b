"""A file that was made for somebody is not kept beyond its delivery."""

import pytest
from sqlalchemy import select

from desk.mail import Delivery, Fate
from storage.tables import outbox
from storage.work import Database
from tests.contracts.samples import BOT, NOW, mail, settled

FILE = {"html": "Your data", "file": {"name": "export.json", "content": "{}"}}


def kept(database: Database) -> list[object]:
    with database.read() as work:
        return list(work.connection.execute(select(outbox.c.payload).order_by(outbox.c.id)).scalars())


@pytest.mark.parametrize("fate", [Fate.SENT, Fate.BLOCKED, Fate.REPLACED])
def test_what_was_in_a_file_goes_with_its_delivery(sql_database: Database, fate: Fate):
    settled(sql_database)
    with sql_database.write() as work:
        mails = [work.outbox.put(mail(payload=payload)) for payload in (FILE, {"html": "hello"})]
        work.outbox.settle([Delivery(outgoing=one, fate=fate) for one in mails], NOW)
    assert kept(sql_database) == [{}, {"html": "hello"}]


def test_refused_it_is_kept_to_be_sent_once_more(sql_database: Database):
    with sql_database.write() as work:
        refused = work.outbox.put(mail(payload=FILE))
        work.outbox.settle([Delivery(outgoing=refused, fate=Fate.REFUSED, why="too large")], NOW)
    assert kept(sql_database) == [FILE]
    with sql_database.write() as work:
        assert work.outbox.resend(BOT, refused.id, NOW)
    assert kept(sql_database) == [{}, FILE]


def test_what_took_its_place_meanwhile_keeps_its_file(sql_database: Database):
    with sql_database.write() as work:
        under_way = work.outbox.put(mail("export", payload=FILE))
        work.outbox.put(mail("export", payload=FILE))
        work.outbox.settle([Delivery(outgoing=under_way, fate=Fate.SENT)], NOW)
    assert kept(sql_database) == [FILE]
