"""The control API: worlds that can be repeated, a clock, events, the log of calls, and helpful refusals."""

import http.client
import json
import urllib.request
from urllib.parse import urlsplit

import pytest

from sandbox.client import Sandbox, SandboxError
from sandbox.clock import Clock
from sandbox.errors import Problem
from sandbox.running import running


def test_a_fresh_world_counts_the_same_way_every_time(estate):
    def play():
        bot = estate.sandbox.bot("42:secret", "steward_bot", "Steward")
        ada, bob = estate.sandbox.person("Ada"), estate.sandbox.person("Bob")
        group = estate.sandbox.group("Staff", members=[ada])
        said = [ada.open(bot), bob.open(bot), ada.say("x", chat=group)]
        return ada.id, bob.id, group.id, said, [one["update_id"] for one in estate.bot("getUpdates")]

    estate.sandbox.reset()
    first = play()
    estate.sandbox.reset()
    assert play() == first == (1001, 1002, -1001000000001, [1, 2, 1], [1, 2])


def test_the_clock_moves_forward_in_the_file_and_in_every_date(opened, clock_file):
    before = opened.ada.last().raw["date"]
    opened.sandbox.move_clock(3600)
    opened.ada.say("later")
    assert opened.ada.last().raw["date"] == before + 3600
    assert float(clock_file.read_text()) == 3600
    with pytest.raises(SandboxError, match="only moves forward"):
        opened.sandbox.move_clock(-1)


def test_the_clock_moves_to_a_time_of_day(hand):
    hand.at = 1_800_000_000.0  # 2027-01-15 16:00 in Shanghai
    clock = Clock(now=hand)
    assert clock.until("next 18:30", "Asia/Shanghai") == 2.5 * 3600
    assert clock.until("next 08:30", "Asia/Shanghai") == 16.5 * 3600
    for words, zone in (("tomorrow", "UTC"), ("next 25:00", "UTC"), ("next 08:30", "Atlantis")):
        with pytest.raises(Problem):
            clock.until(words, zone)


@pytest.mark.parametrize("content,ahead", [("", 0), ("soon", 0), ("12.5\n", 12.5), ("-3", 0)])
def test_a_spoilt_clock_file_is_no_obstacle(tmp_path, content, ahead):
    file = tmp_path / "clock"
    file.write_text(content)
    assert Clock(file).ahead == ahead


def test_events_can_be_read_on_from_where_the_reader_stopped(opened):
    number = opened.sandbox.world()["event"]
    opened.ada.say("hello <b>")
    connection = http.client.HTTPConnection(urlsplit(opened.sandbox.base).netloc, timeout=5)
    connection.request("GET", "/sandbox/events", headers={"Last-Event-ID": str(number)})
    response = connection.getresponse()
    lines = [response.readline().decode().strip() for _ in range(5)]
    connection.close()
    response.close()
    assert lines[:4] == [": hello", "", f"id: {number + 1}", "event: message"]
    data = json.loads(lines[4].removeprefix("data: "))
    assert (data["chat"], data["bot"], data["html"]) == (opened.ada.id, opened.steward.id, "hello &lt;b&gt;")


def test_calls_are_logged_without_the_token(opened):
    opened.bot("sendMessage", chat_id=opened.ada.id, text="x", reply_markup={"remove_keyboard": True})
    opened.bot.upload("sendPhoto", {"photo": b"1234"}, chat_id=opened.ada.id)
    first, second = opened.sandbox.calls()
    assert (first["n"], first["method"], first["ok"], first["status"]) == (1, "sendMessage", True, 200)
    assert first["params"]["reply_markup"] == {"remove_keyboard": True}
    assert second["params"]["photo"] == {"file": "photo.png", "size": 4}
    assert opened.sandbox.calls(after=1) == [second]
    assert "secret" not in json.dumps([first, second])


def test_settled_says_what_the_bot_has_not_confirmed(opened):
    opened.ada.say("hello")
    assert opened.sandbox.waiting(opened.steward) == 1
    with pytest.raises(TimeoutError):
        opened.sandbox.settled(timeout=0.05)
    opened.bot.updates()
    opened.sandbox.settled()


@pytest.mark.parametrize(
    "path,body,words",
    [
        ("say", {"from": 9, "bot": 42, "text": "x"}, "There is no person 9; there are"),
        (
            "say",
            {"from": 1001, "bot": "nobody", "text": "x"},
            "no bot nobody; there are @steward_bot",
        ),
        ("say", {"from": 1001, "text": "x"}, "Say where: `bot` for the private chat"),
        ("say", {"from": 1001, "bot": 42}, "`text` is missing"),
        ("say", {"from": 1001, "chat": -1, "text": "x"}, "There is no group -1"),
        ("say", {"from": 1001, "chat": -1001000000001, "thread": 9, "text": "x"}, "There is no topic 9"),
        ("open", {"from": 1001, "bot": 42, "start": "a b"}, "`start` holds up to 64"),
        ("bots", {"token": "nonsense", "username": "x"}, "`token` must look like Telegram's"),
        ("groups", {"title": "x", "kind": "group", "forum": True}, "only a supergroup can be a forum"),
        ("tap", {"from": 1001, "bot": 42, "message_id": 9, "label": "x"}, "There is no message 9"),
        ("edit", {"from": 1002, "chat": -1001000000001, "message_id": 1, "text": "x"}, "no message 1"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_in_words(opened, path, body, words):
    with pytest.raises(SandboxError, match=words):
        opened.sandbox.post(path, **body)


def test_faults_that_do_not_exist_are_refused(sandbox):
    with pytest.raises(SandboxError, match="`do` is one of 500, hang"):
        sandbox.faults({"do": "explode"})


def test_a_person_is_changed_under_the_same_id(sandbox):
    ada = sandbox.person("Ada", role="resident")
    sandbox.person("Ada", id=ada.id, last_name="Lovelace")
    (person,) = sandbox.world()["people"]
    assert (person["name"], person["role"]) == ("Ada Lovelace", "resident")


def test_the_page_is_served_and_nothing_beside_it(base):
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/page/none.js"):
        connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
        connection.request("GET", path)
        assert connection.getresponse().status == 404
        connection.close()
    with urllib.request.urlopen(f"{base}/") as response:
        assert response.headers["Content-Type"].startswith("text/html")


def test_two_sandboxes_run_side_by_side():
    with running() as one, running(floods=True) as two:
        Sandbox(one).person("Ada")
        assert Sandbox(two).world()["people"] == []
        assert Sandbox(two).world()["floods"] is True
