"""The table of DESIGN §4, row by row: who may take which step from where, and where it leads."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desk import lifecycle
from desk.errors import NotAllowed, NotPossible
from desk.records import SYSTEM, Actor, Request, Role, State, Type
from tests.desk.office import HOUR, MONDAY

#: everybody who may try; the request is Lin's, and the job is Wang's wherever it is somebody's
CAST = {
    "resident": Actor(role=Role.RESIDENT, person_id=1, name="Lin"),
    "neighbour": Actor(role=Role.RESIDENT, person_id=2, name="Neighbour"),
    "worker": Actor(role=Role.WORKER, person_id=10, name="Wang"),
    "colleague": Actor(role=Role.WORKER, person_id=11, name="Zhao"),
    "guard": Actor(role=Role.GUARD, person_id=12),
    "fees": Actor(role=Role.FEES, person_id=13),
    "dispatcher": Actor(role=Role.DISPATCHER, person_id=14),
    "manager": Actor(role=Role.MANAGER, person_id=15),
    "owner": Actor(role=Role.OWNER, person_id=16),
    "system": SYSTEM,
}

#: where a request can stand; `hold/new` is one put on hold before anybody claimed it
PLACES: dict[str, dict[str, Any]] = {
    "new": {"worker_id": None},
    "assigned": {},
    "accepted": {},
    "scheduled": {},
    "in_progress": {},
    "wait/accepted": {"previous": State.ACCEPTED, "paused_at": MONDAY},
    "wait/in_progress": {"previous": State.IN_PROGRESS, "paused_at": MONDAY},
    "hold/new": {"previous": State.NEW, "worker_id": None},
    "hold/accepted": {"previous": State.ACCEPTED},
    "hold/in_progress": {"previous": State.IN_PROGRESS},
    "done": {},
    "closed": {},
    "cancelled": {},
    "rejected": {},
    "duplicate": {},
}

NAMES = {"wait": State.WAITING_RESIDENT, "hold": State.ON_HOLD}
OFFICE = "dispatcher manager owner"
OPEN = (
    "new assigned accepted scheduled in_progress "
    "wait/accepted wait/in_progress hold/new hold/accepted hold/in_progress"
)
UNASKED = " ".join(place for place in OPEN.split() if not place.startswith("wait"))
STOPPABLE = "in_progress wait/accepted wait/in_progress hold/new hold/accepted hold/in_progress"

#: step | from | to (`=` stays, `<` goes back) | who
TABLE = f"""
claimed           | new                                            | accepted | worker colleague {OFFICE}
assigned          | new assigned                                   | assigned | {OFFICE} system
accepted          | assigned                                       | accepted | worker
declined          | assigned                                       | new      | worker system
on_the_way        | accepted scheduled                             | =        | worker {OFFICE}
started           | accepted scheduled                             | in_progress | worker {OFFICE}
asked             | accepted scheduled in_progress                 | waiting_resident | worker {OFFICE}
answered          | wait/accepted wait/in_progress                 | <        | resident
held              | new                                            | on_hold  | {OFFICE} system
held              | assigned accepted scheduled in_progress        | on_hold  | worker {OFFICE} system
held              | wait/accepted wait/in_progress                 | on_hold  | worker {OFFICE} system
resumed           | hold/new                                       | <        | {OFFICE} system
resumed           | hold/accepted hold/in_progress                 | <        | worker {OFFICE} system
released          | accepted scheduled in_progress                 | new      | worker {OFFICE} system
released          | wait/accepted wait/in_progress                 | new      | worker {OFFICE} system
released          | hold/new                                       | new      | {OFFICE} system
released          | hold/accepted hold/in_progress                 | new      | worker {OFFICE} system
transferred       | accepted scheduled in_progress                 | assigned | worker {OFFICE}
transferred       | hold/accepted hold/in_progress                 | assigned | worker {OFFICE}
transferred       | hold/new                                       | assigned | {OFFICE}
done              | accepted in_progress                           | done     | worker {OFFICE}
confirmed         | done                                           | closed   | resident manager owner
closed_unanswered | done                                           | closed   | system
not_fixed         | done                                           | accepted | resident
not_fixed_again   | done                                           | new      | resident
cancelled         | new assigned accepted scheduled                | cancelled | resident {OFFICE}
cancelled         | wait/accepted hold/new hold/accepted           | cancelled | resident {OFFICE}
cancelled         | in_progress wait/in_progress hold/in_progress  | cancelled | {OFFICE}
answered_late     | hold/new hold/accepted hold/in_progress        | <        | resident
noted             | {OPEN} done                                    | =        | resident
hurried           | {UNASKED}                                      | =        | resident
reopened          | closed cancelled                               | =        | resident {OFFICE}
cancel_asked      | {STOPPABLE}                                    | =        | resident
cancel_refused    | {STOPPABLE}                                    | =        | {OFFICE}
appealed          | rejected                                       | new      | resident
followed          | {OPEN} done                                    | =        | resident
unfollowed        | {OPEN} done                                    | =        | resident
gathered          | {OPEN} done                                    | =        | {OFFICE}
parted            | {" ".join(PLACES)}                             | =        | {OFFICE}
merged            | {OPEN}                                         | duplicate | {OFFICE}
unmerged          | duplicate                                      | new      | {OFFICE}
rejected          | new assigned                                   | rejected | {OFFICE}
escalated         | new                                            | =        | system
located           | {OPEN}                                         | =        | resident
alerted           | new assigned                                   | =        | system
"""

REASONS_OWED = {
    "declined", "asked", "answered", "held", "released", "transferred", "done", "rejected",
    "not_fixed", "not_fixed_again", "answered_late", "noted", "reopened", "cancel_refused", "appealed",
}  # fmt: skip


def rows() -> dict[tuple[str, str], tuple[str, set[str]]]:
    """(step, from) → (to, who)."""
    found: dict[tuple[str, str], tuple[str, set[str]]] = {}
    for line in TABLE.strip().splitlines():
        step, places, to, who = (cell.strip() for cell in line.split("|"))
        found |= {(step, place): (to, set(who.split())) for place in places.split()}
    return found


ROWS = rows()


def standing(place: str, **changes: Any) -> Request:
    """Lin's request where `place` says."""
    state = NAMES.get(place.partition("/")[0]) or State(place)
    known: dict[str, Any] = {
        "id": 7,
        "estate_id": 1,
        "resident_id": 1,
        "home_id": 1,
        "queue_id": 1,
        "kind": "leak",
        "problem": "drip",
        "worker_id": 10,
        "version": 3,
        "opened_at": MONDAY,
        "respond_by": MONDAY + HOUR,
        "solve_by": MONDAY + 24 * HOUR,
        "state": state,
    }
    return Request(**(known | PLACES[place] | changes))


#: the steps of every type of request; those of some are tried where these are (`test_discretion`)
EVERYBODYS = [name for name, step in lifecycle.STEPS.items() if step.types is None]


def test_every_step_and_every_place_is_in_the_table():
    assert {step for step, _ in ROWS} == set(EVERYBODYS)
    assert {place for _, place in ROWS} <= set(PLACES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("step", EVERYBODYS)
def test_who_may_take_a_step_from_where(step, place):
    request = standing(place)
    may = {who for who, actor in CAST.items() if lifecycle.possible(request, step, actor)}
    assert may == ROWS.get((step, place), ("", set()))[1]


@pytest.mark.parametrize("step, place", ROWS)
def test_where_a_step_leads(step, place):
    to, who = ROWS[step, place]
    request = standing(place)
    change = lifecycle.take(request, step, CAST[min(who)], MONDAY + HOUR, "because")
    wanted = {"=": request.state, "<": request.previous}.get(to) or State(to)
    assert change.request.state is wanted
    assert change.request.version == request.version + 1
    event = change.event
    assert (event.name, event.before, event.after) == (step, request.state, wanted)
    assert (event.actor, event.at, event.why) == (CAST[min(who)], MONDAY + HOUR, "because")
    assert (event.request_id, event.estate_id) == (request.id, request.estate_id)


@pytest.mark.parametrize("step", EVERYBODYS)
def test_a_reason_is_owed_where_somebody_else_has_to_live_with_it(step):
    place, who = next((place, row[1]) for (name, place), row in ROWS.items() if name == step)
    request, actor = standing(place), CAST[min(who)]
    if step in REASONS_OWED:
        with pytest.raises(NotPossible, match="reason"):
            lifecycle.take(request, step, actor, MONDAY, " \n")
    else:
        lifecycle.take(request, step, actor, MONDAY)


def test_who_may_not_hears_so_even_where_nothing_is_possible():
    with pytest.raises(NotAllowed):
        lifecycle.take(standing("closed"), "claimed", CAST["guard"], MONDAY)
    with pytest.raises(NotPossible):
        lifecycle.take(standing("closed"), "claimed", CAST["colleague"], MONDAY)


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.MANAGER, Role.OWNER])
def test_nobody_closes_their_own_work_whatever_else_they_are(role):
    request = standing("done", resident_id=10)
    assert not lifecycle.possible(request, "confirmed", Actor(role=role, person_id=10))


@pytest.mark.parametrize("step, place", [row for row in ROWS if ROWS[row][0] == "new"])
def test_what_is_new_again_is_nobodys(step, place):
    actor = CAST[min(ROWS[step, place][1])]
    again = lifecycle.take(standing(place), step, actor, MONDAY, "because").request
    assert (again.worker_id, again.previous, again.hold_until) == (None, None, None)


def test_a_pause_remembers_the_way_back_through_a_second_pause():
    asked = lifecycle.take(standing("in_progress"), "asked", CAST["worker"], MONDAY, "Which tap?").request
    held = lifecycle.take(asked, "held", SYSTEM, MONDAY, "No answer", hold_until=MONDAY + HOUR).request
    resumed = lifecycle.take(held, "resumed", SYSTEM, MONDAY).request
    assert (asked.previous, held.previous, held.hold_until) == (
        State.IN_PROGRESS,
        State.IN_PROGRESS,
        MONDAY + HOUR,
    )
    assert (resumed.state, resumed.previous, resumed.hold_until) == (State.IN_PROGRESS, None, None)


def test_promises_move_by_exactly_the_time_that_the_resident_was_waited_for():
    before = standing("accepted")
    asked = lifecycle.take(before, "asked", CAST["worker"], MONDAY, "When?").request
    assert (asked.paused_at, asked.solve_by) == (MONDAY, before.solve_by)
    wait = timedelta(hours=5, seconds=7)
    change = lifecycle.take(asked, "answered", CAST["resident"], MONDAY + wait, "Now")
    assert change.request.paused_at is None
    assert change.request.respond_by == before.respond_by + wait
    assert change.request.solve_by == before.solve_by + wait
    assert change.event.data == {"solve_by": (before.solve_by + wait).isoformat()}


def test_a_hold_of_our_own_does_not_stop_the_clock():
    before = standing("accepted")
    held = lifecycle.take(before, "held", CAST["worker"], MONDAY, "Parts").request
    back = lifecycle.take(held, "resumed", CAST["worker"], MONDAY + HOUR).request
    assert (back.paused_at, back.solve_by) == (None, before.solve_by)


def test_a_step_keeps_everything_else():
    before = standing("accepted", problem="Drip", not_fixed=1)
    after = lifecycle.take(before, "started", CAST["worker"], MONDAY).request
    assert after == replace(before, state=State.IN_PROGRESS, version=4)


def test_the_time_of_a_repair_is_changed_by_resident_worker_and_office_until_it_begins():
    for place in ("new", "assigned", "accepted", "scheduled", "in_progress", "done"):
        may = {who for who, actor in CAST.items() if lifecycle.possible(standing(place), "moved", actor)}
        crew = set() if place == "new" else {"worker"}
        unbegun = {"resident", "dispatcher", "manager", "owner"} | crew
        assert may == (unbegun if State(place) in lifecycle.UNBEGUN else set())


def test_slots_of_a_service_are_not_changed_by_chat():
    service = standing("new", type=Type.SERVICE)
    assert not lifecycle.possible(service, "moved", CAST["resident"])


@pytest.mark.parametrize("step", ["followed", "unfollowed", "not_fixed", "not_fixed_again", "reopened"])
def test_a_neighbour_with_a_part_in_it_may_what_touches_them_too(step):
    place = {"followed": "new", "unfollowed": "new", "reopened": "closed"}.get(step, "done")
    request, neighbour = standing(place), CAST["neighbour"]
    with pytest.raises(NotAllowed):
        lifecycle.take(request, step, neighbour, MONDAY, "because")
    change = lifecycle.take(request, step, neighbour, MONDAY, "because", neighbour=True)
    assert change.event.actor == neighbour


@pytest.mark.parametrize("step, place", [("cancelled", "new"), ("noted", "new"), ("confirmed", "done")])
def test_and_nothing_that_is_for_the_resident_alone(step, place):
    with pytest.raises(NotAllowed):
        lifecycle.take(standing(place), step, CAST["neighbour"], MONDAY, "because", neighbour=True)
