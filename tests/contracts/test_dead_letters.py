"""The contract of what went wrong for good: updates that were set aside, and mail that Telegram refused."""

from dataclasses import replace

from desk.mail import Backlog, Delivery, Fate, Lane, Outgoing
from desk.records import State, Timer
from tests.contracts.samples import BOT, CHAT, HOUR, MINUTE, NOW, Store, Work, file, mail, sent, settled


def set_aside(work: Work, update_id: int, times: int = 3, bot: int = BOT) -> None:
    for _ in range(times):
        work.inbox.failed(bot, update_id, "RuntimeError", f'{{"update_id": {update_id}}}', NOW)


def test_an_update_waits_once_it_failed_three_times(database: Store):
    with database.write() as work:
        set_aside(work, 7)
        set_aside(work, 8, times=2)
        set_aside(work, 9, bot=BOT + 1)
        (letter,) = work.dead_letters.waiting(BOT)
        assert (letter.update_id, letter.failures, letter.error) == (7, 3, "RuntimeError")
        assert (letter.body, letter.first_at, letter.last_at) == ('{"update_id": 7}', NOW, NOW)
        assert letter.asked_at is None
        assert work.dead_letters.get(BOT, 7) == letter
        assert (work.dead_letters.get(BOT, 8), work.dead_letters.get(BOT, 9)) == (None, None)
        assert work.dead_letters.count(BOT) == 1


def test_one_that_was_taken_in_since_waits_no_more(database: Store):
    with database.write() as work:
        set_aside(work, 7)
        work.inbox.first_time(BOT, 7, NOW)
        assert work.dead_letters.waiting(BOT) == ()
        assert work.dead_letters.count(BOT) == 0


def test_only_so_many_are_listed_by_their_numbers(database: Store):
    with database.write() as work:
        for number in (3, 1, 2):
            set_aside(work, number)
        assert [one.update_id for one in work.dead_letters.waiting(BOT, limit=2)] == [1, 2]


def test_those_asked_for_come_in_the_order_of_asking(database: Store):
    with database.write() as work:
        for number in (1, 2, 3):
            set_aside(work, number)
        assert work.dead_letters.ask(BOT, 2, NOW)
        assert work.dead_letters.ask(BOT, 1, NOW + MINUTE)
        assert not work.dead_letters.ask(BOT, 99, NOW)
        assert [one.update_id for one in work.dead_letters.asked(BOT)] == [2, 1]
        assert work.dead_letters.asked(BOT + 1) == ()


def test_another_failure_ends_the_asking(database: Store):
    with database.write() as work:
        set_aside(work, 7)
        work.dead_letters.ask(BOT, 7, NOW)
        assert work.inbox.failed(BOT, 7, "KeyError", "{}", NOW + HOUR) == 4
        assert work.dead_letters.asked(BOT) == ()
        (letter,) = work.dead_letters.waiting(BOT)
        assert (letter.error, letter.first_at, letter.last_at) == ("KeyError", NOW, NOW + HOUR)


def test_it_is_dropped_once(database: Store):
    with database.write() as work:
        set_aside(work, 7)
        assert work.dead_letters.drop(BOT, 7)
        assert not work.dead_letters.drop(BOT, 7)


def refuse(work: Work, key: str = "", text: str = "hello") -> Outgoing:
    work.outbox.put(mail(key, text, since=NOW))
    put = work.outbox.waiting(BOT, NOW)[-1]
    work.outbox.settle([Delivery(outgoing=put, fate=Fate.REFUSED, why="too long")], NOW)
    return put


def test_refused_mail_is_found_counted_and_dropped(database: Store):
    with database.write() as work:
        put = refuse(work)
        found = work.outbox.refusal(BOT, put.id)
        assert found == Delivery(outgoing=put, fate=Fate.REFUSED, why="too long")
        assert (work.outbox.refusal(BOT + 1, put.id), work.outbox.refusal(BOT, 99)) == (None, None)
        assert work.outbox.refused_count(BOT) == 1
        assert not work.outbox.drop(BOT + 1, put.id)
        assert work.outbox.drop(BOT, put.id)
        assert not work.outbox.drop(BOT, put.id)
        assert work.outbox.refused_count(BOT) == 0


def test_refused_mail_goes_out_once_more_as_new_mail(database: Store):
    with database.write() as work:
        put = refuse(work, "card/1")
        assert work.outbox.resend(BOT, put.id, NOW + HOUR)
        assert not work.outbox.resend(BOT, put.id, NOW + HOUR), "once"
        (again,) = work.outbox.waiting(BOT, NOW)
        assert again == replace(put, id=again.id, revision=1, since=NOW + HOUR)
        assert again.id > put.id
        assert work.outbox.refused_count(BOT) == 0


def test_refused_mail_does_not_undo_what_came_after_it(database: Store):
    with database.write() as work:
        old, alone = refuse(work, "card/1", "old"), refuse(work, text="said once")
        work.outbox.put(mail("card/1", "new"))
        assert not work.outbox.resend(BOT, old.id, NOW)
        (newer,) = work.outbox.waiting(BOT, NOW)
        work.outbox.settle([sent(newer)], NOW)
        assert not work.outbox.resend(BOT, old.id, NOW)
        assert work.outbox.resend(BOT, alone.id, NOW), "words without a key undo nothing"
        assert work.outbox.refused_count(BOT) == 1


def test_the_backlog_tells_how_much_of_each_lane_waits_and_since_when(database: Store):
    with database.write() as work:
        for after, lane in enumerate((Lane.CARD, Lane.ANSWER, Lane.ANSWER)):
            work.outbox.put(mail(lane=lane, since=NOW + after * MINUTE))
        work.outbox.put(mail(lane=Lane.ANSWER, since=NOW, not_before=NOW + HOUR))
        work.outbox.put(mail(chat_id=CHAT + 1, lane=Lane.CARD))
    with database.read() as work:
        assert work.outbox.backlog(BOT, NOW) == (
            Backlog(lane=Lane.ANSWER, depth=3, since=NOW + MINUTE),
            Backlog(lane=Lane.CARD, depth=2, since=NOW),
            Backlog(lane=Lane.BROADCAST, depth=0, since=None),
        )
        assert work.outbox.backlog(BOT + 1, NOW)[0].depth == 0


def test_mail_put_off_waits_from_its_time_and_mail_tried_in_vain_from_the_beginning(database: Store):
    def oldest(work: Work) -> object:
        return work.outbox.backlog(BOT, NOW + HOUR)[0].since

    with database.write() as work:
        work.outbox.put(mail("a", since=NOW, not_before=NOW + MINUTE))
        assert oldest(work) == NOW + MINUTE
        work.outbox.postpone(work.outbox.waiting(BOT, NOW + HOUR)[0], NOW + 2 * HOUR)
        assert oldest(work) == NOW


def test_newer_mail_in_an_old_place_waits_as_long_as_the_place(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", since=NOW))
        work.outbox.put(mail("a", "newer", since=NOW + MINUTE))
        assert work.outbox.backlog(BOT, NOW + HOUR)[0].since == NOW


def test_open_requests_are_counted_by_state_over_all_estates(database: Store):
    first, second = settled(database), settled(database, "Sunny Court")
    with database.write() as work:
        for place in (first, first, second):
            file(work, place)
        file(work, second, state=State.CLOSED)
        assert work.requests.open_by_state() == {State.NEW: 3}


def test_timers_that_are_due_are_counted(database: Store):
    with database.write() as work:
        for number in range(3):
            work.timers.set(Timer(key=f"{number}", kind="left", due_at=NOW + number * MINUTE))
        assert [work.timers.overdue(NOW - HOUR), work.timers.overdue(NOW + MINUTE)] == [0, 2]
