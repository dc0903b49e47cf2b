"""Groups: who is in them, what bots see there, topics, and the move to a supergroup."""

import pytest

from sandbox.client import SandboxError


def test_a_bot_is_told_that_it_was_added_and_made_administrator(estate):
    estate.staff.add(estate.steward, by=estate.bob)
    estate.staff.promote(estate.steward, can_manage_topics=True)
    added, service, promoted = estate.bot.updates()
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert added["my_chat_member"]["from"]["id"] == estate.bob.id
    assert service["message"]["new_chat_members"][0]["id"] == estate.steward.id
    assert promoted["my_chat_member"]["old_chat_member"]["status"] == "member"
    me = estate.bot("getChatMember", chat_id=estate.staff.id, user_id=estate.steward.id)
    assert (me["status"], me["can_manage_topics"], me["can_pin_messages"]) == ("administrator", True, False)


def test_privacy_mode_hides_what_is_not_meant_for_the_bot(estate):
    estate.join()
    sent = estate.bot("sendMessage", chat_id=estate.staff.id, text="hello")
    said = ("chatter", "/help", "/help@other_bot", "/help@steward_bot", "hey @steward_bot")
    for text in said:
        estate.ada.say(text, chat=estate.staff)
    estate.ada.say("an answer", reply_to=sent["message_id"])
    seen = [update["message"]["text"] for update in estate.bot.updates()]
    assert seen == ["/help", "/help@steward_bot", "hey @steward_bot", "an answer"]
    estate.staff.promote(estate.steward)
    estate.ada.say("chatter")
    assert estate.bot.updates()[-1]["message"]["text"] == "chatter"


def test_bots_do_not_hear_each_other(estate, bot_side):
    estate.join(can_manage_topics=True)
    other = estate.sandbox.bot("43:x", "other_bot", "Other")
    estate.staff.add(other)
    estate.bot.updates()
    bot_side(estate.sandbox.base, "43:x")("sendMessage", chat_id=estate.staff.id, text="beep")
    assert estate.bot.updates() == []


def test_topics_need_the_right_to_manage_them(estate, refused):
    estate.join(can_pin_messages=True)
    with pytest.raises(refused, match="Bad Request: not enough rights to create a topic"):
        estate.bot("createForumTopic", chat_id=estate.staff.id, name="Repairs")


def test_a_topic_is_opened_written_to_renamed_closed_and_deleted(estate, refused):
    estate.join(can_manage_topics=True, can_delete_messages=True)
    topic = estate.bot("createForumTopic", chat_id=estate.staff.id, name="R" * 200)
    there = {"chat_id": estate.staff.id, "message_thread_id": topic["message_thread_id"]}
    assert len(topic["name"]) == 128
    assert estate.bot.updates()[0]["message"]["forum_topic_created"]["name"] == topic["name"]
    sent = estate.bot("sendMessage", **there, text="leak")
    assert (sent["is_topic_message"], "forum_topic_created" in sent["reply_to_message"]) == (True, True)
    estate.bot("editForumTopic", **there, name="Repairs")
    estate.bot("closeForumTopic", **there)
    with pytest.raises(refused, match="TOPIC_NOT_MODIFIED"):
        estate.bot("closeForumTopic", **there)
    assert estate.staff.topics() == [
        {"thread": topic["message_thread_id"], "name": "Repairs", "closed": True}
    ]
    estate.bot("reopenForumTopic", **there)
    assert [message.text for message in estate.ada.chat(estate.staff, thread=estate.staff.topic("Repairs"))][
        1
    ] == "leak"
    estate.bot("deleteForumTopic", **there)
    with pytest.raises(refused, match="Bad Request: message thread not found"):
        estate.bot("sendMessage", **there, text="gone")


def test_a_topic_that_people_delete_is_not_found(estate, refused):
    estate.join(can_manage_topics=True)
    thread = estate.bot("createForumTopic", chat_id=estate.staff.id, name="x")["message_thread_id"]
    estate.staff.delete_topic(thread)
    for general_or_gone in (1, thread):
        with pytest.raises(refused, match="message thread not found"):
            estate.bot("sendMessage", chat_id=estate.staff.id, message_thread_id=general_or_gone, text="x")


def test_a_closed_topic_takes_words_of_administrators_only(estate, refused):
    estate.join(can_manage_topics=True)
    thread = estate.bot("createForumTopic", chat_id=estate.staff.id, name="x")["message_thread_id"]
    estate.bot("closeForumTopic", chat_id=estate.staff.id, message_thread_id=thread)
    estate.staff.promote(estate.steward, can_pin_messages=True)
    with pytest.raises(refused, match="TOPIC_CLOSED"):
        estate.bot("sendMessage", chat_id=estate.staff.id, message_thread_id=thread, text="x")


def test_a_group_without_topics_refuses_them(estate, refused):
    estate.join(can_manage_topics=True)
    estate.staff.change(forum=False, title="Crew")
    with pytest.raises(refused, match="the chat is not a forum"):
        estate.bot("createForumTopic", chat_id=estate.staff.id, name="x")
    assert estate.bot("getChat", chat_id=estate.staff.id)["title"] == "Crew"


def test_a_removed_bot_was_kicked_and_one_that_left_is_no_member(estate, refused):
    estate.join()
    estate.staff.remove(estate.steward, by=estate.bob)
    with pytest.raises(refused, match="Forbidden: bot was kicked from the supergroup chat"):
        estate.bot("sendMessage", chat_id=estate.staff.id, text="x")
    estate.staff.add(estate.steward)
    estate.bot("leaveChat", chat_id=estate.staff.id)
    with pytest.raises(refused, match="Forbidden: bot is not a member of the supergroup chat"):
        estate.bot("sendMessage", chat_id=estate.staff.id, text="x")


def test_a_group_that_was_upgraded_names_its_new_id(estate, refused):
    small = estate.sandbox.group("Small", owner=estate.bob, members=[estate.steward], kind="group")
    estate.bot.updates()
    new = small.migrate()
    with pytest.raises(refused, match="Bad Request: group chat was upgraded to a supergroup chat") as caught:
        estate.bot("sendMessage", chat_id=small.id, text="x")
    assert caught.value.parameters == {"migrate_to_chat_id": new.id}
    told = [update["message"] for update in estate.bot.updates()]
    assert told[0]["migrate_to_chat_id"] == new.id
    assert told[1]["migrate_from_chat_id"] == small.id
    estate.bot("sendMessage", chat_id=new.id, text="x")
    with pytest.raises(SandboxError, match="became the supergroup"):
        estate.bob.say("x", chat=small)


def test_pinning_needs_the_right_and_tells_the_group(estate, refused):
    estate.join(can_manage_topics=True)
    sent = estate.bot("sendMessage", chat_id=estate.staff.id, text="Rules")
    pin = {"chat_id": estate.staff.id, "message_id": sent["message_id"]}
    with pytest.raises(refused, match="not enough rights to manage pinned messages in the chat"):
        estate.bot("pinChatMessage", **pin)
    estate.staff.promote(estate.steward, can_pin_messages=True)
    estate.bot("pinChatMessage", **pin)
    assert estate.bot.updates()[-1]["message"]["pinned_message"]["text"] == "Rules"
    assert estate.bot("getChat", chat_id=estate.staff.id)["pinned_message"]["text"] == "Rules"
    estate.bot("unpinChatMessage", **pin)
    assert "pinned_message" not in estate.bot("getChat", chat_id=estate.staff.id)


def test_others_messages_take_the_right_to_delete_them(estate, refused):
    estate.join(can_manage_topics=True)
    said = estate.ada.say("rude", chat=estate.staff)
    with pytest.raises(refused, match="message can't be deleted"):
        estate.bot("deleteMessage", chat_id=estate.staff.id, message_id=said)
    estate.staff.promote(estate.steward, can_delete_messages=True)
    estate.bot("deleteMessage", chat_id=estate.staff.id, message_id=said)


def test_members_are_counted_and_named(estate):
    estate.join(can_manage_topics=True)
    chat = {"chat_id": estate.staff.id}
    assert estate.bot("getChatMemberCount", **chat) == 3
    administrators = [one["user"]["first_name"] for one in estate.bot("getChatAdministrators", **chat)]
    assert administrators == ["Bob", "Steward"]
    estate.staff.remove(estate.ada)
    assert estate.bot("getChatMember", **chat, user_id=estate.ada.id)["status"] == "left"
    with pytest.raises(SandboxError, match="is not in the group"):
        estate.ada.say("x", chat=estate.staff)
