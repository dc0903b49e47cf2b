"""Coming in by a single-use code."""

import pytest

from desk.actions import joining, orders
from desk.actions.joining import Hired, MovedIn
from desk.errors import BadCode
from desk.records import Queue, Role, Staff
from tests.desk.office import DAY, MINUTE, Office

CODE = "k3f9-2m7q"


def home_code(office: Office, code: str = CODE) -> None:
    office.write(lambda work: joining.issue_home_code(work, office.home, code, office.now))


def post_code(
    office: Office, role: Role = Role.WORKER, queue: Queue | None = None, badge: str = "", code: str = CODE
) -> None:
    office.write(
        lambda work: joining.issue_post_code(work, office.lotus.id, role, queue, badge, code, office.now)
    )


def join(code: str = CODE) -> orders.Join:
    return orders.Join(code=code, language="zh_CN")


def posts(office: Office, name: str) -> tuple[Staff, ...]:
    return office.read(lambda work: work.people.staff_of(office.person(name).id, office.now))


def test_only_the_hash_of_a_code_is_kept(office: Office):
    home_code(office)
    kept = office.read(lambda work: work.people.code(joining.digest_of(CODE)))
    assert kept is not None
    assert CODE not in repr(kept)
    assert office.read(lambda work: work.people.code(CODE)) is None


def test_a_home_code_links_a_resident_to_the_home_in_their_language(office: Office):
    home_code(office)
    joined = office.order("Stranger", join())
    assert isinstance(joined, MovedIn)
    assert (joined.occupancy.home_id, joined.occupancy.since) == (office.home.id, office.now)
    person = office.read(lambda work: work.people.get(office.person("Stranger").id))
    assert person.language == "zh_CN"
    office.order("Stranger", office.repair("Stranger"))


def test_a_post_code_hires(office: Office):
    post_code(office, Role.WORKER, office.plumbing, "07")
    joined = office.order("Stranger", join())
    assert isinstance(joined, Hired)
    post = joined.staff
    assert (post.role, post.queues, post.badge) == (Role.WORKER, (office.plumbing.id,), "07")
    office.order("Stranger", orders.Claim(request_id=office.file()))


@pytest.mark.parametrize("second", ["Stranger", "Neighbour"])
def test_a_code_works_once(office: Office, second):
    home_code(office)
    office.order("Stranger", join())
    assert isinstance(office.tried(second, join()), BadCode)


def test_two_people_with_the_same_slip_within_a_millisecond_get_one_link(office: Office):
    home_code(office)
    with office.database.write() as work:
        seen = joining.look_up(work, CODE, office.now)
        assert work.people.spend(seen.hash, office.person("Stranger").id, office.now)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(joining, "look_up", lambda *_: seen)
            with pytest.raises(BadCode):
                joining.redeem(work, CODE, office.person("Wang"), office.now)


def test_a_code_is_good_for_thirty_days(office: Office):
    home_code(office)
    office.later(30 * DAY - MINUTE)
    office.write(lambda work: joining.look_up(work, CODE, office.now))
    office.later(MINUTE)
    assert isinstance(office.tried("Stranger", join()), BadCode)


def test_an_unknown_code_changes_nothing_not_even_the_language(office: Office):
    assert isinstance(office.tried("Stranger", join("made-up")), BadCode)
    person = office.read(lambda work: work.people.get(office.person("Stranger").id))
    assert (person.language, posts(office, "Stranger")) == ("en", ())


def test_a_second_queue_is_added_to_the_first(office: Office):
    post_code(office, Role.WORKER, office.plumbing, "07", "one")
    post_code(office, Role.WORKER, office.wiring, "", "two")
    office.order("Stranger", join("one"))
    office.later(DAY)
    office.order("Stranger", join("two"))
    (post,) = posts(office, "Stranger")
    assert (post.queues, post.badge) == ((office.plumbing.id, office.wiring.id), "07")
    assert post.since == office.now - DAY


def test_a_code_for_every_queue_opens_every_queue_and_one_for_a_queue_closes_none(office: Office):
    post_code(office, Role.WORKER, office.wiring, "08", "one")
    post_code(office, Role.WORKER, None, "09", "two")
    post_code(office, Role.WORKER, office.plumbing, "", "three")
    for code in ("one", "two", "three"):
        office.order("Electrician", join(code))
    (post,) = posts(office, "Electrician")
    assert (post.queues, post.badge) == ((), "09")


def test_another_role_is_another_post(office: Office):
    post_code(office, Role.MANAGER)
    office.order("Wang", join())
    assert [post.role for post in posts(office, "Wang")] == [Role.WORKER, Role.MANAGER]


def test_speaking_another_language(office: Office):
    assert office.order("Lin", orders.Speak(language="zh_CN")).language == "zh_CN"
