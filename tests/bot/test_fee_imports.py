"""The office sends a file by chat: what it would change, then the change itself, all of it or nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.fees.files import LARGEST
from desk.fees import reminding
from desk.records import Role
from tests.bot.counter import DAY, HOUR, Counter, Guest
from tests.bot.till import Letterbox, Till

CHARGES = (
    "home,period,tariff,type,amount,due\n"
    "1-1-101,2026-02,parking,,,2026-03-10\n"
    "1-1-101,2026-02,,repair,80.00,2026-03-10\n"
)


@pytest.fixture
def till(any_counter: Counter) -> Till:
    return Till(any_counter)


@pytest.fixture
def box(till: Till) -> Letterbox:
    return Letterbox(till)


@pytest.fixture
def fei(till: Till) -> Guest:
    """Who looks after the fees."""
    return till.counter.staff("Fei", Role.FEES)


def kept(till: Till) -> list[Decimal]:
    found = till.counter.read(lambda work: work.fees.charges(till.counter.home.id))
    return [one.amount for one in found]


def test_a_file_is_shown_and_then_applied_with_one_tap(till: Till, box: Letterbox, fei: Guest):
    told = box.send(fei, "fees.csv", CHARGES)
    assert "charges: 2 new, 0 changed · CN¥230.00" in told
    assert "+ 1-1-101 2026-02 parking: CN¥150.00" in told
    assert kept(till) == []
    fei.taps("Apply")
    box.arrive()
    assert "Applied." in fei.news()
    assert kept(till) == [Decimal(150), Decimal(80)]
    home = till.counter.home.id
    assert till.counter.read(lambda work: work.timers.get(reminding.key(home, "2026-02"))) is not None


def test_cancelled_nothing_changes(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    fei.taps("Cancel")
    box.arrive()
    assert kept(till) == []


def test_two_taps_on_apply_apply_once(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    button = fei.button("Apply")
    fei.sends(button)
    fei.sends(button)
    box.arrive()
    assert fei.news().count("Applied.") == 1
    assert len(kept(till)) == 2


def test_the_same_file_twice_changes_nothing(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    fei.taps("Apply")
    box.arrive()
    told = box.send(fei, "fees.csv", CHARGES)
    assert "nothing to change" in told
    assert "2 rows are known already" in told


def test_a_changed_sum_is_shown_as_a_change(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    fei.taps("Apply")
    box.arrive()
    told = box.send(fei, "fees.csv", CHARGES.replace("80.00", "95.50"))
    assert "charges: 0 new, 1 changed · CN¥15.50" in told
    assert "~ 1-1-101 2026-02 repair: CN¥80.00 → CN¥95.50" in told


def test_what_changed_between_look_and_tap_is_shown_again(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    grace = till.counter.staff("Grace", Role.MANAGER)
    box.send(grace, "fees.csv", CHARGES.replace("80.00", "70"))
    grace.taps("Apply")
    box.arrive()
    fei.news()
    fei.taps("Apply")
    box.arrive()
    assert "Something changed meanwhile, so nothing was applied" in fei.news()
    assert kept(till) == [Decimal(150), Decimal(70)]
    fei.taps("Apply")
    box.arrive()
    assert kept(till) == [Decimal(150), Decimal(80)]


def test_one_bad_row_holds_up_all(till: Till, box: Letterbox, fei: Guest):
    told = box.send(fei, "fees.csv", CHARGES + "9-9-999,2026-02,parking,,,2026-03-10\n")
    assert "1 row cannot be taken in" in told
    assert "row 4: there is no home “9-9-999”" in told
    assert kept(till) == []
    assert "Apply" not in str([one.labels for one in fei.posts()])


def test_many_bad_rows_come_as_a_file(till: Till, box: Letterbox, fei: Guest):
    bad = "".join(f"9-9-{n},2026-02,parking,,,2026-03-10\n" for n in range(40))
    told = box.send(fei, "fees.csv", CHARGES + bad)
    assert "40 rows cannot be taken in" in told
    assert "and 30 more" in told
    assert "All rows that cannot be taken in" in told


@pytest.mark.parametrize("role", [Role.FEES, Role.MANAGER, Role.OWNER])
def test_who_looks_after_fees_may_import_them(till: Till, box: Letterbox, role: Role):
    assert "This is what would change" in box.send(till.counter.staff("Fei", role), "f.csv", CHARGES)


@pytest.mark.parametrize("role", [Role.WORKER, Role.GUARD, Role.DISPATCHER, None])
def test_nobody_else_may(till: Till, box: Letterbox, role: Role | None):
    guest = till.counter.staff("Wang", role) if role else till.counter.resident()
    assert "would change" not in box.send(guest, "fees.csv", CHARGES)
    assert till.counter.postman.fetched == []


def test_who_was_dismissed_before_the_tap_applies_nothing(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    with till.counter.opened() as work:
        for post in work.people.staff_of(fei.id, till.counter.now):
            work.people.hire(replace(post, until=till.counter.now))
    fei.taps("Apply")
    box.arrive()
    assert kept(till) == []


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "empty"),
        ("房号\n".encode("gb18030"), "UTF-8"),
        (b"PK\x03\x04x", "cannot read"),
        (b"a,b\n1,2\n", "headers"),
    ],
)
def test_what_is_no_such_file_gets_a_clear_answer(
    till: Till, box: Letterbox, fei: Guest, content, words: str
):
    assert words in box.send(fei, "fees.xlsx", content)


def test_a_file_that_telegram_will_not_give_is_not_asked_for(till: Till, box: Letterbox, fei: Guest):
    told = box.send(fei, "fees.xlsx", b"x", size=LARGEST + 5_000_000)
    assert "too large" in told
    assert "Reading" not in told


def test_in_chinese(till: Till, box: Letterbox):
    fei = till.counter.staff("Fei", Role.FEES, language="zh_CN")
    told = box.send(fei, "缴费.csv", "房号,日期,金额,流水号\n1-1-101,2026-02-18,300,A-1\n")
    assert "缴费记录：新增 1 条，变更 0 条 · ¥300.00" in told


def test_a_mended_file_takes_the_place_of_the_one_that_waits(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    old = fei.button("Apply")
    assert "CN¥245.50" in box.send(fei, "fees.csv", CHARGES.replace("80.00", "95.50"))
    assert "This is over" in fei.sends(old)
    fei.taps("Apply")
    box.arrive()
    assert kept(till) == [Decimal(150), Decimal("95.50")]


def test_after_a_file_that_cannot_be_read_the_one_before_is_not_applied(
    till: Till, box: Letterbox, fei: Guest
):
    box.send(fei, "fees.csv", CHARGES)
    box.send(fei, "fees.csv", b"")
    assert "This is over" in fei.taps("Apply")
    assert kept(till) == []


def test_what_waits_for_longer_than_a_day_is_sent_again(till: Till, box: Letterbox, fei: Guest):
    box.send(fei, "fees.csv", CHARGES)
    till.counter.later(DAY + HOUR)
    assert "send the file again" in fei.taps("Apply")


@pytest.mark.parametrize("about", ["", "x", "0" * 16, "None"])
def test_buttons_that_nobody_offered_apply_nothing(till: Till, box: Letterbox, fei: Guest, about: str):
    box.send(fei, "fees.csv", CHARGES)
    for verb in ("fees_apply", "fees_drop"):
        assert "This is over" in fei.sends(f"f:{verb}:{about}")
        assert "This is over" in till.counter.guest(f"Sun {verb}").sends(f"f:{verb}:{about}")
    assert till.counter.postman.fetched == []
