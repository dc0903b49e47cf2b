"""A small estate in a sandbox of its own, and its bot as plain HTTP: no library is between test and page."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TOKEN = "7001:secret"
BOT = 7001


class Estate:
    """A resident, a worker, a staff group with one topic, and a bot that has written to nobody yet.

    Whoever else was in that sandbox is gone.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.control("reset")
        self.control("bots", token=TOKEN, username="steward_bot", name="Steward")
        self.resident = self.person(first_name="王芳", language_code="zh-hans", role="resident")
        self.worker = self.person(first_name="Li", last_name="Wei", language_code="en", role="worker")
        self.staff = int(
            self.control("groups", title="Staff", forum=True, members=[self.worker], owner=self.worker)["id"]
        )
        rights = {"can_manage_topics": True}
        self.control(f"groups/{self.staff}/members", user=BOT, status="administrator", rights=rights)
        topic = self.bot("createForumTopic", chat_id=self.staff, name="Plumbing")
        self.plumbing = int(topic["message_thread_id"])
        self._offset = 0
        self.updates()  # of joining the group: no test is about that

    def person(self, **fields: str) -> int:
        """Somebody new; the answer is their id."""
        return int(self.control("people", **fields)["id"])

    def opened_by(self, person: int) -> None:
        """The person tapped Start, so that the bot may write."""
        self.control("open", **{"from": person}, bot="steward_bot")
        self.updates()

    def control(self, call: str, **body: Any) -> dict[str, Any]:
        """A control call."""
        return dict(_post(f"{self.url}/sandbox/{call}", body))

    def bot(self, method: str, **body: Any) -> Any:
        """A call of the Bot API."""
        return _post(f"{self.url}/bot{TOKEN}/{method}", body)["result"]

    def write(self, chat: int, text: str, *buttons: dict[str, Any], **more: Any) -> int:
        """The bot sends words, with buttons one below the other; the answer is the message's id."""
        markup = {"inline_keyboard": [[button] for button in buttons]}
        sent = self.bot("sendMessage", chat_id=chat, text=text, reply_markup=markup, **more)
        return int(sent["message_id"])

    def updates(self, wait: int = 0) -> list[dict[str, Any]]:
        """What the bot has not heard yet."""
        news: list[dict[str, Any]] = self.bot("getUpdates", offset=self._offset, timeout=wait)
        self._offset = max((update["update_id"] + 1 for update in news), default=self._offset)
        return news


def _post(url: str, body: dict[str, Any]) -> dict[str, Any]:
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=20) as response:
            return dict(json.load(response))
    except HTTPError as error:
        with error:
            raise AssertionError(f"{url}: {error.read().decode()}") from None
