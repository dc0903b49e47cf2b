"""What happened in a stretch of time: the same rows from SQLite, PostgreSQL and memory."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from desk.figures import Comment, DayFigures, Job, KindCount, Move, Oldest, Score, Standing
from desk.records import Change, Request, State, Survey
from desk.statistics import digest
from storage.work import Database
from tests.contracts.samples import HOUR, NOW, Place, Store, Work, event, file, settled
from tests.storage.test_plans import listening

DAY = timedelta(days=1)


def moved(work: Work, request: Request, after: State, at: datetime, **changes) -> Request:
    """Takes a request to another state."""
    later = replace(request, state=after, version=request.version + 1, **changes)
    note = event(request, "moved", at=at, before=request.state, after=after)
    return work.requests.record(Change(request=later, event=note)).request


def as_job(request: Request) -> Job:
    """What the statistics know of a request."""
    return Job(
        id=request.id,
        number=request.number,
        kind=request.kind,
        opened_at=request.opened_at,
        solve_by=request.solve_by,
        paused_at=request.paused_at,
    )


def scored(
    work: Work, place: Place, request: Request, score: int | None, at: datetime | None, words: str = ""
):
    """Keeps an answer to a survey."""
    work.surveys.save(
        Survey(
            request_id=request.id,
            estate_id=place.estate.id,
            resident_id=place.resident.id,
            asked_at=NOW,
            score=score,
            answered_at=at,
            words=words,
        )
    )


def test_moves_tell_the_whole_story_of_each_request_that_changed_in_the_range(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        untouched = file(work, place)
        old = file(work, place)
        claimed = moved(work, old, State.ACCEPTED, NOW + HOUR)
        asked = moved(work, claimed, State.WAITING_RESIDENT, NOW + DAY, paused_at=NOW + DAY)
        moved(work, file(work, other), State.ACCEPTED, NOW + DAY)
        found = work.statistics.moves(place.estate.id, NOW + DAY, NOW + 2 * DAY)
    job = as_job(asked)
    assert job.paused_at == NOW + DAY
    assert untouched.id not in {move.job.id for move in found}
    assert found == (
        Move(job=job, at=NOW, before=None, after=State.NEW),
        Move(job=job, at=NOW + HOUR, before=State.NEW, after=State.ACCEPTED),
        Move(job=job, at=NOW + DAY, before=State.ACCEPTED, after=State.WAITING_RESIDENT),
    )


def test_moves_leave_out_what_comes_later_and_what_changes_no_state(database: Store):
    place = settled(database)
    with database.write() as work:
        request = file(work, place)
        warned = moved(work, request, State.NEW, NOW + HOUR)
        moved(work, warned, State.ACCEPTED, NOW + 2 * HOUR)
        found = work.statistics.moves(place.estate.id, NOW + HOUR, NOW + 2 * HOUR)
        none = work.statistics.moves(place.estate.id, NOW + 2 * HOUR + HOUR, NOW + DAY)
    assert [(move.before, move.after) for move in found] == [(None, State.NEW)]
    assert none == ()


def test_moves_come_request_by_request(database: Store):
    place = settled(database)
    with database.write() as work:
        first, second = file(work, place), file(work, place)
        for request in (second, first):
            moved(work, request, State.ACCEPTED, NOW + HOUR)
        found = work.statistics.moves(place.estate.id, NOW, NOW + DAY)
    assert [move.job.id for move in found] == [first.id, first.id, second.id, second.id]


def test_what_was_open_is_told_in_the_state_of_then(database: Store):
    place = settled(database)
    with database.write() as work:
        resting = file(work, place, opened_at=NOW - DAY)
        claimed = moved(work, file(work, place), State.ACCEPTED, NOW + HOUR)
        done = moved(work, claimed, State.DONE, NOW + 3 * HOUR)
        file(work, place, opened_at=NOW + 2 * HOUR)
        statistics, estate = work.statistics, place.estate.id
        at = {hours: statistics.open_at(estate, NOW + hours * HOUR) for hours in (-48, 0, 1, 2, 3, 4)}
    first = Standing(job=as_job(resting), state=State.NEW)
    assert at[-48] == ()
    assert at[0] == (first,)
    assert at[1] == (first, Standing(job=as_job(done), state=State.NEW))
    assert at[2] == (first, Standing(job=as_job(done), state=State.ACCEPTED))
    assert [standing.state for standing in at[3]] == [State.NEW, State.ACCEPTED, State.NEW]
    assert [standing.state for standing in at[4]] == [State.NEW, State.NEW]


def test_what_was_reopened_is_open_again(database: Store):
    place = settled(database)
    with database.write() as work:
        done = moved(work, file(work, place), State.DONE, NOW + HOUR)
        moved(work, done, State.NEW, NOW + 2 * HOUR)
        counts = [len(work.statistics.open_at(place.estate.id, NOW + n * HOUR)) for n in (1, 2, 3)]
    assert counts == [1, 0, 1]


def test_other_estates_are_not_open_here(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        file(work, other)
        assert work.statistics.open_at(place.estate.id, NOW + HOUR) == ()
        assert len(work.statistics.open_at(other.estate.id, NOW + HOUR)) == 1


def test_scores_are_those_given_in_the_range(database: Store):
    place, other = settled(database), settled(database, "B")
    with database.write() as work:
        early, late, end, silent = (file(work, place) for _ in range(4))
        scored(work, place, late, 5, NOW + 2 * HOUR)
        scored(work, place, early, 1, NOW, "慢死了")
        scored(work, place, end, 4, NOW + DAY)
        scored(work, place, silent, None, None)
        scored(work, other, file(work, other), 3, NOW)
        found = work.statistics.scores(place.estate.id, NOW, NOW + DAY)
    assert found == (
        Score(number=early.number, score=1, words="慢死了", at=NOW),
        Score(number=late.number, score=5, words="", at=NOW + 2 * HOUR),
    )


def test_a_digest_says_the_same_whenever_it_is_made(database: Store):
    place = settled(database)
    tomorrow = NOW + DAY
    with database.write() as work:
        held = file(work, place, opened_at=NOW - 5 * DAY, solve_by=NOW - 4 * DAY, kind="lift")
        moved(work, held, State.ACCEPTED, NOW - 5 * DAY + HOUR)
        claimed = moved(work, file(work, place, kind="leak"), State.ACCEPTED, NOW + HOUR)
        done = moved(work, claimed, State.DONE, NOW + 3 * HOUR)
        closed = moved(work, done, State.CLOSED, NOW + 4 * HOUR)
        scored(work, place, closed, 2, NOW + 5 * HOUR, "太慢")
        file(work, place, kind="leak", opened_at=NOW + HOUR)
        first = digest(work, place.estate, date(2026, 3, 1))
        for request in work.requests.find(place.estate.id, states=[State.NEW, State.ACCEPTED]):
            moved(work, request, State.DONE, tomorrow)
        again = digest(work, place.estate, date(2026, 3, 1))
        next_day = digest(work, place.estate, date(2026, 3, 2))
    midnight = datetime.fromisoformat("2026-03-02T00:00+08:00")
    assert first == again
    assert first.day == DayFigures(
        day=date(2026, 3, 1),
        new=2,
        closed=1,
        backlog=2,
        oldest=Oldest(number=1, kind="lift", age=midnight - (NOW - 5 * DAY)),
        unclaimed=1,
        late=1,
        claim_median=HOUR,
        solve_median=3 * HOUR,
        score=Decimal("2.00"),
        score_count=1,
        worst=Comment(number=2, score=2, words="太慢"),
        kinds=(KindCount(kind="leak", count=2),),
    )
    assert [day.new for day in first.week] == [0, 0, 1, 0, 0, 0, 0]
    assert [day.backlog for day in first.week] == [0, 0, 1, 1, 1, 1, 1]
    assert (next_day.day.backlog, next_day.week[-1]) == (0, first.day)


def test_sqlite_reads_a_digest_from_indexes_only(sqlite_database: Database):
    place = settled(sqlite_database)
    with sqlite_database.write() as work:
        with listening() as heard:
            digest(work, place.estate, NOW.date())
        plans = [
            work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", wanted).all()
            for said, wanted in heard
        ]
    scans = [str(row[-1]) for plan in plans for row in plan if str(row[-1]).startswith("SCAN")]
    assert len(heard) == 5
    assert scans == []
    assert not any("estate_opened" in str(row[-1]) for plan in plans for row in plan)
