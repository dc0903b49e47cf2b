"""Between somebody's first words and Send: time passes, words are edited, homes and rights change."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.said import Said
from bot.turns import handle
from desk.records import Role
from dialogs.engine.heard import Edited, Words
from tests.bot.counter import DAY, HOUR, ME, Counter, Guest
from tests.bot.test_first_words import everything, filed


@pytest.fixture
def lin(counter: Counter) -> Guest:
    everything(counter)
    return counter.resident()


def says_first(lin: Guest, words: str) -> None:
    """A message with a number, by which an edit names it."""
    said = Said(update_id=1001, speaker=lin.speaker, chat=lin.chat, act=Words(words), message_id=7)
    lin.counter.write(lambda work: handle(work, ME, said, lin.counter.now))
    lin.counter.deliver()


def test_a_visit_whose_time_has_passed_is_asked_anew_before_it_is_sent(counter: Counter, lin: Guest):
    lin.says("朋友明天下午来访 车牌粤B12345")
    send = lin.button("Send")
    counter.now += 3 * DAY
    lin.sends(send)
    assert "When do they come?" in lin.last().text
    assert not counter.read(lambda work: work.visitors.of_host(lin.id))


def test_a_visit_at_an_hour_that_is_long_past_is_asked_anew(counter: Counter, lin: Guest):
    lin.says("my friend comes today at 11 am")
    assert "From: Mon, Mar 2 11:00" in lin.last().text
    counter.now += 2 * HOUR
    lin.taps("Send")
    assert "When do they come?" in lin.last().text


def test_words_are_read_by_the_clocks_of_the_home_that_they_name(counter: Counter, lin: Guest):
    berlin, home, _queues = counter.build("Lindenhof", ("en",))
    counter.write(lambda work: work.estates.save(replace(berlin, time_zone="Europe/Berlin")))
    counter.move_in(lin, home)
    counter.write(lambda work: work.estates.save_home(replace(home, code="B-7")))
    lin.says("my friend visits B-7 tomorrow at 3 pm")
    assert "Home: B-7" in lin.last().text
    lin.taps("Send")
    (visitor,) = counter.read(lambda work: work.visitors.of_host(lin.id))
    assert visitor.start == datetime(2026, 3, 3, 14, tzinfo=UTC)


def test_a_number_that_is_also_a_homes_names_none(counter: Counter, lin: Guest):
    third = counter.write(lambda work: work.estates.save_home(replace(counter.home, id=0, code="3")))
    counter.move_in(lin, third)
    lin.says("my friend comes tomorrow at 3 pm, 3 people")
    assert "Which home is it about?" in lin.last().text


def test_who_moved_out_before_sending_is_told_so(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking")
    (living,) = counter.read(lambda work: work.people.occupancies(lin.id, counter.now))
    counter.write(lambda work: work.people.occupy(replace(living, until=counter.now)))
    lin.taps("Send")
    assert "You have no right to do this" in lin.last().text
    assert filed(counter, lin) == 0


def test_a_number_of_somebody_else_is_not_answered_by_another_request(counter: Counter, lin: Guest):
    wang = counter.resident("Wang")
    wang.says("No electricity in my flat")
    wang.taps("Send")
    lin.files()
    lin.says("any news about R-1?")
    assert "Your requests" in lin.last().text
    assert "No electricity" not in lin.last().text


def test_an_edit_of_the_first_words_changes_the_time_that_they_name(lin: Guest):
    says_first(lin, "The kitchen tap is leaking")
    assert "As soon as possible" in lin.last().text
    lin.does(Edited("The kitchen tap is leaking, I am at home tomorrow after 3 pm", message=7))
    assert "Changed, as you edited it" in lin.last().text
    assert "Tue, Mar 3 16:00–18:00" in lin.last().text


def test_an_edit_of_the_first_words_changes_a_visit(lin: Guest):
    says_first(lin, "my friend comes tomorrow at 3 pm")
    lin.does(Edited("my friend comes tomorrow at 5 pm", message=7))
    assert "From: Tue, Mar 3 17:00" in lin.last().text
    assert "Changed, as you edited it" in lin.last().text


def test_an_edit_of_anything_else_changes_nothing(lin: Guest):
    says_first(lin, "my friend comes tomorrow at 3 pm")
    lin.does(Edited("my friend comes tomorrow at 5 pm", message=6))
    assert "From: Tue, Mar 3 15:00" in lin.last().text
    assert "I keep what you wrote first" in lin.last().text


def test_a_complaint_that_names_nobody_apart_says_so(lin: Guest):
    lin.says("Your worker was rude and shouted at me")
    assert "Against: —" in lin.last().text


@pytest.mark.parametrize("named", ["Boss", "M-1"])
def test_a_leader_who_is_named_in_the_first_words_never_sees_them(counter: Counter, named: str):
    everything(counter)
    boss = counter.staff("Boss", Role.MANAGER, badge="M-1")
    owner, lin = counter.staff("Ada", Role.OWNER), counter.resident()
    lin.says(f"Complaint: your manager {named} was rude and shouted at me")
    assert f"Against: {named}" in lin.last().text
    lin.taps("Send")
    assert not boss.posts()
    assert "was rude" in owner.last().text


def test_of_several_who_are_named_it_is_asked_whom_it_is_about(counter: Counter, lin: Guest):
    boss = counter.staff("Boss", Role.MANAGER)
    counter.staff("Ada", Role.OWNER)
    lin.says("Complaint: I told Ada that your manager Boss was rude and shouted at me")
    assert "Whom is it about?" in lin.last().text
    lin.says("boss")
    lin.taps("Send")
    assert not boss.posts()


def test_the_first_words_are_in_nobodys_log(counter: Counter, lin: Guest, capsys: pytest.CaptureFixture[str]):
    counter.bind()
    lin.says("SECRET: the kitchen tap is leaking, call +86 138 0013 8000")
    lin.taps("Send")
    lin.says("SECRET comes tomorrow at 3 pm, my friend, 车牌粤B12345")
    lin.taps("Send")
    lin.says("SECRET: your worker was rude and shouted at me, call +86 138 0013 8000")
    lin.says("/cancel", "any news about SECRET R-1?", "that SECRET thing once more")
    logged = capsys.readouterr()
    assert "request.filed" in logged.out
    assert not [said for said in ("SECRET", "8000", "B12345") if said in logged.out + logged.err]


def test_the_first_words_are_in_what_is_exported(counter: Counter, lin: Guest):
    lin.says("SECRET: the kitchen tap is leaking", "/export")
    (export,) = [post.file for post in lin.posts() if post.file]
    conversations = json.loads(export.content)["conversations"]
    assert "SECRET" in conversations[0]["subject"]["said"]


def test_nothing_of_the_first_words_is_left_of_who_is_forgotten(counter: Counter, lin: Guest):
    lin.says("The kitchen tap is leaking, SECRET")
    run = counter.read(lambda work: work.runs.open(lin.id))
    assert run is not None
    assert "SECRET" in str(run.subject)
    lin.says("/forget")
    lin.taps("Forget me")
    while "Send" in str(lin.last().labels) or "Forget" in str(lin.last().labels):
        lin.picks("~send")
    assert counter.read(lambda work: work.runs.get(run.id)) is None
