"""getUpdates: an update goes away only when a higher offset is asked for."""

from concurrent.futures import ThreadPoolExecutor

import pytest


def ids(updates):
    return [update["update_id"] for update in updates]


def test_an_update_stays_until_a_higher_offset_is_asked_for(opened):
    for text in ("one", "two", "three"):
        opened.ada.say(text)
    assert ids(opened.bot("getUpdates")) == ids(opened.bot("getUpdates")) == [2, 3, 4]
    assert ids(opened.bot("getUpdates", offset=3, limit=1)) == [3]
    assert ids(opened.bot("getUpdates")) == [3, 4]
    assert ids(opened.bot("getUpdates", offset=-1)) == [4]
    assert opened.sandbox.waiting() == 1
    assert ids(opened.bot("getUpdates", offset=5)) == []


def test_a_long_poll_ends_when_something_comes(opened):
    with ThreadPoolExecutor() as pool:
        polling = pool.submit(opened.bot, "getUpdates", timeout=5)
        opened.ada.say("hello")
        assert [update["message"]["text"] for update in polling.result(5)] == ["hello"]


def test_a_newer_poller_ends_the_older_one(opened, refused):
    with ThreadPoolExecutor() as pool:
        older = pool.submit(opened.bot, "getUpdates", timeout=5)
        while not older.done():
            opened.bot("getUpdates")
        with pytest.raises(refused, match="terminated by other getUpdates request; make sure that only one"):
            older.result()


def test_polling_is_refused_while_a_webhook_is_set(opened, refused):
    opened.bot("setWebhook", url="http://127.0.0.1:9/")
    with pytest.raises(refused, match="can't use getUpdates method while webhook is active") as caught:
        opened.bot("getUpdates")
    assert caught.value.code == 409
    opened.bot("deleteWebhook")
    assert opened.bot("getUpdates") == []


def test_chat_member_comes_only_when_asked_for(estate):
    estate.join(can_manage_topics=True)
    cleo, dan = estate.sandbox.person("Cleo"), estate.sandbox.person("Dan")
    estate.staff.add(cleo)
    assert [set(update) - {"update_id"} for update in estate.bot.updates()] == [{"message"}]
    estate.bot("getUpdates", allowed_updates=["chat_member"])
    estate.staff.add(dan)
    (update,) = estate.bot.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "member"
    assert update["chat_member"]["from"]["first_name"] == "Bob"


def test_updates_grow_too_old(opened):
    opened.bot("sendMessage", chat_id=opened.ada.id, text="?", reply_markup=buttons("Yes", "y"))
    opened.ada.say("still here")
    opened.ada.tap("Yes")
    opened.sandbox.move_clock(151)
    assert [update["message"]["text"] for update in opened.bot("getUpdates")] == ["still here"]
    opened.sandbox.move_clock(86400)
    assert opened.bot("getUpdates") == []


def test_a_poller_from_before_a_reset_hears_the_new_world(opened):
    opened.sandbox.reset()
    bot = opened.sandbox.bot("42:secret", "steward_bot", "Steward")
    opened.sandbox.person("Ada").open(bot)
    assert ids(opened.bot("getUpdates", offset=50)) == [1]


def test_pending_updates_can_be_dropped(opened):
    opened.ada.say("hello")
    opened.bot("deleteWebhook", drop_pending_updates=True)
    assert opened.bot("getUpdates") == []


def buttons(label, data):
    return {"inline_keyboard": [[{"text": label, "callback_data": data}]]}
