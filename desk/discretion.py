"""Who may know of what somebody said in confidence: a complaint never comes to whom it is against.

What is discreet is the office's alone: no worker sees it, and no staff group. A complaint against somebody
who leads the estate stays among the other leaders, and so does one against a colleague whom nobody has named
yet, since it may be anybody of the office.
"""

from datetime import datetime

from desk.errors import NotFound
from desk.lifecycle import DISCREET, LEADERS, OFFICE
from desk.ports import Work
from desk.records import Person, Request, Role, Type

#: the kind of complaint that is about a colleague
ABOUT_STAFF = "c_staff"


def is_discreet(request: Request) -> bool:
    """Whether it is for the office alone."""
    return request.type in DISCREET


def circle(work: Work, request: Request, now: datetime) -> frozenset[int]:
    """Everybody of the staff who may know of something discreet."""
    held = work.people.staff(request.estate_id, now)
    leaders = {post.person_id for post in held if post.role in LEADERS}
    office = {post.person_id for post in held if post.role in OFFICE} - {request.accused_id}
    unnamed = request.kind == ABOUT_STAFF and request.accused_id is None
    above = unnamed or request.accused_id in leaders
    return frozenset((leaders - {request.accused_id}) or office) if above else frozenset(office)


def told(work: Work, request: Request, now: datetime, *roles: Role) -> tuple[Person, ...]:
    """Those in the circle who hold one of these posts; where nobody does, the whole circle."""
    known = circle(work, request, now)
    held = work.people.staff(request.estate_id, now)
    ids = dict.fromkeys(
        post.person_id for post in held if post.person_id in known and (post.role in roles)
    ) or dict.fromkeys(post.person_id for post in held if post.person_id in known)
    return tuple(work.people.get(one) for one in ids)


def may_see(work: Work, request: Request, person_id: int, now: datetime) -> bool:
    """Whether somebody may know of a request, as far as discretion goes."""
    if request.accused_id == person_id:
        return False
    if not is_discreet(request) or request.resident_id == person_id:
        return True
    praised = request.type is Type.PRAISE and request.worker_id == person_id
    return praised or person_id in circle(work, request, now)


def require(work: Work, request: Request, person_id: int, now: datetime) -> None:
    """Raises `NotFound` for who may not know of it, as if there were nothing."""
    if not may_see(work, request, person_id, now):
        raise NotFound
