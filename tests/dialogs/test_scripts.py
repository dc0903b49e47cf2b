"""Every conversation, played to its end on the in-memory desk, and what the desk makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from desk.actions import joining, orders
from desk.actions.perform import perform
from desk.errors import NotAllowed
from desk.records import Home, Json, Media, Person, Role, State
from desk.view import DeskView
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Heard, Pictured, Tapped, Words
from dialogs.engine.play import Asked, Broken, Finished, play
from dialogs.engine.screen import BACK, DONE, SEND, SKIP, Screen
from dialogs.scripts import SCRIPTS, work
from dialogs.scripts.rating import reasons_for
from dialogs.talk import Talk
from tests.desk.office import DAY, HOUR, Office

PHOTO = Pictured(Media(kind="photo", file_id="p1"))


@pytest.fixture
def office() -> Office:
    """Two estates with their people, on a Monday morning."""
    return Office()


@dataclass
class Chat:
    """One person in one conversation; the world is read anew on every turn."""

    office: Office
    name: str
    script: str
    subject: Mapping[str, Json] = field(default_factory=dict)
    answers: Answers = Answers()

    def hear(self, heard: Heard | None = None) -> Asked | Finished[object]:
        """One turn."""
        with self.office.database.read() as records:
            person = records.people.get(self.office.person(self.name).id)
            view = DeskView(records, person, self.office.lotus, self.office.now)
            talk = Talk(answers=self.answers, now=self.office.now, subject=self.subject)
            turn = play(lambda talk: SCRIPTS[self.script](talk, view), talk, heard)
        if isinstance(turn, Broken):
            raise turn.error
        assert isinstance(turn, Asked | Finished)
        self.answers = turn.answers
        return turn

    def screen(self) -> Screen:
        """Where the conversation stands."""
        turn = self.hear()
        assert isinstance(turn, Asked), turn
        return turn.screen

    def buttons(self) -> list[str]:
        """What can be tapped."""
        return [choice.key for row in self.screen().rows for choice in row]

    def say(self, *pieces: str | Pictured) -> "Chat":
        """Says something: `=key` taps a button of the open question; all else is words or pictures."""
        for piece in pieces:
            match piece:
                case str() if piece.startswith("="):
                    assert piece[1:] in self.buttons(), f"{piece} is not among {self.buttons()}"
                    self.hear(Tapped(self.screen().question, piece[1:]))
                case str():
                    self.hear(Words(piece))
                case _:
                    self.hear(piece)
        return self

    def order(self) -> object:
        """What the conversation ended in."""
        turn = self.hear()
        assert isinstance(turn, Finished), turn
        return turn.result

    def sent(self) -> object:
        """What the desk made of it."""
        order = self.order()
        return self.office.write(lambda work: perform(work, self._person(), order, self.office.now))

    def _person(self) -> Person:
        return self.office.person(self.name)


def about(number: int) -> Mapping[str, Json]:
    """A conversation about one request."""
    return {"request": number}


TAPPED_DONE, SENT, SKIPPED = f"={DONE}", f"={SEND}", f"={SKIP}"


# ── reporting ──


def test_a_repair_from_the_first_word_to_the_filed_request(office: Office):
    chat = Chat(office, "Lin", "repair").say("The kitchen tap is dripping", PHOTO, TAPPED_DONE)
    assert chat.buttons()[0] == "leak", "the likeliest kind stands first"
    chat.say("=leak")
    visits = [key for key in chat.buttons() if key.isdigit()]
    assert (chat.buttons()[0], len(visits)) == ("soon", 6)
    chat.say(f"={visits[1]}", "=yes", SENT).sent()
    request = office.request(1)
    assert (request.kind, request.state, request.home_id) == ("leak", State.NEW, office.home.id)
    assert (request.problem, request.media) == ("The kitchen tap is dripping", (PHOTO.media,))
    assert request.visit is not None
    assert (f"{request.visit.start:%Y%m%d%H%M}", request.entry, request.language) == (visits[1], True, "en")


def test_a_repair_that_no_word_names_is_found_by_its_group(office: Office):
    chat = Chat(office, "Lin", "repair").say(PHOTO, TAPPED_DONE)
    assert chat.screen().question == "kind/group"
    order = chat.say("=electrical", "=socket", "=soon", "=no", SENT).order()
    assert (getattr(order, "kind", ""), getattr(order, "visit", 0)) == ("socket", None)


def test_something_else_leads_to_the_groups_and_back_again(office: Office):
    chat = Chat(office, "Lin", "repair").say("水龙头漏水", TAPPED_DONE, "=else", "=plumbing", "=flood")
    assert chat.screen().question.startswith("visit/")
    chat.say(f"={BACK}", f"={BACK}")
    assert chat.screen().question == "kind/group"


def test_a_visit_that_has_passed_meanwhile_is_asked_again_and_the_rest_stays(office: Office):
    chat = Chat(office, "Lin", "repair").say("leak", TAPPED_DONE, "=leak")
    first = chat.buttons()[1]
    chat.say(f"={first}", "=yes")
    assert chat.screen().question == "review"
    office.later(DAY)
    assert chat.screen().question.startswith("visit/")
    chat.say("=soon")
    assert chat.screen().question == "review"


def test_who_has_two_homes_is_asked_which(office: Office):
    def second(work):
        home = work.estates.save_home(Home(estate_id=office.lotus.id, code="2-2-202"))
        joining.issue_home_code(work, home, "slip", office.now)
        return home

    home = office.write(second)
    office.order("Lin", orders.Join(code="slip", language="en"))
    chat = Chat(office, "Lin", "repair")
    assert chat.screen().question == "home"
    chat.say(f"={home.id}", "leak", TAPPED_DONE, "=leak", "=soon", "=yes", SENT).sent()
    assert office.request(1).home_id == home.id


# ── coming in ──


def test_a_newcomer_chooses_a_language_and_is_linked(office: Office):
    office.write(lambda work: joining.issue_post_code(work, 1, Role.WORKER, None, "07", "slip", office.now))
    newcomer = Person(telegram_id=999, name="New", telegram_language="en")
    office.people["New"] = office.write(lambda work: work.people.save(newcomer))
    joined = Chat(office, "New", "join", {"code": "slip"}).say("=en").sent()
    assert isinstance(joined, joining.Hired)


def test_who_chose_a_language_before_is_not_asked_again(office: Office):
    assert Chat(office, "Lin", "join", {"code": "slip"}).order() == orders.Join(code="slip", language="en")


def test_another_language(office: Office):
    spoken = Chat(office, "Lin", "language").say("=en").sent()
    assert isinstance(spoken, Person)
    assert spoken.language == "en"


# ── a job ──


def test_question_and_answer(office: Office):
    number = office.claimed()
    Chat(office, "Wang", "ask", about(number)).say("Which tap?", TAPPED_DONE).sent()
    assert office.state(number) is State.WAITING_RESIDENT
    Chat(office, "Lin", "answer", about(number)).say("The left one", PHOTO, TAPPED_DONE).sent()
    assert (office.state(number), office.events(number)[-1].why) == (State.ACCEPTED, "The left one")


@pytest.mark.parametrize("wait, held", [("2h", 2 * HOUR), ("1d", DAY), ("3d", 3 * DAY), ("7d", 7 * DAY)])
def test_every_hold_that_is_offered_is_one_that_a_worker_may(office: Office, wait, held):
    number = office.claimed()
    Chat(office, "Wang", "hold", about(number)).say("=parts", f"={wait}").sent()
    assert office.request(number).hold_until == office.now + held


@pytest.mark.parametrize("why", work.RELEASE_REASONS)
def test_every_reason_to_release(office: Office, why):
    number = office.claimed()
    Chat(office, "Wang", "release", about(number)).say(f"={why}").sent()
    assert office.state(number) is State.NEW
    assert work.reason(office.events(number)[-1].why) == work.RELEASE_REASONS[why]


def test_a_reason_in_somebodys_own_words_stays_in_their_words():
    assert str(work.reason("<b>because</b>")) == "<b>because</b>"
    assert str(work.reason("No answer from the resident")) == "No answer from the resident"


@pytest.mark.parametrize("told, note", [(["New washer", PHOTO], "New washer"), ([PHOTO], "📷")])
def test_finishing_with_a_note_or_just_a_picture(office: Office, told, note):
    number = office.claimed()
    Chat(office, "Wang", "finish", about(number)).say(*told, TAPPED_DONE).sent()
    assert (office.state(number), office.events(number)[-1].why) == (State.DONE, note)


def test_not_fixed(office: Office):
    number = office.finished()
    Chat(office, "Lin", "not_fixed", about(number)).say("It still drips", TAPPED_DONE).sent()
    assert (office.state(number), office.request(number).not_fixed) == (State.ACCEPTED, 1)


@pytest.mark.parametrize("score", range(1, 6))
def test_explaining_a_score(office: Office, score):
    number = office.asked()
    office.order("Lin", orders.Rate(request_id=number, score=score))
    chips = list(reasons_for(score))[:2]
    chat = Chat(office, "Lin", "explain", about(number)).say(*(f"=+{chip}" for chip in chips), TAPPED_DONE)
    chat.say(SKIPPED).sent()
    survey = office.survey(number)
    assert survey is not None
    assert (survey.reasons, survey.words) == (tuple(chips), "")


@pytest.mark.parametrize("script", ["ask", "answer", "hold", "release", "finish", "not_fixed", "explain"])
@pytest.mark.parametrize("name", ["Stranger", "Neighbour", "Manager of Rose"])
def test_nobody_talks_about_a_request_that_is_none_of_their_business(office: Office, script, name):
    with pytest.raises(NotAllowed):
        Chat(office, name, script, about(office.claimed())).hear()
    with pytest.raises(NotAllowed):
        Chat(office, "Lin", script, {}).hear()
