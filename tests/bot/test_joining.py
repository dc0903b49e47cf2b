"""Coming in by a link: good codes and bad ones, two with the same slip, one person in two estates."""

import pytest

from desk.actions.joining import CODE_LIFE, GUESSES, GUESSES_COUNT_FOR, issue_home_code, issue_post_code
from desk.records import Role
from storage.memory import MemoryDatabase
from tests.bot.counter import DAY, Counter, Guest

BAD = "This code is unknown, used or expired"


def slip(counter: Counter, code: str = "home-code") -> str:
    """A code for the home, printed on a slip."""
    counter.write(lambda work: issue_home_code(work, counter.home, code, counter.now))
    return f"/start {code}"


def invitation(counter: Counter, role: Role, code: str = "post-code") -> str:
    """A code for a post with the plumbers."""
    queue = counter.queues[0]
    counter.write(lambda work: issue_post_code(work, counter.estate.id, role, queue, "07", code, counter.now))
    return f"/start {code}"


def homes(guest: Guest) -> int:
    """How many homes somebody has."""
    return len(guest.counter.read(lambda work: work.people.occupancies(guest.id, guest.counter.now)))


def test_a_newcomer_chooses_a_language_and_is_at_home(any_counter: Counter):
    ann = any_counter.newcomer("Ann", telegram="zh-hans")
    ann.says(slip(any_counter))
    assert ann.last().labels[0] == "简体中文"
    ann.picks("zh_CN")
    assert "Lotus Garden" in ann.last().text
    assert "1-1-101" in ann.last().text
    assert homes(ann) == 1
    assert any_counter.read(lambda work: work.people.get(ann.id)).language == "zh_CN"


def test_who_chose_a_language_before_is_not_asked_again(counter: Counter):
    ann = counter.guest("Ann")
    ann.says(slip(counter))
    assert "Welcome to Lotus Garden" in ann.last().text


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.RESIDENT, Role.SYSTEM}])
def test_staff_take_up_their_post(counter: Counter, role: Role):
    wang = counter.guest("Wang")
    wang.says(invitation(counter, role))
    assert "Welcome to the staff of Lotus Garden" in wang.last().text
    post = counter.read(lambda work: work.people.staff_of(wang.id, counter.now))[0]
    assert (post.role, post.badge, post.queues) == (role, "07", (counter.queues[0].id,))


def test_an_unknown_code_is_refused(counter: Counter):
    for code in ("/start nonsense", "/start " + "x" * 4000, "/start ;DROP TABLE codes"):
        ann = counter.newcomer("Ann")
        ann.says(code)
        assert BAD in ann.last().text


def test_a_used_code_is_refused_but_not_to_whoever_used_it(counter: Counter):
    link = slip(counter)
    ann, bob = counter.guest("Ann"), counter.guest("Bob")
    ann.says(link, link)
    assert "🛠 Report a repair" in ann.last().labels
    bob.says(link)
    assert BAD in bob.last().text
    assert homes(bob) == 0


def test_an_expired_code_is_refused(counter: Counter):
    link = slip(counter)
    counter.now += CODE_LIFE
    ann = counter.guest("Ann")
    ann.says(link)
    assert BAD in ann.last().text


def test_of_two_with_the_same_slip_one_comes_in(any_counter: Counter):
    link = slip(any_counter)
    ann, bob = any_counter.newcomer("Ann"), any_counter.newcomer("Bob")
    ann.says(link)
    bob.says(link)
    bob.picks("en")
    ann.picks("en")
    assert BAD in ann.last().text
    assert (homes(ann), homes(bob)) == (0, 1)


def test_a_code_that_expires_while_the_language_is_chosen_is_refused(counter: Counter):
    ann = counter.newcomer("Ann")
    ann.says(slip(counter))
    counter.now += CODE_LIFE + DAY
    ann.picks("en")
    assert BAD in ann.last().text


def test_the_link_opened_twice_asks_once(counter: Counter):
    ann = counter.newcomer("Ann")
    link = slip(counter)
    ann.says(link, link)
    ann.picks("en")
    assert "Welcome to Lotus Garden" in ann.last().text
    assert homes(ann) == 1


def test_the_second_estate_offers_its_own_languages(counter: Counter):
    _rose, home, _queues = counter.build("Rose Garden", ("en",))
    counter.write(lambda work: issue_home_code(work, home, "rose", counter.now))
    ann = counter.newcomer("Ann")
    ann.says("/start rose")
    assert ann.last().labels[0] == "English"
    assert "简体中文" not in ann.last().labels
    ann.picks("en")
    assert "Rose Garden" in ann.last().text


def test_a_home_in_each_of_two_estates_is_asked_for_and_served_by_its_own(counter: Counter):
    rose, home, queues = counter.build("Rose Garden", ("en",))
    lin = counter.resident()
    counter.move_in(lin, home)
    lin.says("/repair")
    lin.picks(f"{home.id}")
    lin.says("The tap is leaking")
    lin.picks("~done", "leak", "soon", "yes", "~send")
    assert counter.request(estate=rose).queue_id == queues[0].id
    wang = counter.staff("Wang", estate=rose)
    wang.sends(f"r:{counter.request(estate=rose).id}:claim")
    assert "takes care of R-1" in lin.news()


def test_before_any_estate_is_imported_everybody_is_answered(counter: Counter):
    counter.store = MemoryDatabase()
    ann = counter.newcomer("Ann")
    ann.says("hello", "/help", "/start x", "/language", "/reviews", "/jobs", "/requests")
    assert "Which language" in ann.last().text
    ann.picks("en")
    assert "Steward" in ann.last().text


def test_who_guesses_codes_has_to_wait_even_with_a_good_one(any_counter: Counter):
    link = slip(any_counter)
    eve = any_counter.guest("Eve")
    eve.says(*(f"/start guess{number}" for number in range(GUESSES)))
    assert BAD in eve.last().text
    eve.says(link, "/start guess9")
    assert "Too many wrong codes" in eve.last().text
    assert homes(eve) == 0
    any_counter.later(GUESSES_COUNT_FOR)
    eve.says(link)
    assert homes(eve) == 1


def test_the_guesses_of_one_are_no_harm_to_another(any_counter: Counter):
    link = slip(any_counter)
    eve, ann = any_counter.guest("Eve"), any_counter.guest("Ann")
    eve.says(*(f"/start guess{number}" for number in range(2 * GUESSES)))
    ann.says(link)
    assert homes(ann) == 1


def test_the_same_old_slip_again_and_again_is_no_guess(any_counter: Counter):
    ann = any_counter.guest("Ann")
    ann.says(*["/start old-slip"] * 2 * GUESSES)
    assert BAD in ann.last().text
    ann.says(slip(any_counter))
    assert homes(ann) == 1
