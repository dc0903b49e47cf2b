"""Single-use start parameters: for a resident's home, and for a post."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from bot.setup.errors import NoEstate, NotThere, WhichEstate
from bot.setup.estate_values import guess
from desk.actions.joining import issue_home_code, issue_post_code
from desk.ports import Work
from desk.records import Estate, Home, HomeRole, Queue, Role


def invite(work: Work, estate: Estate, role: Role, queue_code: str, badge: str, now: datetime) -> str:
    """A code that makes whoever opens it first staff of the estate."""
    queue = find_queue(work, estate, queue_code) if queue_code else None
    code = new_code()
    issue_post_code(work, estate.id, role, queue, badge, code, now)
    return code


def home_code(work: Work, estate: Estate, home: str, now: datetime, role: HomeRole = HomeRole.OWNER) -> str:
    """A code that links whoever opens it first to a home."""
    code = new_code()
    issue_home_code(work, find_home(work, estate, home), code, now, role=role)
    return code


def new_code() -> str:
    """22 characters that Telegram takes as a start parameter, and that nobody guesses."""
    return secrets.token_urlsafe(16)


def find_estate(work: Work, name: str) -> Estate:
    """The estate of this name; the only one where no name is given. Raises `SetupError`."""
    estates = work.estates.all()
    if not estates:
        raise NoEstate
    if not name and len(estates) > 1:
        raise WhichEstate(next_step=f"They are: {_listed(one.name for one in estates)}.")
    found = [one for one in estates if name in {"", one.name}]
    return found[0] if found else _missing("estate", name, [one.name for one in estates])


def find_home(work: Work, estate: Estate, code: str) -> Home:
    """The home with this code; raises `NotThere`."""
    homes = {home.code: home for home in work.estates.homes(estate.id)}
    return homes.get(code) or _missing("home", code, homes)


def find_queue(work: Work, estate: Estate, code: str) -> Queue:
    """The queue with this code; raises `NotThere`."""
    queues = {queue.code: queue for queue in work.estates.queues(estate.id)}
    return queues.get(code) or _missing("queue", code, queues)


def _missing(kind: str, name: str, known: Iterable[str]) -> NoReturn:
    raise NotThere(kind, name, guess(name, known))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
