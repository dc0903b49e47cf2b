"""Who lives in a home and who knocks at its door; and what forgetting takes away."""

from dataclasses import replace
from typing import Any

import pytest

from desk.errors import NotFound
from desk.records import (
    NOBODY,
    Actor,
    Change,
    Code,
    Details,
    HomeRole,
    Knock,
    Media,
    Notice,
    Occupancy,
    Role,
    State,
    Survey,
    Wishes,
)
from tests.contracts.samples import (
    BOT,
    CHAT,
    HOUR,
    MINUTE,
    NOW,
    Place,
    Store,
    Work,
    event,
    file,
    mail,
    run,
    sent,
    settled,
)


def living(place: Place, person: int, **changes) -> Occupancy:
    """Somebody's link to the home."""
    values: dict[str, Any] = {
        "person_id": person,
        "home_id": place.home.id,
        "estate_id": place.estate.id,
        "since": NOW,
    }
    return Occupancy(**(values | changes))


def test_who_lives_in_a_home_with_their_roles(database: Store):
    place = settled(database)
    with database.write() as work:
        owner = work.people.occupy(living(place, place.resident.id))
        tenant = work.people.occupy(
            living(
                place, place.worker.id, since=NOW + MINUTE, until=NOW + HOUR, role=HomeRole.TENANT,
                added_by=place.resident.id,
            )
        )  # fmt: skip
        assert owner.role is HomeRole.OWNER
        assert work.households.living_in(place.home.id, NOW) == (owner, tenant)
        assert work.households.living_in(place.home.id, NOW + HOUR) == (owner,)
        ended = work.people.occupy(replace(owner, until=NOW, ended_by=place.worker.id))
        assert work.households.occupancy(owner.id) == ended
        assert work.households.living_in(place.home.id, NOW) == (tenant,)
        assert work.households.of_person(place.resident.id) == (ended,)
        with pytest.raises(NotFound):
            work.households.occupancy(0)


def knock(place: Place, **changes) -> Knock:
    """The worker asks to be linked."""
    values: dict[str, Any] = {
        "estate_id": place.estate.id,
        "person_id": place.worker.id,
        "home_id": place.home.id,
    }
    return Knock(**(values | {"door": "3-2-501", "role": HomeRole.FAMILY, "asked_at": NOW} | changes))


def test_a_knock_is_answered_once(database: Store):
    place = settled(database)
    with database.write() as work:
        first = work.households.knock(knock(place, words="The son"))
        second = work.households.knock(knock(place, home_id=None, door="9", asked_at=NOW + HOUR))
        assert work.households.waiting(place.estate.id) == (first, second)
        assert work.households.waiting(place.estate.id, 1) == (first,)
        assert work.households.settle(first.id, place.resident.id, True, NOW + MINUTE)
        assert not work.households.settle(first.id, place.resident.id, False, NOW + MINUTE)
        after = replace(first, settled_at=NOW + MINUTE, settled_by=place.resident.id, granted=True)
        assert work.households.knock_of(first.id) == after
        assert work.households.waiting(place.estate.id) == (second,)
        assert work.households.settle(second.id, None, False, NOW + HOUR)
        assert work.households.knocked(place.worker.id, NOW) == (
            after,
            work.households.knock_of(second.id),
        )
        assert [one.id for one in work.households.knocked(place.worker.id, NOW + MINUTE)] == [second.id]
        with pytest.raises(NotFound):
            work.households.knock_of(0)


def test_what_was_answered_long_ago_is_swept_away(database: Store):
    place = settled(database)
    with database.write() as work:
        old, new, unanswered = (work.households.knock(knock(place)) for _ in range(3))
        work.households.settle(old.id, place.resident.id, True, NOW)
        work.households.settle(new.id, place.resident.id, False, NOW + HOUR)
        assert work.sweep(BOT, NOW + HOUR) == 1
        assert work.sweep(BOT, NOW + HOUR) == 0
        left = work.households.knocked(place.worker.id, NOW)
        assert [one.id for one in left] == [new.id, unanswered.id]


def test_a_code_says_as_what_it_links_and_can_be_made_worthless(database: Store):
    place = settled(database)
    family = Code(
        hash="ab" * 32, estate_id=place.estate.id, home_id=place.home.id, home_role=HomeRole.FAMILY,
        lives_until=NOW + 3 * HOUR, issued_at=NOW, expires_at=NOW + HOUR, issued_by=place.resident.id,
    )  # fmt: skip
    with database.write() as work:
        work.people.issue(family)
        assert work.people.code("ab" * 32) == family
        assert work.households.void_codes(place.home.id, place.worker.id, NOW) == 0
        assert work.households.void_codes(place.home.id, place.resident.id, NOW) == 1
        assert work.households.void_codes(place.home.id, place.resident.id, NOW) == 0
        assert not work.people.spend("ab" * 32, place.worker.id, NOW)


def test_what_somebody_wishes_is_kept(database: Store):
    place = settled(database)
    with database.write() as work:
        wishes = Wishes(quiet=(NOW.time().replace(tzinfo=None), NOW.time()), off=(Notice.SURVEYS,))
        work.people.save(replace(place.resident, wishes=wishes, telegram_id=NOBODY - 4))
        kept = work.people.get(place.resident.id)
        assert (kept.wishes, kept.forgotten) == (wishes, True)


def closed(work: Work, place: Place, **changes):
    """A request that was closed an hour after it was opened, with words everywhere."""
    told: dict[str, Any] = {"media": (Media(kind="photo", file_id="f"),), "details": Details(phone="123")}
    request = file(work, place, **(told | changes))
    after = replace(request, state=State.CLOSED, version=2, closed_at=NOW + HOUR)
    worker = Actor(role=Role.WORKER, person_id=place.worker.id, name="王师傅")
    done = event(after, "confirmed", actor=worker, why="New washer", data={"media": []})
    work.requests.record(Change(request=after, event=done))
    work.surveys.save(
        Survey(request_id=request.id, estate_id=place.estate.id, resident_id=place.resident.id, asked_at=NOW,
               score=2, words="Late")
    )  # fmt: skip
    return after


def words_of(work: Work, request_id: int) -> list[object]:
    """Everything that somebody wrote about a request."""
    request, survey = work.requests.get(request_id), work.surveys.get(request_id)
    events = [(one.why, dict(one.data)) for one in work.requests.events(request_id)]
    return [request.problem, request.media, request.details, events, survey.words if survey else None]


NOTHING = ["", (), Details(), [("", {}), ("", {})], ""]


def test_the_words_of_old_requests_fade_a_piece_at_a_time(database: Store):
    place = settled(database)
    with database.write() as work:
        old = [closed(work, place).id for _ in range(3)]
        still_open = file(work, place)
        assert work.privacy.fade(place.estate.id, NOW + HOUR, NOW) == 0
        assert work.privacy.fade(place.estate.id + 1, NOW + 2 * HOUR, NOW) == 0
        assert work.privacy.fade(place.estate.id, NOW + 2 * HOUR, NOW, 2) == 2
        assert work.privacy.fade(place.estate.id, NOW + 2 * HOUR, NOW, 2) == 1
        assert work.privacy.fade(place.estate.id, NOW + 2 * HOUR, NOW, 2) == 0
        assert [words_of(work, one) for one in old] == [NOTHING] * 3
        assert work.requests.get(still_open.id) == still_open
        survey = work.surveys.get(old[0])
        assert survey is not None
        assert survey.score == 2
        assert work.requests.get(old[0]).state is State.CLOSED


def test_a_person_fades_at_once_and_only_their_own_closed_requests(database: Store):
    place = settled(database)
    with database.write() as work:
        mine = closed(work, place)
        other = closed(work, place, resident_id=place.worker.id)
        still_open = file(work, place)
        assert work.privacy.fade_person(place.resident.id, "Resident 1", NOW) == 1
        assert words_of(work, mine.id) == NOTHING
        assert work.requests.get(other.id).problem
        assert work.requests.get(still_open.id) == still_open
        signed = {one.actor.name for one in work.requests.events(mine.id)}
        assert signed == {"Resident 1", "王师傅"}


def test_talks_and_mail_of_a_person_are_dropped(database: Store):
    place = settled(database)
    with database.write() as work:
        work.runs.save(run("a", place.worker))
        work.runs.save(run("b", place.resident))
        asked = work.households.knock(knock(place, words="The son"))
        work.privacy.drop_talks(place.worker.id)
        assert work.runs.open(place.worker.id) is None
        assert work.runs.open(place.resident.id) is not None
        assert work.households.knock_of(asked.id).words == ""
        first = work.outbox.put(mail("a"))
        work.outbox.put(mail("b"))
        work.outbox.put(mail("c", chat_id=CHAT + 1))
        work.outbox.put(mail("d", since=NOW + MINUTE))
        work.outbox.settle([sent(first)], NOW)
        work.privacy.drop_mail(CHAT, NOW + MINUTE)
        assert work.outbox.message(BOT, CHAT, "a") is None
        assert [one.key for one in work.outbox.waiting(BOT, NOW)] == ["c", "d"]
