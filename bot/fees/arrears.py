"""Who is behind, for those who look after the fees: doors and sums, and not a word of who lives there."""

import csv
import io
from datetime import timedelta
from typing import Final

from bot import layout
from bot.scene import Scene, Tap
from desk.errors import NotAllowed
from desk.fees import accounts
from desk.fees.accounts import today_at
from desk.fees.money import ZERO
from desk.records import Person
from desk.records.fees import Standing
from dialogs.names import estate_name
from locales.text import EMPTY, Joined, Lines, Money, Value, _, _n

#: how many homes the page names
MOST: Final = 10


def desk_of(scene: Scene, person: Person) -> Scene | None:
    """The desk whose fees this person looks after: this one, else the first."""
    posts = scene.session.people.staff_of(person.id, scene.now)
    ids = [post.estate_id for post in posts if post.role in accounts.CASHIERS]
    if not ids:
        return None
    return scene if scene.estate.id in ids else scene.at(scene.session.estates.get(ids[0]))


def overdue(scene: Scene) -> list[Standing]:
    """Every home that owes something of what was due before today, the most first. What is disputed counts:
    the office sees what is open, whatever comes of it."""
    yesterday = today_at(scene.estate, scene.now) - timedelta(days=1)
    behind = [one for one in scene.session.fees.standings(scene.estate.id, yesterday) if one.owed > 0]
    return sorted(behind, key=lambda one: (-one.owed, one.home_id))


def show_arrears(scene: Scene, person: Person, about: str) -> None:
    """The sum, and the homes that owe the most."""
    desk = desk_of(scene, person)
    if desk is None:
        return scene.tell(person, _("Only those who look after the fees see this."))
    found, currency = overdue(desk), desk.estate.currency
    head = _("📉 <b>Overdue fees of {estate}</b>", estate=estate_name(desk.estate))
    if not found:
        return desk.tell(person, Lines((head, "", _("✅ Nobody is behind."))))
    total = sum((one.owed for one in found), ZERO)
    lines: list[Value] = [
        _n(
            "{n} home owes <b>{amount}</b>",
            "{n} homes owe <b>{amount}</b>",
            len(found),
            amount=Money(total, currency),
        ),
        "",
        *(_line(desk, one, currency) for one in found[:MOST]),
    ]
    rest = len(found) - MOST
    rows: list[list[Tap]] = [[layout.act(_("📄 All as a file"), "arrears_file")]]
    more = _n("and {n} more", "and {n} more", rest) if rest > 0 else EMPTY
    return desk.tell(person, Lines((head, "", *lines, more)), rows)


def _line(scene: Scene, one: Standing, currency: str) -> Value:
    """A home; marked where something of it is in dispute."""
    home = scene.session.estates.home(one.home_id)
    disputed = accounts.account(scene.session, home).disputed
    return Joined((home.code, Money(one.owed, currency), "⚖️" if disputed else ""), " ")


def send_file(scene: Scene, person: Person, about: str) -> Value:
    """All homes that are behind, for a spreadsheet."""
    desk = desk_of(scene, person)
    if desk is None:
        raise NotAllowed
    homes = {home.id: home.code for home in desk.session.estates.homes(desk.estate.id)}
    sheet = io.StringIO()
    lines = csv.writer(sheet)
    lines.writerow(["home", "overdue", "currency"])
    for one in overdue(desk):
        lines.writerow([homes[one.home_id], f"{one.owed}", desk.estate.currency])
    day = today_at(desk.estate, desk.now)
    caption = _("📉 Overdue fees of {estate}, {day}", estate=estate_name(desk.estate), day=day)
    desk.file(person, f"arrears-{day.isoformat()}.csv", f"\ufeff{sheet.getvalue()}", caption)
    return EMPTY
