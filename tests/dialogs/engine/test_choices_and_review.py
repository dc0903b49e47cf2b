"""Ticking several options, and reading an order back before it is sent."""

from dialogs.engine.heard import Located
from dialogs.engine.play import Cancelled
from dialogs.engine.screen import BACK, CANCEL, CHANGE, DONE, SEND, STAY
from dialogs.questions.reviewing import Line
from dialogs.talk import Talk
from locales.text import Joined, Lines, Value, _, verbatim
from tests.dialogs.engine.toys import Chat, World, filled, fruit, photo, repairing

# ── tick ─────────────────────────────────────────────────────────────────────────────────────────


def ticking(*keys: str) -> Chat:
    """A chat that asks for nothing but ticks."""
    return Chat(lambda talk: talk.tick("rooms", _("Which rooms?"), fruit(*keys)))


def test_ticks_are_turned_on_and_off_until_done():
    chat = ticking("kitchen", "bath", "hall")
    assert chat.labels == ["Kitchen", "Bath", "Hall", "⏭ Skip", "✖️ Cancel"]
    chat.tap("+bath", "+kitchen")
    assert chat.labels == ["✓ Kitchen", "✓ Bath", "Hall", "✅ Done", "✖️ Cancel"]
    chat.tap("-bath", "+hall")
    assert chat.tap(DONE).result == ("kitchen", "hall")


def test_ticks_come_in_the_order_offered():
    assert ticking("a", "b", "c").tap("+c", "+a", DONE).result == ("a", "c")


def test_nothing_need_be_ticked():
    assert ticking("a", "b").tap(DONE).result == ()


def test_a_forged_tick_ticks_nothing():
    chat = ticking("a")
    for key in ("+b", "a", "", "+", "-"):
        assert chat.tap(key).notice == "Please tap one of the buttons below."
    assert chat.tap(DONE).result == ()


def test_words_tick_nothing():
    assert ticking("a").say("a").notice == "Please tap one of the buttons below."


def test_a_place_chooses_nothing():
    chat = repairing().say("It drips").tap(DONE).hear(Located(1.0, 2.0))
    assert chat.notice == "Please tap one of the buttons below."


def test_a_tick_whose_option_goes_away_meanwhile_is_not_counted():
    world = World()
    chat = repairing(world).say("It drips").tap(DONE, "water", "leak", "+kitchen", "+bath")
    world.rooms.remove("kitchen")
    assert chat.tap(DONE).answers.given["rooms"] == ["bath"]


# ── review ───────────────────────────────────────────────────────────────────────────────────────


def test_a_review_reads_the_order_back():
    assert filled().text == (
        "Shall we send this?\n\nProblem: The tap drips\nAttached: 0\nCategory: water · leak\nRooms: kitchen\n"
        "Visit: monday\nPromise: 24 hours"
    )


def test_a_review_offers_to_send_to_change_to_go_back_and_to_cancel():
    assert [[choice.key for choice in row] for row in filled().screen.rows] == [
        [SEND],
        [CHANGE, BACK, CANCEL],
    ]


def test_send_goes_on():
    result = filled().tap(SEND).result
    assert (result.problem.words, result.category, result.symptom) == ("The tap drips", "water", "leak")
    assert (result.rooms, result.slot) == (("kitchen",), "monday")


def test_change_shows_the_lines_that_can_be_changed():
    chat = filled().tap(CHANGE)
    assert chat.labels == ["Problem", "Category", "Rooms", "Visit", "⬅️ Back"]
    assert chat.text.startswith("Shall we send this?")
    assert chat.text.endswith("Which line would you like to change?")


def test_stay_turns_back_to_the_order():
    chat = filled()
    order = chat.screen
    assert chat.tap(CHANGE, STAY).screen == order


def test_the_lines_stay_on_the_screen_until_one_is_chosen():
    assert filled().tap(CHANGE).say("the visit please").keys[-1] == STAY


def test_a_changed_line_comes_back_to_the_review():
    chat = filled().tap(CHANGE, "=slot", "tuesday")
    assert "Visit: tuesday" in chat.text
    assert chat.tap(SEND).result.slot == "tuesday"


def test_a_line_without_a_question_cannot_be_changed():
    chat = filled()
    before = chat.answers
    assert chat.tap("=None").notice == "Please tap one of the buttons below."
    assert chat.tap("=nonsense").answers == before


def test_back_and_cancel_work_at_a_review():
    assert filled().tap(BACK).question == "slot"
    assert filled().tap(CANCEL).turn == Cancelled()


def test_a_review_that_comes_first_offers_no_back():
    chat = Chat(lambda talk: talk.review("r", "Send?", [Line("Room", "12")]))
    assert chat.keys == [SEND, CANCEL]


def test_words_do_not_send():
    chat = filled().say("yes")
    assert (chat.question, chat.notice) == ("review", "Please tap one of the buttons below.")


def test_questions_may_follow_a_review():
    def script(talk: Talk) -> str:
        talk.review("review", "Send?", [Line("Room", "12")])
        return talk.choose("rating", "How was it?", fruit("good", "bad"))

    chat = Chat(script).tap(SEND)
    assert chat.question == "rating"
    assert chat.tap(BACK).question == "review"
    assert chat.tap(SEND, "good").result == "good"


def test_a_review_cuts_long_values_wherever_they_stand_and_keeps_them_in_full():
    long = "w" * 5000

    def script(talk: Talk) -> str:
        parts: list[Value] = [
            verbatim(long),
            Joined((long, 7)),
            Lines((long, verbatim(long))),
            _("{a} and {b}", a=long, b=7),
        ]
        talk.review("review", verbatim(long), [Line("Line", part) for part in parts])
        return long

    chat = Chat(script)
    assert len(chat.text) < 4096
    assert "… · 7\n" in chat.text
    assert chat.text.endswith("… and 7")
    assert chat.tap(CHANGE).text.startswith("www")
    assert chat.tap(SEND).result == long


def test_a_long_description_fits_into_the_review():
    chat = repairing().say("w" * 4000).hear(photo("p1", caption="c" * 1024))
    chat.tap(DONE, "water", "leak", DONE, "monday")
    assert len(chat.text) < 4096
