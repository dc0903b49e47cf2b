"""Trouble on order: flood limits in the world's own time, and broken calls."""

import http.client

import pytest

from sandbox.limits import Floods


def send(estate, chat=None):
    return estate.bot("sendMessage", chat_id=chat or estate.ada.id, text="x")


def test_a_burst_passes_then_a_chat_must_wait_and_time_heals(opened, refused):
    opened.sandbox.flood(True)
    for _ in range(5):
        send(opened)
    with pytest.raises(refused, match="Too Many Requests: retry after 5") as caught:
        send(opened)
    assert (caught.value.code, caught.value.parameters) == (429, {"retry_after": 5})
    opened.sandbox.move_clock(5)
    send(opened)
    opened.sandbox.flood(False)
    for _ in range(9):
        send(opened)


def test_a_group_takes_20_a_minute_over_all_topics_edits_counted(hand):
    floods = Floods(hand, on=True)
    for _ in range(20):
        assert floods.charge(1, -100) == 0
        hand.at += 1.5
    assert floods.charge(1, -100) == 30
    assert floods.charge(1, 7) == 0
    hand.at += 30
    assert floods.charge(1, -100) == 0


def test_30_a_second_over_all_chats(hand):
    floods = Floods(hand, on=True)
    assert [floods.charge(1, chat) for chat in range(1, 32)] == [0] * 30 + [1]
    assert floods.charge(2, 1) == 0
    hand.at += 1
    assert floods.charge(1, 31) == 0


def test_answers_to_taps_are_never_limited(opened):
    opened.sandbox.flood(True)
    keys = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup=keys)
    for _ in range(40):
        opened.bot("answerCallbackQuery", callback_query_id=opened.ada.tap("x").id)


def test_errors_come_where_and_as_often_as_ordered(opened, refused):
    opened.sandbox.faults(
        {"method": "sendMessage", "do": "500", "skip": 1, "times": 2},
        {"chat": opened.ada.id, "do": "429", "retry_after": 7},
    )
    with pytest.raises(refused, match="retry after 7"):
        opened.bot("sendChatAction", chat_id=opened.ada.id, action="typing")
    send(opened)
    for _ in range(2):
        with pytest.raises(refused, match="Internal Server Error"):
            send(opened)
    send(opened)
    assert [message.text for message in opened.ada.chat()] == ["/start", "x", "x"]


def test_a_dropped_call_did_nothing_and_a_lost_one_did(opened):
    opened.sandbox.faults({"do": "drop"}, {"do": "lose"}, {"do": "hang", "seconds": 0})
    for _ in range(3):
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            send(opened)
    assert len(opened.ada.chat()) == 2
    calls = opened.sandbox.calls("sendMessage")
    assert [(call["ok"], call["status"]) for call in calls] == [(False, 0), (True, 200), (False, 0)]
    assert [call.get("lost", False) for call in calls] == [False, True, False]


def test_an_update_can_come_twice(opened):
    opened.sandbox.faults({"do": "duplicate"})
    opened.ada.say("once")
    opened.ada.say("again")
    texts = [update["message"]["text"] for update in opened.bot("getUpdates")]
    assert texts == ["once", "once", "again"]


def test_an_update_can_be_overtaken(opened):
    opened.sandbox.faults({"do": "late", "seconds": 1})
    opened.ada.say("first")
    opened.ada.say("second")
    assert [update["message"]["text"] for update in opened.bot("getUpdates")] == ["second", "first"]
