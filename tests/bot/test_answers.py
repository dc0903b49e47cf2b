"""Questions at the counter: told at once where the estate knows, else a person's; and who edits answers."""

import pytest

from desk.records import Role, State, Type
from desk.records.answers import Answer
from tests.bot.counter import Counter, Guest


@pytest.fixture
def lin(counter: Counter) -> Guest:
    """A resident of an estate that knows when its pool is open."""
    counter.bind()
    pool = Answer(
        estate_id=counter.estate.id,
        code="pool",
        questions={"en": ("When is the pool open?",), "zh_CN": ("泳池几点开放？",)},
        words={"en": "From 6 to 22 <b>o'clock</b>.", "zh_CN": "早上 6 点到晚上 10 点。"},
    )
    counter.write(lambda work: work.answers.save(pool))
    return counter.resident()


def asks(guest: Guest, words: str) -> None:
    guest.says("/ask", words)
    guest.picks("~done")


def test_a_question_that_the_estate_knows_is_answered_at_once(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    asks(lin, "what time does the pool open?")
    assert "From 6 to 22 <b>o'clock</b>." in lin.last().text, "what somebody typed is no markup"
    assert lin.last().labels[:2] == ["👍 That helps", "👎 Ask a person"]
    lin.taps("That helps")
    assert "Glad" in lin.news()
    assert mei.posts() == []


def test_in_the_words_of_the_reader(counter: Counter, lin: Guest):
    wen = counter.resident("Wen", "zh_CN")
    asks(wen, "请问泳池什么时候开放")
    assert "早上 6 点到晚上 10 点" in wen.last().text


def test_what_does_not_help_goes_to_a_person_with_a_promise(counter: Counter, lin: Guest):
    dai, mei = counter.staff("Dai", Role.DISPATCHER), counter.staff("Mei", Role.MANAGER)
    asks(lin, "What time does the pool open?")
    lin.taps("Ask a person")
    assert "R-1" in lin.news()
    for guest in (dai, mei):
        assert "What time does the pool open?" in guest.last().text
    dai.taps("💬 Answer")
    dai.says("At seven on holidays")
    dai.picks("~done")
    assert "At seven on holidays" in lin.last().text
    lin.taps("That settles it")
    assert counter.request().state is State.CLOSED


def test_what_nobody_wrote_an_answer_to_goes_to_a_person_at_once(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    asks(lin, "May I paint my balcony green?")
    request = counter.request()
    assert (request.type, request.problem) == (Type.QUESTION, "May I paint my balcony green?")
    assert "We answer by" in lin.news()
    assert "May I paint my balcony green?" in mei.last().text


def test_a_manager_adds_an_answer_by_chat_and_it_is_given(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    mei.says("/answers")
    mei.taps("➕ Add an answer", "English")
    mei.says("Where is the parcel locker?\nWhere do I get my parcel?")
    mei.picks("~done")
    mei.says("Beside gate 2.")
    mei.picks("~done", "~send")
    assert "Where is the parcel locker?; Where do I get my parcel?" in mei.last().text
    asks(lin, "where can i get my parcel")
    assert "Beside gate 2." in lin.last().text
    mei.says("/answers")
    assert mei.last().labels[:2] == ["When is the pool open?", "Where is the parcel locker?"]


def test_a_manager_changes_one_language_and_the_rest_stays(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    mei.says("/answers")
    mei.taps("pool", "✏️ Change", "English", "Skip")
    mei.says("From 7 to 21.")
    mei.picks("~done", "~send")
    kept = counter.read(lambda work: work.answers.of(counter.estate.id))[0]
    assert kept.words == {"en": "From 7 to 21.", "zh_CN": "早上 6 点到晚上 10 点。"}
    assert kept.questions["en"] == ("When is the pool open?",)
    assert (kept.changed_by, kept.changed_at) == (mei.id, counter.now)


def test_a_manager_deletes_an_answer_after_a_second_look(counter: Counter, lin: Guest):
    mei = counter.staff("Mei", Role.MANAGER)
    mei.says("/answers")
    mei.taps("pool", "Delete")
    assert len(counter.read(lambda work: work.answers.of(counter.estate.id))) == 1
    mei.taps("Yes, delete it")
    assert counter.read(lambda work: work.answers.of(counter.estate.id)) == ()
    assert "When is the pool open?" not in mei.last().labels
    assert mei.taps("Yes, delete it") == "This is not there any more."


@pytest.mark.parametrize("role", [Role.WORKER, Role.DISPATCHER, None])
def test_nobody_else_edits_answers_also_not_next_door(counter: Counter, lin: Guest, role: Role | None):
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    other = counter.staff("Next", Role.MANAGER, estate=rose) if role is None else counter.staff("Wang", role)
    number = counter.read(lambda work: work.answers.of(counter.estate.id))[0].id
    for data in (
        f"p:answer:{number}",
        f"p:answer_delete:{number}",
        f"f:drop_answer:{number}",
        f"s:edit_answer:{number}",
        "p:answers:",
    ):
        other.sends(data)
    assert "From 6" not in other.news()
    assert len(counter.read(lambda work: work.answers.of(counter.estate.id))) == 1


def test_who_lives_nowhere_is_told_so(counter: Counter, lin: Guest):
    stranger = counter.guest("Sun")
    for command in ("/ask", "/complaint", "/suggestion", "/praise"):
        stranger.says(command)
        assert "no right" in stranger.last().text
