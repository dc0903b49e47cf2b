"""What people send that is neither words nor a picture, and what they forward."""

import pytest


def sent(opened):
    (update,) = opened.bot.updates()
    return update["message"]


@pytest.mark.parametrize("kind", ["sticker", "audio", "video_note", "poll", "dice"])
def test_everything_comes_under_its_own_name(opened, kind):
    opened.ada.send(kind)
    assert kind in sent(opened)
    assert opened.ada.last().kinds == [kind]


def test_a_gif_comes_as_a_file_too(opened):
    opened.ada.send("animation", caption="look")
    message = sent(opened)
    assert message["animation"]["file_id"] == message["document"]["file_id"]
    assert message["caption"] == "look"
    again = opened.bot("sendDocument", chat_id=opened.ada.id, document=message["document"]["file_id"])
    assert again["animation"]["file_id"] == message["animation"]["file_id"]


def test_a_forward_names_its_author(opened):
    opened.ada.forward("The lift is stuck", opened.bob)
    opened.ada.forward("Mine too", opened.bob, hidden=True)
    first, second = (update["message"] for update in opened.bot.updates())
    assert (first["from"]["id"], first["text"]) == (opened.ada.id, "The lift is stuck")
    assert first["forward_origin"]["sender_user"]["id"] == opened.bob.id
    origin = second["forward_origin"]
    assert (origin["type"], origin["sender_user_name"]) == ("hidden_user", "Bob")
    assert "sender_user" not in origin
    assert opened.ada.last().raw["forwarded_from"] == "Bob"


def test_a_message_is_forwarded_from_another_chat(opened):
    opened.join()
    said = opened.bob.say("The lift is stuck", chat=opened.staff)
    opened.bot.updates()
    opened.sandbox.post(
        "forward",
        **{"from": opened.ada.id, "bot": opened.steward.id, "from_chat": opened.staff.id, "message_id": said},
    )
    assert sent(opened)["forward_origin"]["sender_user"]["id"] == opened.bob.id
