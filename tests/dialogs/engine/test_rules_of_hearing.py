"""The rules of the engine, continued: 7, buttons and typed labels; 10, trouble. Rule 8 has a file of its own.

Rules 6, 9 and 11 are kept by the reception and the timers, and tested there.
"""

from dataclasses import replace

import pytest

from dialogs.engine.answers import Answers
from dialogs.engine.errors import BadButton
from dialogs.engine.heard import Words
from dialogs.engine.play import TROUBLE, Asked, Broken, Cancelled, Finished, play
from dialogs.engine.runs import Run, RunState
from dialogs.engine.screen import AGAIN, BACK, CANCEL, CHANGE, LONGEST, SEND, Choice, Screen
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from locales.text import Titles
from tests.dialogs.engine.toys import NOW, Chat, World, filled, fruit, repairing

# ── 7: buttons ───────────────────────────────────────────────────────────────────────────────────


def test_rule_7_a_stale_button_says_so_and_redraws_the_present_question():
    chat = filled()
    before = chat.answers
    chat.tap("power", on="category")
    assert chat.notice == "That button belongs to an earlier step. This is where we are:"
    assert (chat.question, chat.answers) == ("review", before)


@pytest.mark.parametrize("key", [BACK, CANCEL, "~done", "~again", "~send", "water", ""])
def test_rule_7_no_stale_button_is_guessed_at(key):
    chat = filled()
    before = chat.answers
    chat.tap(key, on="category")
    assert (chat.question, chat.answers) == ("review", before)


def test_rule_7_a_forged_key_of_the_present_question_chooses_nothing():
    chat = repairing().say("It drips").tap("~done")
    assert chat.tap("fire").notice == "Please tap one of the buttons below."
    assert chat.question == "category"


def test_rule_7_two_taps_on_an_option_count_once():
    chat = repairing().say("It drips").tap("~done", "water")
    once = chat.answers
    assert chat.tap("water", on="category").answers == once


def test_rule_7_two_taps_on_back_go_back_once():
    chat = filled().tap(BACK, on="review").tap(BACK, on="review")
    assert chat.question == "slot"


def test_rule_7_two_taps_on_a_tick_count_once():
    chat = repairing().say("It drips").tap("~done", "water", "leak")
    assert chat.tap("+kitchen", "+kitchen").labels[0] == "✓ Kitchen"
    assert chat.tap("-kitchen", "-kitchen").labels[0] == "Kitchen"


def test_rule_7_two_taps_on_done_count_once():
    chat = repairing().say("It drips").tap("~done", on="problem").tap("~done", on="problem")
    assert chat.question == "category"


def test_rule_7_the_longest_button_fits_into_telegrams_64_bytes():
    question, key = "q" * 30, "k" * (LONGEST - 30)
    screen = Screen(question=question, text="?", rows=((Choice(key, "!"),),))
    assert len(f"runrunid:{screen.question}:{key}") == 64


@pytest.mark.parametrize(
    "question, key", [("q" * 30, "k" * (LONGEST - 29)), ("q", "水"), ("q", "a:b"), ("a:b", "k")]
)
def test_rule_7_a_button_that_telegram_would_refuse_or_we_could_not_read_is_a_mistake(question, key):
    with pytest.raises(BadButton):
        Screen(question=question, text="?", rows=((Choice(key, "!"),),))


def test_rule_7_a_bad_button_breaks_the_script_and_not_the_bot():
    assert isinstance(Chat(lambda talk: talk.choose("a", "A?", fruit("水"))).error, BadButton)


def test_rule_7_a_bad_button_on_the_other_side_of_a_review_breaks_the_script_and_not_the_bot():
    long = "q" * (LONGEST - len("~cancel"))

    def script(talk: Talk) -> None:
        room = talk.choose(long, "Room?", fruit("x"))
        talk.review("review/of/room", "Send?", [Line("Room", room, long)])

    assert isinstance(Chat(script).tap("x", CHANGE).error, BadButton)


# ── a label may be typed instead of tapped ───────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["Water", "water", "  WATER \n"])
def test_a_label_may_be_typed(typed):
    assert repairing().say("It drips").tap("~done").say(typed).answers.given["category"] == "water"


def test_a_label_may_be_typed_as_the_reader_sees_it():
    def script(talk: Talk) -> str:
        return talk.choose("a", "A?", [Option("w", Titles({"en": "Water", "zh_CN": "水"}), "w")])

    asked = Talk(
        Answers(), NOW, plain=lambda value: value.by_language["zh_CN"] if isinstance(value, Titles) else ""
    )
    assert isinstance(play(script, asked, Words("水")), Finished)
    assert isinstance(play(script, asked, Words("Water")), Asked)


def test_a_label_that_two_options_share_is_not_guessed():
    def script(talk: Talk) -> str:
        return talk.choose("a", "A?", [Option("1", "Door", "front"), Option("2", "Door", "back")])

    chat = Chat(script).say("door")
    assert chat.notice == "Please tap one of the buttons below."
    assert chat.tap("2").result == "back"


def test_labels_stand_in_columns():
    rows = repairing().say("It drips").tap("~done", "water").screen.rows
    assert [[choice.key for choice in row] for row in rows] == [["leak", "dead"], ["noise"], [BACK, CANCEL]]


# ── 10: an error keeps the answers ───────────────────────────────────────────────────────────────


def test_rule_10_a_broken_script_keeps_the_answers_and_offers_to_try_again():
    world = World()
    chat = filled(world)
    before = chat.answers
    world.trouble = LookupError("no slots")
    chat.hear()
    assert isinstance(chat.turn, Broken)
    assert chat.error is world.trouble
    assert chat.text == "Something went wrong on our side. Your answers are kept: please try again."
    assert chat.labels == ["🔁 Try again", "✖️ Cancel"]
    assert chat.answers == before


def test_rule_10_the_answer_that_broke_the_script_is_kept_too():
    world = World(trouble=LookupError())
    chat = repairing(world).say("It drips").tap("~done", "water", "leak", "~done")
    assert isinstance(chat.turn, Broken)
    assert chat.answers.given["rooms"] == []


def test_rule_10_trying_again_goes_on_where_it_broke():
    world = World()
    chat = filled(world)
    world.trouble = LookupError()
    assert isinstance(chat.hear().tap(AGAIN).turn, Broken)
    world.trouble = None
    assert chat.tap(AGAIN).question == "review"
    assert chat.notice == ""
    assert chat.tap(SEND).result.slot == "monday"


def test_rule_10_trying_again_may_end_a_script_that_has_all_its_answers():
    trouble = [LookupError()]

    def script(talk: Talk) -> str:
        got = talk.choose("a", "A?", fruit("x"))
        if trouble:
            raise trouble.pop()
        return got

    chat = Chat(script).tap("x")
    assert isinstance(chat.turn, Broken)
    assert chat.tap(AGAIN).result == "x"


def test_rule_10_while_it_is_broken_words_change_nothing():
    world = World(trouble=LookupError())
    chat = repairing(world).say("It drips").tap("~done", "water", "leak", "~done")
    before = chat.answers
    assert isinstance(chat.say("hello?").turn, Broken)
    assert chat.answers == before


@pytest.mark.parametrize("question", [TROUBLE, "slot"])
def test_rule_10_a_broken_conversation_can_be_cancelled(question):
    world = World(trouble=LookupError())
    chat = repairing(world).say("It drips").tap("~done", "water", "leak", "~done")
    assert chat.tap(CANCEL, on=question).turn == Cancelled()


def test_rule_10_cancel_on_the_screen_of_a_trouble_that_is_over_cancels():
    world = World(trouble=LookupError())
    chat = repairing(world).say("It drips").tap("~done", "water", "leak", "~done")
    world.trouble = None
    assert chat.tap(CANCEL).turn == Cancelled()


def test_rule_10_a_question_that_cannot_be_drawn_or_heard_breaks_the_script_and_not_the_bot():
    chat = repairing().say("It drips").tap("~done")

    def unreadable(value: object) -> str:
        raise TypeError("cannot be said")

    turn = play(chat.script, replace(Talk(chat.answers, NOW), plain=unreadable), Words("Water"))
    assert isinstance(turn, Broken)
    assert turn.answers == chat.answers


def test_rule_10_the_desk_reopens_one_question_and_the_order_is_read_back_again():
    chat = filled().tap(SEND)
    chat.answers = chat.answers.drop("slot").drop("review")
    assert chat.hear().question == "slot"
    assert chat.tap("tuesday").question == "review"
    assert chat.tap(SEND).result.slot == "tuesday"


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def test_answers_survive_json():
    chat = filled().tap(BACK)
    assert Answers.from_json(chat.answers.to_json()) == chat.answers


@pytest.mark.parametrize("kept", [{}, {"given": None}, {"given": [], "drafts": "?"}])
def test_answers_that_were_kept_badly_are_empty(kept):
    assert Answers.from_json(kept) == Answers()


def test_cancel_ends_the_conversation():
    assert filled().tap(CANCEL).turn == Cancelled()


def test_a_run_begins_open_and_without_answers():
    run = Run(id="k3yr4nd0", person_id=1, script="repair", started_at=NOW, touched_at=NOW)
    assert (run.state, run.answers, run.subject) == (RunState.OPEN, Answers(), {})
