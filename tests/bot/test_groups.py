"""The staff group: who may connect it, with topics and without, and what happens when it changes."""

import pytest

from bot.said import Chat, Command, Moved, Stopped
from desk.records import Role, State
from tests.bot.counter import GROUP, Counter, Guest, group_chat, joins

FORUM = group_chat(forum=True)
OTHER = -1002


@pytest.fixture
def olga(counter: Counter) -> Guest:
    """The owner."""
    return counter.staff("Olga", Role.OWNER)


def bound(counter: Counter) -> tuple[int | None, bool]:
    """The staff group, and whether it has topics."""
    estate = counter.read(lambda work: work.estates.get(counter.estate.id))
    return estate.staff_chat, estate.staff_forum


def topics(counter: Counter) -> list[int | None]:
    """The queues' topics."""
    return [queue.topic for queue in counter.read(lambda work: work.estates.queues(counter.estate.id))]


def said(counter: Counter, chat: int = GROUP) -> list[str]:
    """What is to be read in the group."""
    return [post.text for post in counter.postman.chat(chat)]


SETUP = Command("setup")


# ── who may ──


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_an_owner_or_manager_connects_the_group(any_counter: Counter, role: Role):
    any_counter.staff("Olga", role).does(SETUP, group_chat())
    assert bound(any_counter) == (GROUP, False)
    assert "✅" in said(any_counter)[0]


@pytest.mark.parametrize("role", [Role.WORKER, Role.DISPATCHER, Role.GUARD, None])
def test_nobody_else_does(counter: Counter, role: Role | None):
    guest = counter.staff("Wang", role) if role else counter.guest("Sun")
    guest.does(SETUP, group_chat())
    guest.does(joins(), group_chat())
    assert bound(counter) == (None, False)
    assert len(said(counter)) == 1


def test_in_private_setup_explains_how(counter: Counter, olga: Guest):
    olga.says("/setup")
    assert olga.last().rows[0][0][1].startswith("https://t.me/steward_bot?startgroup=setup")
    wang = counter.staff("Wang")
    wang.says("/setup")
    assert "Only an owner or a manager" in wang.last().text


# ── topics ──


def test_a_group_with_topics_gets_one_a_queue(any_counter: Counter):
    any_counter.staff("Olga", Role.OWNER).does(SETUP, FORUM)
    assert bound(any_counter) == (GROUP, True)
    assert None not in topics(any_counter)
    any_counter.resident().files()
    assert any_counter.postman.chat(GROUP)[-1].thread == topics(any_counter)[0]


def test_a_group_without_topics_gets_the_cards_itself(counter: Counter, olga: Guest):
    olga.does(SETUP, group_chat())
    counter.resident().files()
    assert topics(counter) == [None, None]
    assert counter.postman.chat(GROUP)[-1].thread is None


def test_adding_the_bot_connects_the_group(counter: Counter, olga: Guest):
    olga.does(joins(topics=True), FORUM)
    assert bound(counter) == (GROUP, True)


def test_added_by_the_link_it_is_connected_and_greeted_once(counter: Counter, olga: Guest):
    counter.resident().files()
    olga.does(joins(topics=True), FORUM)
    olga.does(Command("start", "setup"), FORUM)
    assert len([text for text in said(counter) if "✅" in text]) == 1
    assert len([text for text in said(counter) if "R-1" in text]) == 1


def test_the_link_opened_where_the_bot_is_already_connects_the_group(counter: Counter, olga: Guest):
    counter.guest("Sun").does(Command("start", "setup"), group_chat())
    assert bound(counter) == (None, False)
    olga.does(Command("start", "setup"), group_chat())
    assert bound(counter) == (GROUP, False)
    olga.does(Command("start", "nonsense"), group_chat(OTHER))
    assert said(counter, OTHER) == []


def test_without_the_right_to_topics_it_asks_for_it_and_is_connected_once_it_has(
    counter: Counter, olga: Guest
):
    olga.does(joins(status="member"), FORUM)
    assert bound(counter) == (None, False)
    assert "/setup" in said(counter)[0]
    olga.does(joins(topics=True), FORUM)
    assert bound(counter) == (GROUP, True)


def test_other_changes_of_its_rights_say_nothing(counter: Counter, olga: Guest):
    counter.resident().files()
    olga.does(joins(topics=True), FORUM)
    before = said(counter)
    olga.does(joins(topics=True), FORUM)
    olga.does(joins(topics=False), FORUM)
    assert said(counter) == before


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_being_put_out_changes_nothing(counter: Counter, olga: Guest, status: str):
    olga.does(joins(status=status), group_chat())
    assert said(counter) == []


# ── more than one ──


def test_a_second_group_is_not_taken_by_adding_the_bot(counter: Counter, olga: Guest):
    olga.does(joins(), group_chat())
    olga.does(joins(), group_chat(OTHER))
    assert bound(counter) == (GROUP, False)
    assert said(counter, OTHER) == []


def test_setup_moves_the_desk_to_a_second_group(counter: Counter, olga: Guest):
    olga.does(SETUP, FORUM)
    counter.resident().files()
    old = topics(counter)
    olga.does(SETUP, group_chat(OTHER, forum=True))
    assert bound(counter) == (OTHER, True)
    assert not set(old) & set(topics(counter))
    assert any("R-1" in text for text in said(counter, OTHER))


def test_setup_again_repairs_the_cards_in_place(counter: Counter, olga: Guest):
    olga.does(SETUP, group_chat())
    counter.resident().files()
    olga.does(SETUP, group_chat())
    assert len([text for text in said(counter) if "R-1" in text]) == 1


def test_switching_topics_on_brings_the_cards_into_them(counter: Counter, olga: Guest):
    olga.does(SETUP, group_chat())
    counter.resident().files()
    olga.does(SETUP, FORUM)
    assert counter.postman.chat(GROUP)[-1].thread == topics(counter)[0]


# ── what was there before, and what comes after ──


def test_what_was_filed_before_gets_its_card_with_photos(any_counter: Counter):
    lin = any_counter.resident()
    lin.says("/repair")
    lin.shows("p", caption="Leaking")
    lin.picks("~done", "leak", "soon", "yes", "~send")
    any_counter.staff("Olga", Role.OWNER).does(SETUP, FORUM)
    posts = any_counter.postman.chat(GROUP)
    assert [media.file_id for post in posts for media in post.media] == ["p"]
    assert any_counter.staff("Wang").claims()
    assert any_counter.request().state is State.ACCEPTED


def test_all_that_was_filed_before_gets_a_card(counter: Counter, olga: Guest):
    lin = counter.resident()
    for _more in range(60):
        lin.files()
    olga.does(SETUP, group_chat())
    assert len([text for text in said(counter) if "R-" in text]) == 60


def test_a_group_that_becomes_a_supergroup_is_followed(any_counter: Counter):
    olga = any_counter.staff("Olga", Role.OWNER)
    olga.does(SETUP, group_chat())
    any_counter.resident().files()
    olga.does(Moved(to=OTHER), group_chat())
    assert bound(any_counter) == (OTHER, False)
    any_counter.resident("Neighbour").files()
    assert any("R-2" in text for text in said(any_counter, OTHER))


# ── somebody with a foot in two estates ──


@pytest.fixture
def in_two(counter: Counter) -> Guest:
    """Lives in Lotus Garden, owns Rose Garden, and the bot serves both."""
    guest = counter.resident("Olga")
    rose, _home, _queues = counter.build("Rose Garden", ("en",))
    counter.hire(guest, Role.OWNER, estate=rose)
    return guest


def groups(counter: Counter) -> list[int | None]:
    """The staff groups of Lotus and Rose Garden."""
    return [estate.staff_chat for estate in counter.read(lambda work: work.estates.all())]


def test_who_lives_in_one_estate_connects_the_group_of_the_other(counter: Counter, in_two: Guest):
    in_two.does(SETUP, group_chat())
    assert groups(counter) == [None, GROUP]
    in_two.says("/setup")
    assert "Connect the staff group" in in_two.last().text


def test_who_leads_two_estates_connects_one_group_to_each(counter: Counter, in_two: Guest):
    counter.hire(in_two, Role.MANAGER)
    in_two.does(joins(), group_chat())
    in_two.does(joins(), group_chat(OTHER))
    connected = groups(counter)
    assert {*connected} == {GROUP, OTHER}
    in_two.does(SETUP, group_chat())
    assert groups(counter) == connected


# ── a person's own chat ──


def test_who_stopped_the_bot_is_marked_until_they_come_back(counter: Counter):
    lin = counter.resident()

    def blocked() -> bool:
        found = counter.read(lambda work: work.people.by_telegram(lin.speaker.id))
        return found is not None and found.blocked

    lin.does(Stopped(True))
    assert blocked()
    lin.does(Command("setup"), Chat(id=GROUP, private=False))
    assert blocked()
    lin.says("/help")
    assert not blocked()
