"""A bill's way on both faces, over HTTP: imported by the office, paid in Telegram, given back."""

import sqlite3

import pytest

from tests.story.repair import (
    Cast,
    import_estate,
    owner_comes,
    owner_speaks,
    resident_comes,
    resident_speaks,
)
from tests.story.stage import ROOT, Stage

EXAMPLES = ROOT / "examples"
FILES = ("tariffs", "readings")
CSV = "text/csv"


@pytest.fixture
def cast(stage: Stage) -> Cast:
    """Sunny Court with its owner and one resident, tariffs and readings; a provider takes payments."""
    stage.more["STEWARD_PAYMENT_TOKEN"] = "284685063:TEST:OThjMTk"
    cast = Cast(stage)
    import_estate(cast)
    for name in FILES:
        stage.command("import-fees", str(EXAMPLES / f"fees-2026-11-{name}.csv"), "--apply")
    stage.start()
    for act in (owner_comes, owner_speaks, resident_comes, resident_speaks):
        act(cast)
        stage.settle()
    return cast


def sends_bills(cast: Cast) -> None:
    """The office sends the bills of November and applies them."""
    cast.owner.upload({"fees-2026-11.csv": (CSV, (EXAMPLES / "fees-2026-11.csv").read_bytes())})
    cast.stage.settle()
    cast.owner.tap("Apply")


def said(cast: Cast) -> str:
    """The newest message of the resident's chat."""
    return cast.resident.chat()[-1].text


def rows(stage: Stage, table: str) -> list[tuple[object, ...]]:
    """What the database has, past the product."""
    with sqlite3.connect(stage.database.removeprefix("sqlite:///")) as database:
        return database.execute(f"SELECT * FROM {table}").fetchall()


def test_bills_are_imported_by_chat_once_though_the_bot_is_killed(cast: Cast):
    stage = cast.stage
    cast.owner.upload({"fees-2026-11.csv": (CSV, (EXAMPLES / "fees-2026-11.csv").read_bytes())})
    stage.settle()
    told = [one.text for one in cast.owner.chat()]
    assert "charges: 7 new, 0 changed · CN¥784.61" in "\n".join(told)
    assert rows(stage, "charges") == []
    cast.owner.tap("Apply")
    stage.kill()
    stage.start()
    stage.settle()
    assert len(rows(stage, "charges")) == 7
    assert sum("Applied." in one.text for one in cast.owner.chat()) == 1


def test_a_bill_is_paid_once_and_given_back(cast: Cast):
    stage = cast.stage
    sends_bills(cast)
    stage.settle()
    cast.resident.say("/fees")
    stage.settle()
    assert "To pay: CN¥465.03" in said(cast)
    cast.resident.tap("Pay CN¥465.03")
    stage.settle()
    payment = cast.resident.pay()
    assert payment.outcome()["paid"]
    stage.kill()  # whether it has heard of the money or not
    stage.start()
    stage.settle()
    assert "Receipt RC-000001" in said(cast)
    assert len(rows(stage, "payments")) == 1

    payment.refund()
    stage.settle()
    assert "Refund RC-000002" in said(cast)
    cast.resident.say("/fees")
    stage.settle()
    assert "To pay: CN¥465.03" in said(cast)


def test_an_old_invoice_is_not_paid(cast: Cast):
    stage = cast.stage
    sends_bills(cast)
    stage.settle()
    cast.resident.say("/fees")
    stage.settle()
    cast.resident.tap("Pay CN¥465.03")
    stage.settle()
    stage.command("import-fees", str(EXAMPLES / "fees-2026-11-payments.csv"), "--apply")
    outcome = cast.resident.pay().outcome()
    assert not outcome["paid"]
    assert "changed meanwhile" in outcome["error"]
    assert len(rows(stage, "payments")) == 1
