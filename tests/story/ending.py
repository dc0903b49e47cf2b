"""How a story ended: what everybody sees, and what the database holds."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import text

from storage.work import Database, SqlWork
from tests.story.repair import Cast
from tests.story.transcript import show

Chats = dict[str, list[str]]


def chats(cast: Cast) -> Chats:
    """Every chat as it reads now, oldest first."""
    bot = cast.stage.bot
    people = (cast.owner, cast.resident, cast.worker, cast.other, cast.dispatcher)
    seen = {person.name: person.chat(bot) for person in people} | {"group": cast.owner.chat(cast.group)}
    return {name: [show(one) for one in found if not one.raw["service"]] for name, found in seen.items()}


@dataclass
class Undisturbed:
    """A story told without any accident: how it ended, and all that was ever to be seen on the way."""

    chats: Chats = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    def look(self, cast: Cast) -> None:
        """Notes what is to be seen now."""
        self.chats = chats(cast)
        self.shown.update(one for seen in self.chats.values() for one in seen)


def repeated(told: Undisturbed, seen: Chats) -> list[str]:
    """What stands in the chats twice. Everything has to be there, in its order, and nothing never said."""
    found: list[str] = []
    for name, expected in told.chats.items():
        left = iter([*expected, None])
        wanted = next(left)
        for one in seen[name]:
            if one == wanted:
                wanted = next(left)
            else:
                assert one in told.shown, f"never said before, in the chat of {name}: {one}"
                found.append(one)
        assert wanted is None, f"missing from the chat of {name}: {wanted}\n" + "\n".join(seen[name])
    return found


def history(work: SqlWork) -> dict[int, list[str]]:
    """What was done to each request, by its number: filed first, each step from where the last one ended."""
    found: dict[int, list[str]] = defaultdict(list)
    states: dict[int, str] = {}
    sql = (
        "SELECT number, name, before, after FROM events JOIN requests ON requests.id = request_id"
        " ORDER BY events.id"
    )
    for number, name, before, after in work.connection.execute(text(sql)):
        assert before == states.get(number), (
            f"R-{number}: {name} from {before}, not from {states.get(number)}"
        )
        assert bool(found[number]) != (name == "filed"), f"R-{number}: {found[number]}, {name}"
        found[number].append(name)
        states[number] = after
    return found


def check_kept(url: str) -> None:
    """The request once, with one claimer, one survey, and each event where the last one ended."""
    with Database(url) as database, database.read() as work:
        rows = work.connection.execute(text("SELECT number, state, worker_id FROM requests")).all()
        assert [(row.number, row.state) for row in rows] == [(1, "closed")]
        [names] = history(work).values()
        assert (names.count("filed"), names.count("claimed"), names.count("not_fixed")) == (1, 1, 1)
        assert (names.count("done"), names.count("confirmed")) == (2, 1)
        surveys = work.connection.execute(text("SELECT score FROM surveys")).all()
        assert [survey.score for survey in surveys] == [2]
        assert work.connection.execute(text("SELECT count(*) FROM dead_letters")).scalar_one() == 0
