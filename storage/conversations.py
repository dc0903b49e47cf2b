"""Runs under way, and the updates that were taken in; in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from dialogs.engine.runs import Run, RunState
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Shape, Values
from storage.tables import RUN_OPEN, RUN_PARKED, dead_letters, runs, updates

RUN = Shape(Run, runs)

GET = Query(select(*RUN.columns).where(runs.c.id == bindparam("sought")), RUN.read)
OPEN_RUN = Query(select(*RUN.columns).where(runs.c.person_id == bindparam("person"), RUN_OPEN), RUN.read)
PARKED_RUN = Query(select(*RUN.columns).where(runs.c.person_id == bindparam("person"), RUN_PARKED), RUN.read)

#: The usual step: one more answer in a run that stays as it is, or goes on in another script. Nothing else
#: can be in its way then.
STEP = ("script", "subject", "answers", "touched_at")
CONTINUE = Prepared(update(runs).where(runs.c.id == bindparam("sought"), runs.c.state == bindparam("same")))
END_OTHER = Prepared(
    update(runs)
    .where(runs.c.person_id == bindparam("person"), runs.c.state == bindparam("same"))
    .where(runs.c.id != bindparam("sought"))
    .values(state=RunState.ENDED)
)
SAVE = Prepared(
    lambda into: (add := into(runs)).on_conflict_do_update(
        index_elements=["id"], set_={name: add.excluded[name] for name in RUN.names if name != "id"}
    )
)


class SqlRuns:
    """`dialogs.engine.runs.Runs` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def open(self, person_id: int) -> Run | None:
        """The run that the person is in."""
        return OPEN_RUN.first(self._link, {"person": person_id})

    def parked(self, person_id: int) -> Run | None:
        """The run set aside last."""
        return PARKED_RUN.first(self._link, {"person": person_id})

    def get(self, run_id: str) -> Run | None:
        """The run, ended or not, while it is still kept."""
        return GET.first(self._link, {"sought": run_id})

    def save(self, run: Run) -> None:
        """Adds or replaces. Opening or parking a run ends another of that person in the same state."""
        values = RUN.values(run)
        key: Values = {"sought": run.id, "same": run.state}
        step = {name: values[name] for name in STEP}
        if CONTINUE.change(self._link, {**step, **key}):
            return
        if run.state is not RunState.ENDED:
            END_OTHER.change(self._link, {"person": run.person_id, **key})
        SAVE.change(self._link, values)


NOTE = Prepared(lambda into: into(updates).on_conflict_do_nothing(index_elements=["bot_id", "update_id"]))
FAILED = Prepared(
    lambda into: (
        (add := into(dead_letters).values(failures=1))
        .on_conflict_do_update(
            index_elements=["bot_id", "update_id"],
            set_={
                "failures": dead_letters.c.failures + 1,
                "asked_at": None,  # it was tried; who wants it tried again asks again
                **{name: add.excluded[name] for name in ("error", "body", "last_at")},
            },
        )
        .returning(dead_letters.c.failures)
    )
)


class SqlInbox:
    """`dialogs.engine.runs.Inbox` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def first_time(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Notes the update id; False if it was noted before."""
        values = {"bot_id": bot_id, "update_id": update_id, "at": now}
        return NOTE.change(self._link, values) == 1

    def failed(self, bot_id: int, update_id: int, error: str, body: str, now: datetime) -> int:
        """Counts a failure and keeps the update aside; the number of failures so far."""
        values = {
            "bot_id": bot_id,
            "update_id": update_id,
            "error": storable(error),
            "body": storable(body),
            "first_at": now,
            "last_at": now,
        }
        failures: int = FAILED.value(self._link, values)
        return failures


def storable(text: str) -> str:
    """Without what no database takes as text; a failure's note must not be the next failure."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "�")
