"""Mail on its way, and where delivered messages can be found again."""

from contextlib import suppress
from dataclasses import replace

from desk.mail import Delivery, Fate, Lane, Outgoing, Verb
from tests.contracts.samples import BOT, CHAT, HOUR, MINUTE, NOW, Store, Work, mail, sent, settled


def texts(waiting: tuple[Outgoing, ...]) -> list[object]:
    return [one.payload["text"] for one in waiting]


def only(work: Work) -> Outgoing:
    (one,) = work.outbox.waiting(BOT, NOW)
    return one


def test_mail_waits_in_the_order_it_was_put(database: Store):
    place = settled(database)
    full = mail(
        "card/1",
        queue_id=place.queue.id,
        lane=Lane.CARD,
        chat_id=-1001234567890,
        payload={"text": "一", "rows": [[{"b": 1}]]},
    )
    with database.write() as work:
        work.outbox.put(full)
        work.outbox.put(mail(text="two"))
        work.outbox.put(mail(text="elsewhere", bot_id=BOT + 1))
        first, second = work.outbox.waiting(BOT, NOW)
        assert first == replace(full, id=first.id, revision=first.revision)
        assert texts(work.outbox.waiting(BOT, NOW, after=first.id)) == ["two"]
        assert work.outbox.waiting(BOT, NOW, after=second.id) == ()
        assert texts(work.outbox.waiting(BOT, NOW, limit=1)) == ["一"]
        assert (work.outbox.depth(BOT), work.outbox.depth(BOT + 2)) == (2, 0)


def test_what_was_put_is_told_as_it_waits(database: Store):
    with database.write() as work:
        card = work.outbox.put(mail("card/1", verb=Verb.REPOST, lane=Lane.ANSWER))
        newer = work.outbox.put(mail("card/1", "newer", lane=Lane.CARD))
        assert (newer.id, newer.revision) == (card.id, card.revision + 1)
        assert (newer.lane, newer.verb) == (Lane.ANSWER, Verb.REPOST)
        assert work.outbox.fresh() == (card, newer)
        assert work.outbox.waiting(BOT, NOW) == (newer,)
        work.outbox.announce(BOT)
    with database.write() as work:
        assert work.outbox.fresh() == ()


def test_once_some_of_it_is_undone_only_the_outbox_can_tell_what_was_put(database: Store):
    with database.write() as work:
        with suppress(ZeroDivisionError), work.savepoint():
            work.outbox.put(mail("a"))
            raise ZeroDivisionError
        work.outbox.put(mail("b"))
        assert work.outbox.fresh() is None


def test_the_same_key_collapses_to_the_newest_in_the_oldest_place(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1"))
        work.outbox.put(mail("b", "2"))
        work.outbox.put(mail("a", "3"))
        assert texts(work.outbox.waiting(BOT, NOW)) == ["3", "2"]


def test_other_chats_other_bots_and_mail_without_key_never_collapse(database: Store):
    with database.write() as work:
        for one in (mail("a"), mail("a", chat_id=9), mail("a", bot_id=9), mail(), mail()):
            work.outbox.put(one)
        assert work.outbox.depth(BOT) == 4
        assert work.outbox.depth(9) == 1


def test_a_repost_stays_one_until_it_is_sent(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1"))
        work.outbox.put(mail("a", "2", verb=Verb.REPOST))
        work.outbox.put(mail("a", "3"))
        assert (only(work).verb, texts(work.outbox.waiting(BOT, NOW))) == (Verb.REPOST, ["3"])


def test_the_more_urgent_lane_and_the_newer_time_count(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", lane=Lane.CARD, not_before=NOW + MINUTE))
        assert work.outbox.waiting(BOT, NOW) == ()
        assert len(work.outbox.waiting(BOT, NOW + MINUTE)) == 1
        work.outbox.put(mail("a", lane=Lane.BROADCAST))
        assert only(work).lane is Lane.CARD
        work.outbox.put(mail("a", lane=Lane.ANSWER))
        assert only(work).lane is Lane.ANSWER


def test_mail_put_off_by_another_clock_goes_at_once(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", not_before=NOW + MINUTE))
        an_hour_back = work.outbox.waiting(BOT, NOW - HOUR)
        assert texts(an_hour_back) == texts(work.outbox.waiting(BOT, NOW + MINUTE))
        assert an_hour_back[0].may_go(NOW - HOUR)
        assert not an_hour_back[0].may_go(NOW)


def test_sent_mail_is_remembered_under_its_key(database: Store):
    with database.write() as work:
        assert work.outbox.message(BOT, CHAT, "a") is None
        work.outbox.put(mail("a"))
        work.outbox.put(mail())
        keyed, said = work.outbox.waiting(BOT, NOW)
        work.outbox.settle([sent(keyed, 2**40), sent(said, 12)], NOW)
        assert work.outbox.message(BOT, CHAT, "a") == 2**40
        assert work.outbox.message(BOT, CHAT, "") is None
        assert work.outbox.depth(BOT) == 0
        work.outbox.put(mail("a"))
        work.outbox.settle([sent(only(work), 13)], NOW)
        assert work.outbox.message(BOT, CHAT, "a") == 13


def test_an_edit_that_changed_nothing_keeps_the_message_id(database: Store):
    with database.write() as work:
        for number in (11, None):
            work.outbox.put(mail("a"))
            work.outbox.settle([sent(only(work), number)], NOW)
        assert work.outbox.message(BOT, CHAT, "a") == 11


def test_settled_mail_is_not_found_by_the_next_one_of_its_key(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1"))
        first = only(work)
        work.outbox.settle([sent(first)], NOW)
        work.outbox.put(mail("a", "2"))
        assert only(work).id > first.id


def test_mail_replaced_under_way_stays_waiting_in_its_newer_form(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1"))
        taken = only(work)
        work.outbox.put(mail("a", "2"))
        work.outbox.settle([sent(taken, 11)], NOW)
        newer = only(work)
        assert (newer.id, texts((newer,))) == (taken.id, ["2"])
        assert work.outbox.message(BOT, CHAT, "a") == 11
        work.outbox.settle([sent(newer, 11)], NOW)
        assert work.outbox.depth(BOT) == 0


def test_after_a_repost_went_out_what_replaced_it_is_an_edit(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1", verb=Verb.REPOST))
        taken = only(work)
        work.outbox.put(mail("a", "2"))
        assert only(work).verb is Verb.REPOST
        work.outbox.settle([sent(taken, 11)], NOW)
        assert (only(work).verb, only(work).payload) == (Verb.SHOW, {"text": "2"})


def test_a_repost_asked_for_under_way_is_not_forgotten(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1", verb=Verb.REPOST))
        taken = only(work)
        work.outbox.put(mail("a", "2", verb=Verb.REPOST))
        work.outbox.put(mail("a", "3"))
        work.outbox.settle([sent(taken, 11)], NOW)
        assert only(work).verb is Verb.REPOST


def test_a_repost_that_did_not_go_out_is_still_wanted(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1", verb=Verb.REPOST))
        taken = only(work)
        work.outbox.put(mail("a", "2"))
        work.outbox.settle([Delivery(outgoing=taken, fate=Fate.REFUSED)], NOW)
        assert only(work).verb is Verb.REPOST


def test_every_fate_but_waiting_settles_and_refusals_are_listed(database: Store):
    with database.write() as work:
        for key in ("sent", "replaced", "blocked", "refused", "refused again"):
            work.outbox.put(mail(key))
        fates = [Fate.SENT, Fate.REPLACED, Fate.BLOCKED, Fate.REFUSED, Fate.REFUSED]
        waiting = work.outbox.waiting(BOT, NOW)
        work.outbox.settle(
            [Delivery(outgoing=one, fate=fate, why="so") for one, fate in zip(waiting, fates, strict=True)],
            NOW,
        )
        work.outbox.settle([], NOW)
        assert work.outbox.depth(BOT) == 0
        refused = work.outbox.refused(BOT)
        assert [one.outgoing.key for one in refused] == ["refused again", "refused"]
        assert refused[0] == Delivery(outgoing=waiting[4], fate=Fate.REFUSED, why="so")
        assert work.outbox.refused(BOT, limit=1) == refused[:1]
        assert work.outbox.refused(BOT + 1) == ()


def test_mail_settled_twice_is_settled_once(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a"))
        one = only(work)
        work.outbox.settle([sent(one, 1)], NOW)
        work.outbox.settle([Delivery(outgoing=one, fate=Fate.REFUSED)], NOW)
        assert work.outbox.refused(BOT) == ()


def test_postponed_mail_counts_its_attempts_and_waits(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a"))
        work.outbox.postpone(only(work), NOW + MINUTE)
        assert work.outbox.waiting(BOT, NOW) == ()
        assert work.outbox.depth(BOT) == 1
        (later,) = work.outbox.waiting(BOT, NOW + MINUTE)
        assert later.attempts == 1
        work.outbox.postpone(later, None)
        assert only(work).attempts == 2


def test_a_failed_attempt_does_not_hold_back_newer_mail(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a", "1"))
        taken = only(work)
        work.outbox.put(mail("a", "2"))
        work.outbox.postpone(taken, NOW + HOUR)
        assert (only(work).attempts, only(work).not_before) == (0, None)


def test_a_message_that_is_gone_is_forgotten(database: Store):
    with database.write() as work:
        work.outbox.put(mail("a"))
        work.outbox.settle([sent(only(work), 5)], NOW)
        work.outbox.forget(BOT, CHAT, "a")
        work.outbox.forget(BOT, CHAT, "never there")
        assert work.outbox.message(BOT, CHAT, "a") is None


def test_a_group_that_became_a_supergroup_takes_everything_along(database: Store):
    place = settled(database)
    group, supergroup = -4000, -1000000004000
    with database.write() as work:
        work.estates.save(replace(place.estate, staff_chat=group))
        for key in ("a", "b", "both"):
            work.outbox.put(mail(key, chat_id=group))
        work.outbox.put(mail("both", "newer", chat_id=supergroup))
        work.outbox.put(mail("other chat"))
        first, second, *_ = work.outbox.waiting(BOT, NOW)
        work.outbox.settle([sent(first, 1), sent(second, 2)], NOW)
        work.outbox.put(mail("b", "again", chat_id=group))
        work.outbox.move_chat(group, supergroup)
        assert work.outbox.message(BOT, supergroup, "a") == 1
        assert work.outbox.message(BOT, group, "a") is None
        waiting = {(one.chat_id, one.key): one.payload["text"] for one in work.outbox.waiting(BOT, NOW)}
        assert waiting == {
            (supergroup, "both"): "newer",
            (supergroup, "b"): "again",
            (CHAT, "other chat"): "hello",
        }
        assert work.estates.get(place.estate.id).staff_chat == supergroup


def test_a_message_of_the_supergroup_outlives_the_group_s(database: Store):
    with database.write() as work:
        for chat, number in ((-4000, 1), (-1000000004000, 2)):
            work.outbox.put(mail("a", chat_id=chat))
            work.outbox.settle([sent(only(work), number)], NOW)
        work.outbox.move_chat(-4000, -1000000004000)
        assert work.outbox.message(BOT, -1000000004000, "a") == 2
        assert work.outbox.message(BOT, -4000, "a") is None
