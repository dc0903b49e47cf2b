"""Rule 8: a description collects words, pictures and places until the person says that this is all."""

import pytest

from desk.records import Media
from dialogs.engine.heard import Contacted, Edited, Located, Pictured, Tapped, Unheard, Words
from dialogs.engine.screen import AGAIN, BACK, CANCEL, DONE, SEND, SKIP
from dialogs.questions.describing import (
    LARGEST,
    MOST_MEDIA,
    MOST_WORDS,
    SHOWN,
    Description,
    description,
    told,
)
from dialogs.talk import Talk
from locales.text import _
from tests.dialogs.engine.toys import Chat, filled, fruit, photo, readable, repairing


def describing(optional: bool = False) -> Chat:
    """A chat that asks for nothing else."""
    return Chat(lambda talk: talk.describe("what", _("What is wrong?"), optional))


# ── what it takes ────────────────────────────────────────────────────────────────────────────────


def test_rule_8_words_are_collected_line_by_line_until_done():
    chat = describing().say("It drips").say("since Monday")
    assert chat.text == "What is wrong?\n\nIt drips\nsince Monday\nSend more, or tap Done."
    assert chat.tap(DONE).result == Description("It drips\nsince Monday")


@pytest.mark.parametrize("kind", ["photo", "video", "voice", "document"])
def test_rule_8_every_kind_of_file_is_collected(kind):
    chat = describing().hear(Pictured(Media(kind=kind, file_id="f1")))
    assert "📎 1 file" in chat.text
    assert chat.tap(DONE).result == Description("", (Media(kind=kind, file_id="f1"),))


def test_rule_8_a_caption_belongs_to_the_words():
    chat = describing().hear(photo("p1", caption="Look at this")).say("It drips")
    assert chat.tap(DONE).result == Description("Look at this\nIt drips", (photo("p1").media,))


def test_rule_8_a_place_is_collected_as_words():
    assert describing().hear(Located(31.2304, 121.4737)).tap(DONE).result.words == "📍 31.230400, 121.473700"


def test_rule_8_an_album_is_one_answer_in_the_order_sent():
    chat = describing()
    for name in ("p1", "p2", "p3"):
        chat.hear(photo(name, album="a"))
    assert "📎 3 files" in chat.text
    assert [media.file_id for media in chat.tap(DONE).result.media] == ["p1", "p2", "p3"]


# ── only an album's redraw may wait ──────────────────────────────────────────────────────────────


def test_rule_8_only_the_redraw_of_an_album_is_patient():
    chat = describing()
    assert chat.screen.patient is False
    assert chat.hear(photo("p1", album="a")).screen.patient is True
    assert chat.hear(photo("p2")).screen.patient is False
    assert chat.say("It drips").screen.patient is False


def test_rule_8_every_piece_of_an_album_is_kept_at_once():
    chat = describing().hear(photo("p1", album="a"))
    assert description(chat.answers.drafts["what"]).media == (photo("p1").media,)


# ── done, clear, skip ────────────────────────────────────────────────────────────────────────────


def test_rule_8_before_anything_is_said_there_is_no_done():
    assert describing().keys == [CANCEL]
    assert describing(optional=True).keys == [SKIP, CANCEL]
    assert describing().say("It drips").keys == [DONE, AGAIN, CANCEL]


@pytest.mark.parametrize("optional", [False, True])
def test_rule_8_done_with_nothing_said_does_not_end_it(optional):
    chat = describing(optional).tap(DONE)
    assert chat.notice == "Please describe it in words or pictures."


def test_rule_8_clear_begins_anew():
    chat = describing().say("It drips").hear(photo("p1")).tap(AGAIN)
    assert (chat.text, chat.keys) == ("What is wrong?", [CANCEL])
    assert chat.say("The lamp").tap(DONE).result == Description("The lamp")


def test_rule_8_skip_leaves_it_empty():
    assert describing(optional=True).tap(SKIP).result == Description()


def test_rule_8_a_forged_skip_does_not_skip_what_is_needed():
    assert describing().tap(SKIP).notice == "Please describe it in words or pictures."


def test_rule_8_what_was_skipped_can_be_told_after_all():
    def script(talk: Talk) -> Description:
        told = talk.describe("what", "What?", optional=True)
        talk.choose("a", "A?", fruit("x"))
        return told

    chat = Chat(script).tap(SKIP, BACK)
    assert chat.keys == [SKIP, CANCEL]
    assert chat.say("It drips").tap(DONE, "x").result.words == "It drips"


# ── what it does not take ────────────────────────────────────────────────────────────────────────


def test_rule_8_a_sticker_is_declined_and_nothing_lost():
    chat = describing().say("It drips").hear(Unheard("sticker"))
    assert chat.notice == "I cannot use this here. Words, photos, videos and voice notes help."
    assert chat.tap(DONE).result.words == "It drips"


def test_rule_8_a_contact_is_declined():
    assert describing().hear(Contacted("+8613800000000", own=True)).notice.startswith("Please describe")


def test_rule_8_blank_words_are_no_description():
    chat = describing().say(" \n ")
    assert chat.notice == "Please describe it in words or pictures."
    assert chat.keys == [CANCEL]


def test_rule_8_a_file_too_large_to_fetch_is_declined():
    chat = describing().hear(photo("p1", size=LARGEST + 1))
    assert chat.notice.startswith("This file is larger than 20 MB.")
    assert chat.hear(photo("p2", size=LARGEST)).tap(DONE).result.media == (photo("p2").media,)


def test_rule_8_too_many_pictures_are_declined_and_the_first_kept():
    chat = describing()
    for number in range(MOST_MEDIA + 1):
        chat.hear(photo(f"p{number}"))
    assert chat.notice == "That is enough to begin with. All of it up to here is kept: please tap Done."
    assert len(chat.tap(DONE).result.media) == MOST_MEDIA


def test_rule_8_too_many_words_are_declined_and_the_first_kept():
    chat = describing().say("w" * MOST_WORDS).say("w")
    assert chat.notice == "That is enough to begin with. All of it up to here is kept: please tap Done."
    assert len(chat.tap(DONE).result.words) == MOST_WORDS


def test_rule_8_a_stale_button_redraws_with_all_that_is_noted():
    chat = describing().say("It drips").tap("x", on="earlier")
    assert "It drips" in chat.text


# ── pictures that come late ──────────────────────────────────────────────────────────────────────


def test_rule_8_a_picture_that_comes_after_done_joins_the_description():
    chat = repairing().say("It drips").hear(photo("p1", album="a")).tap(DONE)
    chat.hear(photo("p2", caption="the tap", album="a"))
    assert (chat.question, chat.notice) == ("category", "📎 Added to your description.")
    problem = chat.tap("water", "leak", DONE, "monday", SEND).result.problem
    assert problem == Description("It drips\nthe tap", (photo("p1").media, photo("p2").media))


def test_rule_8_a_late_picture_shows_in_the_review():
    assert "Attached: 1" in filled().hear(photo("p1")).text


def test_rule_8_the_redraw_for_a_late_album_is_patient_too():
    chat = filled().hear(photo("p1", album="a"))
    assert chat.screen.patient is True
    assert chat.hear(photo("p2")).screen.patient is False


def test_rule_8_a_late_picture_that_is_too_large_is_declined():
    chat = filled().hear(photo("p1", size=LARGEST + 1))
    assert chat.notice.startswith("This file is larger than 20 MB.")
    assert chat.question == "review"


def test_rule_8_a_late_picture_keeps_what_is_noted_for_the_open_question():
    chat = repairing().say("It drips").tap(DONE, "water", "leak", "+kitchen").hear(photo("p1"))
    assert chat.labels[0] == "✓ Kitchen"


def test_rule_8_a_picture_before_any_description_helps_nobody():
    chat = Chat(lambda talk: talk.choose("a", "A?", fruit("x"))).hear(photo("p1"))
    assert chat.notice == "Please tap one of the buttons below."


def test_rule_8_a_picture_that_a_full_description_declines_does_not_land_in_the_one_before():
    def script(talk: Talk) -> tuple[Description, Description]:
        return talk.describe("first", "First?"), talk.describe("second", "Second?")

    chat = Chat(script).say("one").tap(DONE)
    for number in range(MOST_MEDIA + 1):
        chat.hear(photo(f"p{number}"))
    assert chat.notice == "That is enough to begin with. All of it up to here is kept: please tap Done."
    first, second = chat.tap(DONE).result
    assert (len(first.media), len(second.media)) == (0, MOST_MEDIA)


def test_rule_8_late_words_are_not_taken_for_a_description():
    chat = filled().say("and the lamp")
    assert chat.notice == "Please tap one of the buttons below."


# ── how it reads ─────────────────────────────────────────────────────────────────────────────────


def test_a_long_description_is_shown_in_short_and_kept_in_full():
    chat = describing().say("w" * 4000)
    assert f"{'w' * SHOWN}…\n" in chat.text
    assert len(chat.tap(DONE).result.words) == 4000


@pytest.mark.parametrize(
    "so_far, reads",
    [
        (Description("It drips"), "It drips"),
        (Description("", (photo("p").media,)), "📎 1 file"),
        (Description("It drips", (photo("p").media, photo("q").media)), "It drips\n📎 2 files"),
    ],
)
def test_what_was_told_reads_in_short(so_far, reads):
    assert readable(told(so_far)) == reads


def test_a_description_survives_a_tap_that_means_nothing():
    chat = describing().say("It drips").hear(Tapped("what", "nonsense"))
    assert chat.notice == "Please describe it in words or pictures."
    assert "It drips" in chat.text


# ── what changes afterwards, and what is not one's own ───────────────────────────────────────────


def test_an_edit_takes_the_place_of_what_it_changes():
    chat = describing().hear(Words("It drips", message=7)).hear(photo("p1", caption="here")).say("badly")
    chat.hear(Edited("It pours", 7))
    assert chat.notice == "✏️ Changed, as you edited it."
    assert chat.tap(DONE).result == Description("It pours\nhere\nbadly", (photo("p1").media,))


def test_an_edit_that_nobody_sees_is_passed_over():
    chat = describing().hear(Words("It drips", message=7)).hear(Edited("It drips", 7))
    assert chat.notice == ""


def test_an_edit_of_something_else_is_told_so():
    chat = describing().hear(Words("It drips", message=7)).hear(Edited("Hello", 6))
    assert chat.notice == "I keep what you wrote first. To change it, please send it anew."
    assert chat.tap(DONE).result == Description("It drips")


def test_forwarded_words_stand_under_their_authors_name():
    chat = describing().hear(Words("It drips", author="Bob")).hear(Pictured(photo("p1").media, author="Bob"))
    assert chat.tap(DONE).result.words == "↪️ Bob: It drips\n↪️ Bob"


@pytest.mark.parametrize(
    "heard", [Unheard("audio", "listen"), Pictured(photo("p").media, "listen", size=LARGEST + 1)]
)
def test_words_are_kept_of_what_cannot_be_taken(heard):
    chat = describing().hear(heard)
    assert chat.notice
    assert chat.tap(DONE).result == Description("listen")
