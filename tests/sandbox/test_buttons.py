"""Taps, answers, edits and keyboards."""

import pytest

from sandbox.client import SandboxError


def keyboard(*labels):
    return {"inline_keyboard": [[{"text": label, "callback_data": label.lower()}] for label in labels]}


def offer(estate, *labels, text="Choose"):
    return estate.bot("sendMessage", chat_id=estate.ada.id, text=text, reply_markup=keyboard(*labels))


def test_a_tap_reaches_the_bot_and_its_answer_the_person(opened):
    sent = offer(opened, "Yes", "No")
    tapped = opened.ada.tap("no")
    (update,) = opened.bot.updates()
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("no", sent["message_id"])
    assert query["from"]["id"] == opened.ada.id
    opened.bot("answerCallbackQuery", callback_query_id=query["id"], text="Noted", show_alert=True)
    answer = tapped.answer()
    assert (answer.text, answer.show_alert) == ("Noted", True)


def test_a_tap_is_answered_once_and_soon(opened, refused):
    offer(opened, "Yes")
    too_old = "query is too old and response timeout expired or query ID is invalid"
    first, second = opened.ada.tap("Yes").id, opened.ada.tap("Yes").id
    with pytest.raises(refused, match="MESSAGE_TOO_LONG"):
        opened.bot("answerCallbackQuery", callback_query_id=first, text="x" * 201)
    opened.bot("answerCallbackQuery", callback_query_id=first)
    with pytest.raises(refused, match=too_old):
        opened.bot("answerCallbackQuery", callback_query_id=first)
    opened.sandbox.move_clock(16)
    with pytest.raises(refused, match=too_old):
        opened.bot("answerCallbackQuery", callback_query_id=second)


def test_only_what_is_there_can_be_tapped_unless_forged(opened):
    sent = offer(opened, "Yes", "Yes, both")
    with pytest.raises(SandboxError, match="its buttons are 'Yes', 'Yes, both'"):
        opened.ada.tap("Maybe", message=sent["message_id"])
    opened.ada.tap(data="evil", forged=True, message=sent["message_id"])
    opened.ada.tap("both")
    assert [update["callback_query"]["data"] for update in opened.bot.updates()] == ["evil", "yes, both"]


def test_a_link_button_answers_with_its_address(opened):
    link = {"inline_keyboard": [[{"text": "Site", "url": "https://example.com/"}]]}
    opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup=link)
    assert opened.ada.tap("Site").answer().url == "https://example.com/"
    assert opened.bot.updates() == []


def test_a_copy_button_answers_with_what_it_copied(opened, refused):
    def copying(text):
        return {"inline_keyboard": [[{"text": "Number", "copy_text": {"text": text}}]]}

    for text in ("", "x" * 257):
        with pytest.raises(refused, match="BUTTON_COPY_TEXT_INVALID"):
            opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup=copying(text))
    opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup=copying("R-17"))
    assert opened.ada.tap("Number").answer().copied == "R-17"
    assert opened.bot.updates() == []


def test_an_edit_without_markup_removes_the_buttons(opened, refused):
    message = {"chat_id": opened.ada.id, "message_id": offer(opened, "Yes")["message_id"]}
    edited = opened.bot("editMessageText", **message, text="Done")
    assert "reply_markup" not in edited
    assert edited["edit_date"] == edited["date"]
    assert opened.ada.last().labels == []
    with pytest.raises(
        refused, match="message is not modified: specified new message content and reply markup"
    ):
        opened.bot("editMessageText", **message, text="Done")
    opened.bot("editMessageReplyMarkup", **message, reply_markup=keyboard("Again"))
    assert opened.ada.last().labels == ["Again"]


def test_what_cannot_be_edited_or_deleted(opened, refused):
    theirs = opened.ada.say("mine")
    chat = {"chat_id": opened.ada.id}
    with pytest.raises(refused, match="message to edit not found"):
        opened.bot("editMessageText", **chat, message_id=99, text="x")
    with pytest.raises(refused, match="message can't be edited"):
        opened.bot("editMessageText", **chat, message_id=theirs, text="x")
    with pytest.raises(refused, match="message to delete not found"):
        opened.bot("deleteMessage", **chat, message_id=99)
    with pytest.raises(refused, match="there is no caption in the message to edit"):
        opened.bot("editMessageCaption", **chat, message_id=offer(opened, "x")["message_id"], caption="x")
    opened.sandbox.move_clock(48 * 3600 + 1)
    with pytest.raises(refused, match="message can't be deleted for everyone"):
        opened.bot("deleteMessage", **chat, message_id=theirs)


def test_deleting_many_skips_what_is_gone(opened):
    first, second = offer(opened, "a")["message_id"], offer(opened, "b")["message_id"]
    opened.bot("deleteMessages", chat_id=opened.ada.id, message_ids=[first, 99, second])
    assert [message.text for message in opened.ada.chat()] == ["/start"]


def test_a_reply_keyboard_stays_until_it_is_removed(opened, refused):
    asked = {"keyboard": [["Home"], [{"text": "My number", "request_contact": True}]]}
    sent = opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup=asked)
    assert opened.ada.keyboard() == [["Home"], ["My number"]]
    assert opened.ada.last().raw["keyboard"][1][0]["request_contact"] is True
    with pytest.raises(refused, match="message can't be edited"):
        opened.bot("editMessageText", chat_id=opened.ada.id, message_id=sent["message_id"], text="y")
    opened.bot("sendMessage", chat_id=opened.ada.id, text="y", reply_markup={"remove_keyboard": True})
    assert opened.ada.keyboard() == []


def test_people_edit_react_and_delete(opened):
    said = opened.ada.say("teh")
    opened.ada.edit(said, "the")
    sent = offer(opened, "x")["message_id"]
    opened.bot("getUpdates", allowed_updates=["message", "edited_message", "message_reaction"])
    opened.ada.react(sent, "👍")
    kinds = {key: update[key] for update in opened.bot.updates() for key in update}
    assert kinds["edited_message"]["text"] == "the"
    assert kinds["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    opened.bot(
        "setMessageReaction",
        chat_id=opened.ada.id,
        message_id=said,
        reaction=[{"type": "emoji", "emoji": "❤"}],
    )
    assert opened.ada.chat()[-2].raw["reactions"] == [{"emoji": "❤", "from": opened.steward.id}]
    opened.ada.delete(said)
    assert [message.text for message in opened.ada.chat()] == ["/start", "Choose"]
