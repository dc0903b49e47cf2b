"""What an estate makes of the taxonomy is kept as it was said."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from desk.errors import Conflict, NotFound
from desk.records import Place, Priority, Terms
from desk.records.kinds import EstateKind
from tests.contracts.samples import Store, settled


def test_kinds_are_kept_and_replaced_by_code(database: Store):
    here, there = settled(database), settled(database, "B")
    kind = EstateKind(
        estate_id=here.estate.id,
        code="piano",
        group="paid",
        title={"en": "Move a piano", "zh_CN": "搬钢琴"},
        queue="repair",
        priority=Priority.URGENT,
        respond=timedelta(hours=2),
        terms=Terms(kind="paid", amount=Decimal("120.50"), unit={"en": "per floor"}),
        photo=True,
        place=Place.HOME,
    )
    with database.write() as work:
        kept = work.kinds.save(kind)
        assert work.kinds.all(here.estate.id) == (kept,)
        off = work.kinds.save(replace(kept, off=True))
        bare = work.kinds.save(EstateKind(estate_id=here.estate.id, code="tv", off=True))
        assert work.kinds.all(here.estate.id) == (off, bare)
        assert work.kinds.all(there.estate.id) == ()
        with pytest.raises(Conflict):
            work.kinds.save(kind)
        with pytest.raises(NotFound):
            work.kinds.save(replace(kind, id=99))
