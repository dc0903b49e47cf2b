"""After each event: what the resident, the worker, the group and the office hear, in their own languages."""

import re
from dataclasses import dataclass

import pytest

from desk.records import Role
from tests.bot.counter import DAY, GROUP, HOUR, Counter, Guest, picture

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Cast:
    """A Chinese resident and staff group; English workers and office."""

    counter: Counter
    lin: Guest
    wang: Guest
    dai: Guest
    mei: Guest

    def heard(self) -> dict[str, str]:
        """What everybody heard since this was last asked; who heard nothing is left out."""
        people = {"resident": self.lin, "worker": self.wang, "dispatcher": self.dai, "manager": self.mei}
        heard = {who: guest.news() for who, guest in people.items()}
        heard["group"] = self.counter.postman.news(GROUP)
        return {who: words for who, words in heard.items() if words}

    def claimed(self) -> None:
        """Wang has the job; everybody has heard of it."""
        self.lin.files()
        self.wang.claims()
        self.heard()

    def done(self) -> None:
        """Wang calls it done."""
        self.wang.taps("✅ Done")
        self.wang.says("New washer")
        self.wang.picks("~done")


@pytest.fixture
def desk(counter: Counter) -> Cast:
    """Everybody is there, and speaks as told."""
    counter.bind()
    return Cast(
        counter=counter,
        lin=counter.resident("Lin", language="zh_CN"),
        wang=counter.staff("Wang", badge="07"),
        dai=counter.staff("Dai", Role.DISPATCHER),
        mei=counter.staff("Mei", Role.MANAGER),
    )


def in_their_own_language(heard: dict[str, str]) -> None:
    """The resident and the group are spoken to in Chinese, everybody else is not."""
    for who, words in heard.items():
        assert bool(CHINESE.search(words)) == (who in {"resident", "group"}), words


def test_filed_the_group_gets_a_card_with_the_photos(desk: Cast):
    desk.lin.says("/repair")
    for piece in "abc":
        desk.lin.does(picture(piece, album="1", caption="Leaking" if piece == "a" else ""))
    desk.lin.picks("~done", "leak", "soon", "yes", "~send")
    album, card = desk.counter.postman.chat(GROUP)
    assert [one.file_id for one in album.media] == ["a", "b", "c"]
    assert "R-1" in card.text
    assert "Leaking" in card.text
    heard = desk.heard()
    assert set(heard) == {"resident", "group"}
    in_their_own_language(heard)


def test_twelve_photos_are_two_albums(desk: Cast):
    desk.lin.says("/repair", "Leaking")
    for piece in range(12):
        desk.lin.shows(f"p{piece}")
    desk.lin.picks("~done", "leak", "soon", "yes", "~send")
    assert [len(post.media) for post in desk.counter.postman.chat(GROUP)] == [10, 2, 0]


def test_claimed_the_worker_gets_the_job_and_the_resident_hears_who_comes(desk: Cast):
    desk.lin.files()
    desk.heard()
    desk.wang.claims()
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert "Wang" in heard["resident"]
    assert "07" in heard["resident"]
    assert "Wang" in heard["group"]
    assert "🚶 On my way" in desk.wang.last().labels
    in_their_own_language(heard)


def test_setting_out_and_starting_are_told_to_the_resident(desk: Cast):
    desk.claimed()
    for button in ("On my way", "Start"):
        desk.wang.taps(button)
        heard = desk.heard()
        assert set(heard) == {"resident", "worker", "group"}
        in_their_own_language(heard)


def test_a_question_and_its_answer_travel_both_ways(desk: Cast):
    desk.claimed()
    desk.wang.taps("Ask")
    desk.wang.says("Is the valve closed?")
    desk.wang.picks("~done")
    assert "Is the valve closed?" in desk.heard()["resident"]
    desk.lin.sends(f"s:answer:{desk.counter.request().id}")
    desk.lin.shows("valve", caption="See here")
    desk.lin.picks("~done")
    heard = desk.heard()
    assert "See here" in heard["worker"]
    assert "valve" in [media.file_id for post in desk.wang.posts() for media in post.media]
    assert "✅ Done" in desk.wang.last().labels


def test_a_hold_tells_until_when_and_why_and_goes_on_by_itself(desk: Cast):
    desk.claimed()
    desk.wang.taps("Hold", "Waiting for parts", "1 day")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    in_their_own_language({"resident": heard["resident"]})
    desk.counter.later(DAY)
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert "✅ Done" in desk.wang.last().labels


def test_a_release_goes_back_to_the_queue(desk: Cast):
    desk.claimed()
    desk.wang.taps("Release", "End of shift")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert "Given back" in heard["worker"]
    assert desk.counter.postman.data(GROUP, ":claim")
    assert all("✅ Done" not in post.labels for post in desk.wang.posts())


def test_a_release_by_the_office_is_seen_by_the_worker_and_not_by_the_office(desk: Cast):
    desk.claimed()
    desk.dai.sends(f"s:release:{desk.counter.request().id}")
    desk.dai.taps("End of shift")
    assert "Given back" in desk.heard()["worker"]
    assert all(not post.key.startswith("job/") for post in desk.dai.posts())
    assert all("✅ Done" not in post.labels for post in desk.wang.posts())


def test_done_asks_the_resident_with_the_photo(desk: Cast):
    desk.claimed()
    desk.wang.taps("✅ Done")
    desk.wang.shows("result", caption="New washer")
    desk.wang.picks("~done")
    heard = desk.heard()
    assert "New washer" in heard["resident"]
    assert [media.file_id for post in desk.lin.posts() for media in post.media] == ["result"]
    assert len(desk.lin.last().labels) == 2
    in_their_own_language({"group": heard["group"]})


def test_fixed_closes_it_and_takes_the_question_away(desk: Cast):
    desk.claimed()
    desk.done()
    desk.heard()
    desk.lin.picks("fixed")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert all(":fixed" not in data for post in desk.lin.posts() for row in post.rows for _, data in row)


def test_not_fixed_comes_back_to_the_same_worker_with_the_reason(desk: Cast):
    desk.claimed()
    desk.done()
    desk.heard()
    desk.lin.sends(f"s:not_fixed:{desk.counter.request().id}")
    desk.lin.says("It still drips")
    desk.lin.picks("~done")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert "It still drips" in heard["worker"]
    assert "✅ Done" in desk.wang.last().labels


def test_not_fixed_again_goes_to_the_dispatcher_and_is_open_to_all(desk: Cast):
    desk.claimed()
    for words in ("It still drips", "And now it runs"):
        desk.done()
        desk.lin.sends(f"s:not_fixed:{desk.counter.request().id}")
        desk.heard()
        desk.lin.says(words)
        desk.lin.picks("~done")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group", "dispatcher"}
    assert "And now it runs" in heard["dispatcher"]
    assert "Given back" in heard["worker"]
    assert "2" in heard["group"]
    assert desk.counter.postman.data(GROUP, ":claim")


def test_called_off_everybody_hears_and_no_button_is_left(desk: Cast):
    desk.claimed()
    desk.lin.sends(f"r:{desk.counter.request().id}:cancel")
    heard = desk.heard()
    assert set(heard) == {"resident", "worker", "group"}
    assert desk.wang.last().labels == []
    assert desk.counter.postman.chat(GROUP)[-1].labels == []


def test_a_low_score_goes_to_the_manager_who_ticks_it_off(desk: Cast):
    desk.claimed()
    desk.done()
    desk.lin.picks("fixed")
    desk.counter.later(3 * HOUR)
    desk.heard()
    desk.lin.picks("1")
    heard = desk.heard()
    assert set(heard) == {"resident", "manager"}
    assert "1 of 5" in heard["manager"]
    desk.lin.picks("+slow", "~done")
    desk.lin.says("<b>Three days!</b>")
    desk.lin.picks("~done")
    assert "Too slow" in desk.mei.last().text
    assert "<b>Three days!</b>" in desk.mei.last().text
    desk.mei.taps("Looked into")
    assert desk.mei.last().labels == []
    assert desk.counter.survey().reviewed_by == desk.mei.id


def test_without_a_manager_the_owner_hears_of_a_low_score(counter: Counter):
    counter.bind()
    olga = counter.staff("Olga", Role.OWNER)
    desk = Cast(counter, counter.resident(), counter.staff("Wang"), olga, olga)
    desk.claimed()
    desk.done()
    desk.lin.picks("fixed")
    counter.later(3 * HOUR)
    olga.news()
    desk.lin.picks("2")
    assert "2 of 5" in olga.news()


def test_without_a_staff_group_the_residents_are_served_all_the_same(counter: Counter):
    lin, wang = counter.resident(), counter.staff("Wang")
    lin.says("/repair")
    lin.shows("p", caption="Leaking")
    lin.picks("~done", "leak", "soon", "yes", "~send")
    wang.sends(f"r:{counter.request().id}:claim")
    assert "takes care of R-1" in lin.news()
