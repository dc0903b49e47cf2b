"""Telegram's limits, in Telegram's words."""

import pytest


def keyboard(**button):
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    "params,complaint",
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "<b>x", "parse_mode": "html"}, "Bad Request: can't parse entities: Can't find end tag"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "Bad Request: the sandbox does not parse Markdown"),
        ({"text": "x", "parse_mode": "bbcode"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "reply_markup": keyboard(callback_data="")}, "Bad Request: BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": keyboard(callback_data="家" * 22)},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        ({"text": "x", "reply_markup": keyboard()}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "reply_markup": keyboard(url="javascript:x")}, "Unsupported URL protocol"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        ({"text": "x", "message_thread_id": 1}, "Bad Request: message thread not found"),
        (
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        ({"text": "x", "chat_id": 555}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
    ],
)
def test_a_message_beyond_a_limit_is_refused(opened, refused, params, complaint):
    with pytest.raises(refused, match=complaint.replace("(", r"\(")) as caught:
        opened.bot("sendMessage", **{"chat_id": opened.ada.id, **params})
    assert caught.value.code == 400


def test_lengths_are_counted_after_parsing(opened):
    text = f"<b>{'&lt;' * 4096}</b>"
    sent = opened.bot("sendMessage", chat_id=opened.ada.id, text=text, parse_mode="HTML")
    assert sent["text"] == "<" * 4096
    data = keyboard(callback_data="x" * 64)
    assert (
        opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup=data)["reply_markup"] == data
    )


def test_a_caption_holds_1024_characters(opened, refused):
    photo = {"photo": b"picture"}
    opened.bot.upload("sendPhoto", photo, chat_id=opened.ada.id, caption="x" * 1024)
    with pytest.raises(refused, match="Bad Request: message caption is too long"):
        opened.bot.upload("sendPhoto", photo, chat_id=opened.ada.id, caption="x" * 1025)


def test_who_cannot_be_written_to(estate, refused):
    say = {"chat_id": estate.ada.id, "text": "x"}
    with pytest.raises(refused, match="Bad Request: chat not found"):
        estate.bot("sendMessage", **say)
    estate.join()
    with pytest.raises(refused, match="Forbidden: bot can't initiate conversation with a user"):
        estate.bot("sendMessage", **say)
    estate.ada.open(estate.steward)
    estate.ada.block(estate.steward)
    with pytest.raises(refused, match="Forbidden: bot was blocked by the user") as caught:
        estate.bot("sendMessage", **say)
    assert caught.value.code == 403
    estate.ada.open(estate.steward)
    estate.bot("sendMessage", **say)
    statuses = [
        u["my_chat_member"]["new_chat_member"]["status"]
        for u in estate.bot.updates()
        if "my_chat_member" in u
    ]
    assert statuses == ["kicked", "member"]


def test_an_unknown_token_and_an_unknown_method(opened, bot_side, refused):
    with pytest.raises(refused, match="Unauthorized") as caught:
        bot_side(opened.sandbox.base, "1:x")("getMe")
    assert caught.value.code == 401
    with pytest.raises(refused, match="Not Found"):
        opened.bot("sendNothing")
    with pytest.raises(refused, match="the sandbox does not do sendPoll"):
        opened.bot("sendPoll")


def test_bodies_may_be_forms(opened):
    body = f"chat_id={opened.ada.id}&text=a%2Bb&reply_markup=%7B%22remove_keyboard%22%3Atrue%7D".encode()
    sent = opened.bot.send("sendMessage", body, {"Content-Type": "application/x-www-form-urlencoded"})
    assert sent["text"] == "a+b"


def test_commands_are_kept_by_scope_and_language(opened, refused):
    commands = [{"command": "help", "description": "Help"}]
    opened.bot("setMyCommands", commands=commands)
    opened.bot("setMyCommands", commands=[{"command": "aide", "description": "Aide"}], language_code="fr")
    assert opened.bot("getMyCommands") == commands
    assert opened.bot("getMyCommands", scope={"type": "all_private_chats"}) == []
    assert opened.ada.view()["commands"] == commands
    opened.sandbox.person("Ada", id=opened.ada.id, language_code="fr-CA")
    assert [each["command"] for each in opened.ada.view()["commands"]] == ["aide"]
    opened.sandbox.person("Ada", id=opened.ada.id, language_code="en")
    opened.bot("deleteMyCommands")
    assert opened.ada.view()["commands"] == []
    with pytest.raises(refused, match="BOT_COMMAND_INVALID"):
        opened.bot("setMyCommands", commands=[{"command": "Help!", "description": "x"}])


def test_a_bot_describes_itself(opened):
    opened.bot("setMyName", name="Butler")
    opened.bot("setMyShortDescription", short_description="Serves", language_code="en")
    assert opened.bot("getMyName") == {"name": "Butler"}
    assert opened.bot("getMyShortDescription", language_code="en") == {"short_description": "Serves"}
    opened.bot("setChatMenuButton", menu_button={"type": "commands"})
    assert opened.bot("getChatMenuButton") == {"type": "commands"}
    assert opened.bot("getMe")["can_read_all_group_messages"] is False
