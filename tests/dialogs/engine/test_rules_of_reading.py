"""The rules of the engine (DESIGN §3), one by one: 1 to 5, how a script is read over its answers."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest

from dialogs.engine.answers import Answers
from dialogs.engine.errors import AskedTwice, WentOn
from dialogs.engine.heard import Tapped
from dialogs.engine.play import Cancelled, Finished, play
from dialogs.engine.screen import BACK, CANCEL, CHANGE, SEND, STAY
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from tests.dialogs.engine.toys import NOW, Chat, World, filled, fruit, repairing

# ── 1: names are the key ─────────────────────────────────────────────────────────────────────────


def test_rule_1_an_answer_is_kept_under_the_name_of_its_question():
    chat = repairing().say("It drips").tap("~done", "water")
    assert chat.answers.given == {"problem": {"words": ["It drips"], "media": []}, "category": "water"}


def test_rule_1_names_are_the_key_so_questions_may_change_places():
    def forwards(talk: Talk) -> tuple[str, str]:
        return talk.choose("a", "A?", fruit("x", "y")), talk.choose("b", "B?", fruit("x", "y"))

    def backwards(talk: Talk) -> tuple[str, str]:
        b = talk.choose("b", "B?", fruit("x", "y"))
        return talk.choose("a", "A?", fruit("x", "y")), b

    chat = Chat(forwards).tap("x")
    chat.script = backwards
    assert chat.hear().question == "b"
    assert chat.tap("y").result == ("x", "y")


def test_rule_1_options_are_known_by_their_keys_not_by_their_positions():
    world = World(slots=["monday", "tuesday", "friday"])
    chat = filled(world)
    world.slots = ["friday", "monday"]
    assert chat.hear().tap(SEND).result.slot == "monday"


def test_rule_1_ticked_options_too_are_known_by_their_keys():
    world = World()
    chat = (
        repairing(world).say("It drips").tap("~done", "water", "leak", "+kitchen", "+hall", "~done", "monday")
    )
    world.rooms.reverse()
    assert chat.hear().tap(SEND).result.rooms == ("hall", "kitchen")


def test_rule_1_an_option_may_stand_for_any_value_even_none():
    def script(talk: Talk) -> tuple[None, int]:
        nothing = talk.choose("none", "None?", [Option("no", "No", None)])
        return nothing, talk.choose("number", "Number?", [Option("seven", "Seven", 7)])

    assert Chat(script).tap("no", "seven").result == (None, 7)


def test_rule_1_a_question_asked_twice_is_a_mistake_of_the_script():
    def script(talk: Talk) -> None:
        talk.choose("a", "A?", fruit("x"))
        talk.choose("a", "A again?", fruit("x"))

    assert isinstance(Chat(script).tap("x").error, AskedTwice)


# ── 2: an open question leaves the script ────────────────────────────────────────────────────────


def test_rule_2_an_open_question_leaves_even_through_except_exception():
    def script(talk: Talk) -> str:
        try:
            return talk.choose("a", "A?", fruit("x"))
        except Exception:  # what a careless script might do
            return "swallowed"

    chat = Chat(script)
    assert chat.question == "a"
    assert chat.tap("x").result == "x"


def test_rule_2_a_context_manager_of_a_script_sees_the_leaving_and_cannot_stop_it():
    left: list[str] = []

    @contextmanager
    def noting() -> Iterator[None]:
        try:
            yield
        finally:
            left.append("left")

    def script(talk: Talk) -> str:
        with noting(), suppress(Exception):
            return talk.choose("a", "A?", fruit("x"))
        return "swallowed"

    assert Chat(script).question == "a"
    assert left == ["left"]


def test_rule_2_a_script_that_swallows_everything_and_ends_is_broken():
    def script(talk: Talk) -> str:
        try:
            return talk.choose("a", "A?", fruit("x"))
        except BaseException:  # the worst that a script might do
            return "swallowed"

    assert isinstance(Chat(script).error, WentOn)


def test_rule_2_a_script_that_swallows_everything_and_asks_on_is_broken():
    def script(talk: Talk) -> str:
        with suppress(BaseException):
            talk.choose("a", "A?", fruit("x"))
        return talk.choose("b", "B?", fruit("x"))

    error = Chat(script).error
    assert isinstance(error, WentOn)
    assert str(error) == "A script went on past a question that has no answer yet. b"


def test_rule_2_a_script_that_swallows_even_the_complaint_is_broken():
    def script(talk: Talk) -> None:
        for name in "ab":
            with suppress(BaseException):
                talk.choose(name, "?", fruit("x"))

    assert isinstance(Chat(script).error, WentOn)


def test_rule_2_a_script_that_leaves_without_a_question_is_broken():
    from dialogs.engine.talk import Unanswered

    def script(talk: Talk) -> None:
        raise Unanswered

    assert isinstance(Chat(script).error, WentOn)


def test_rule_2_what_ends_the_process_is_let_through():
    def script(talk: Talk) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Chat(script)


def test_rule_2_now_stands_still_for_a_whole_turn():
    seen = []

    def script(talk: Talk) -> None:
        seen.append(talk.now)
        talk.choose("a", "A?", fruit("x"))
        seen.append(talk.now)

    play(script, Talk(Answers(), NOW), Tapped("a", "x"))
    assert set(seen) == {NOW}
    play(script, Talk(Answers(), NOW + timedelta(hours=1)))
    assert set(seen) == {NOW, NOW + timedelta(hours=1)}


def test_rule_2_a_script_knows_what_it_is_about():
    def script(talk: Talk) -> object:
        return talk.subject["request"]

    turn = play(script, Talk(Answers(), NOW, subject={"request": 17}))
    assert turn == Finished(17, Answers())


# ── 3: the world is re-read ──────────────────────────────────────────────────────────────────────


def test_rule_3_an_answer_whose_option_is_gone_is_asked_again_and_later_answers_stay():
    world = World()
    chat = filled(world)
    world.categories.remove("water")
    assert chat.hear().question == "category"
    assert chat.keys == ["power", BACK, CANCEL]
    chat.tap("power")
    # The symptom hangs on the category; room and slot do not, and were not asked again.
    assert chat.question == "symptom/power"
    assert chat.tap("dead").question == "review"
    assert chat.tap(SEND).result.slot == "monday"


def test_rule_3_who_is_asked_again_is_told_why():
    world = World()
    chat = filled(world)
    world.slots.remove("monday")
    chat.tap(SEND)  # taken while the person read the review
    assert (chat.question, chat.notice) == ("slot", "That is no longer on offer. Please choose again.")
    assert chat.tap("tuesday").notice == ""


def test_rule_3_the_reason_of_the_desk_goes_before_ours():
    from locales.text import verbatim

    world = World()
    chat = filled(world)
    world.slots.remove("monday")
    assert chat.hear(notice=verbatim("Wei is ill on Monday.")).notice == "Wei is ill on Monday."


def test_rule_3_an_option_that_comes_back_is_an_answer_again():
    world = World()
    chat = filled(world)
    world.slots = ["tuesday"]
    assert chat.hear().question == "slot"
    world.slots = ["monday", "tuesday"]
    assert chat.hear().question == "review"


def test_rule_3_a_ticked_option_that_is_gone_is_asked_again_with_the_others_still_ticked():
    world = World()
    chat = (
        repairing(world).say("It drips").tap("~done", "water", "leak", "+kitchen", "+bath", "~done", "monday")
    )
    world.rooms.remove("kitchen")
    assert chat.hear().question == "rooms"
    assert chat.labels == ["✓ Bath", "Hall", "✅ Done", "⬅️ Back", "✖️ Cancel"]
    assert chat.tap("~done").question == "review"
    assert chat.tap(SEND).result.rooms == ("bath",)


def test_rule_3_with_the_parent_in_its_name_a_question_belongs_to_that_parent():
    chat = filled().tap("~change", "=category", "power")
    assert chat.question == "symptom/power"
    chat.tap("noise").tap("~change", "=category", "water")
    # Both symptoms were kept, each under its category.
    assert chat.question == "review"
    assert chat.tap(SEND).result.symptom == "leak"


# ── 4: back and change ───────────────────────────────────────────────────────────────────────────


def test_rule_4_back_drops_the_last_answer_only():
    chat = filled().tap(BACK)
    assert chat.question == "slot"
    assert "slot" not in chat.answers.given
    assert set(chat.answers.given) == {"problem", "category", "symptom/water", "rooms"}
    assert chat.tap(BACK).question == "rooms"


def test_rule_4_back_is_not_offered_where_nothing_was_answered():
    assert repairing().keys == [CANCEL]


def test_rule_4_a_forged_back_at_the_first_question_changes_nothing():
    chat = repairing()
    before = chat.answers
    assert (chat.tap(BACK).question, chat.answers) == ("problem", before)


def test_rule_4_change_drops_the_named_answer_only():
    chat = filled().tap("~change", "=category")
    assert chat.question == "category"
    assert set(chat.answers.given) == {"problem", "symptom/water", "rooms", "slot"}
    assert chat.tap("water").question == "review"


def test_rule_4_a_dropped_choice_is_offered_again():
    chat = filled().tap(BACK)
    assert chat.labels == ["✓ Monday", "Tuesday", "⬅️ Back", "✖️ Cancel"]


def test_rule_4_dropped_ticks_are_offered_again():
    chat = filled().tap("~change", "=rooms")
    assert chat.labels[:3] == ["✓ Kitchen", "Bath", "Hall"]
    assert chat.tap("~done", SEND).result.rooms == ("kitchen",)


def test_rule_4_dropped_words_and_pictures_are_offered_again():
    chat = filled().tap("~change", "=problem")
    assert "The tap drips" in chat.text
    assert chat.say("since Monday").tap("~done", SEND).result.problem.words == "The tap drips\nsince Monday"


def test_rule_4_a_line_stands_for_the_questions_below_its_name_too():
    def script(talk: Talk) -> str:
        kind = talk.choose("kind", "Kind?", fruit("water", "else"))
        if kind == "else":
            kind = talk.choose("kind/more", "What else?", fruit("garden", "pets"))
        queue = talk.choose(f"visit/{kind}", "When?", fruit("monday", "tuesday"))
        talk.review(
            "review",
            "Send?",
            [Line("Home", "12", "home"), Line("Kind", kind, "kind"), Line("Visit", queue, "visit")],
        )
        return kind

    chat = Chat(script).tap("else", "garden", "monday", CHANGE)
    # Nobody was asked for the home, so nobody can be asked again.
    assert chat.keys == ["=kind", "=visit", STAY]
    assert chat.tap("=visit").question == "visit/garden"
    assert chat.tap("tuesday", CHANGE, "=kind").question == "kind"
    assert chat.labels[:2] == ["Water", "✓ Else"]
    assert chat.tap("else").question == "kind/more"
    assert chat.tap("pets").question == "visit/pets"


def test_rule_4_what_was_never_answered_cannot_be_dropped():
    answers = Answers({"a": 1})
    assert answers.drop("b") == answers


# ── 5: a changed script ──────────────────────────────────────────────────────────────────────────


def test_rule_5_a_new_question_is_asked_and_a_removed_one_is_ignored():
    def old(talk: Talk) -> None:
        talk.choose("colour", "Colour?", fruit("red"))
        talk.choose("size", "Size?", fruit("small"))
        talk.review("review", "Send?", [])

    def new(talk: Talk) -> tuple[str, str]:
        shape = talk.choose("shape", "Shape?", fruit("round"))
        size = talk.choose("size", "Size?", fruit("small"))
        talk.review("review", "Send?", [])
        return shape, size

    chat = Chat(old).tap("red", "small")
    chat.script = new
    assert chat.hear().question == "shape"
    assert chat.tap("round", SEND).result == ("round", "small")


def test_rule_5_a_tap_on_a_removed_question_asks_what_is_open_now():
    def old(talk: Talk) -> None:
        talk.choose("colour", "Colour?", fruit("red"))

    chat = Chat(old)
    chat.script = lambda talk: talk.choose("shape", "Shape?", fruit("round"))
    assert chat.tap("red", on="colour").question == "shape"


def test_rule_5_when_the_new_script_asks_nothing_more_a_cancel_still_cancels():
    def old(talk: Talk) -> None:
        talk.choose("colour", "Colour?", fruit("red"))

    chat = Chat(old)
    chat.script = lambda talk: "sent"
    assert chat.tap(CANCEL, on="colour").turn == Cancelled()
