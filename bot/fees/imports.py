"""Fees by chat: the office sends a file, sees what it would change, and applies it with one tap.

Nothing is kept between the two but the file's id at Telegram and a fingerprint of what was shown, for a day,
in a timer: when it is applied, the file is fetched and compared with the desk anew, and whatever changed
meanwhile is shown again. It is no conversation, so that a mended file may be sent while the first one waits.
"""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, TypeAlias

from bot import layout
from bot.doings import changed
from bot.fees import faults, files
from bot.fees.arrears import desk_of
from bot.fees.faults import PROBLEMS, Summary
from bot.flows.base import Reads, Subject
from bot.scene import Scene
from desk.errors import NotAllowed
from desk.fees import accounts, reminding
from desk.fees.importing import plan
from desk.fees.plans import Plan, carry_out
from desk.fees.rows import Fault, Row
from desk.records import Json, Media, Person, Timer
from dialogs.engine.heard import Heard, Pictured
from locales.text import EMPTY, Lines, Text, Value, _

PURPOSE: Final = "fees"
#: for how long what was shown may be applied, and how much of its fingerprint a button carries
OFFERED, NAMED = timedelta(days=1), 16
OVER = _("This is over. Please send the file again.")
#: how the office's files are called
ENDINGS = (".xlsx", ".xls", ".csv", ".tsv")

#: the rows of a file, or why there are none
Found: TypeAlias = tuple[Row, ...] | Text


def hears(scene: Scene, person: Person, heard: Heard) -> bool:
    """A spreadsheet of somebody who looks after fees is an import; everybody else's is something else."""
    if not isinstance(heard, Pictured) or not heard.media.name.lower().endswith(ENDINGS):
        return False
    desk = desk_of(scene, person)
    if desk is None:
        return False
    if max(heard.size, heard.media.size) > files.LARGEST:
        desk.tell(person, files.too_large())
    else:
        desk.tell(person, _("📥 Reading {name} …", name=heard.media.name))
        desk.fetch(person, heard.media, PURPOSE, {"media": heard.media.to_json()})
    return True


def read(content: bytes) -> Found:
    """What is in a file."""
    try:
        return files.read(content)
    except files.UnreadableFile as error:
        return error.why


def take(scene: Scene, person: Person, subject: Subject, found: Found) -> None:
    """Shows what would change, or changes it if that is what was shown."""
    try:
        accounts.require_cashier(scene.session, person, scene.estate.id, scene.now)
    except NotAllowed:
        return scene.tell(person, _("Only those who look after the fees can import them."))
    scene.session.timers.cancel(_key(person))  # whatever was offered before is over
    if isinstance(found, Text):
        return scene.tell(person, found)
    return _planned(scene, person, subject, plan(scene.session, scene.estate, found, scene.now))


def _planned(scene: Scene, person: Person, subject: Subject, found: Plan) -> None:
    if found.faults:
        return _tell_faults(scene, person, found.faults)
    told = Summary(found, scene.estate.currency, scene.session.estates.homes(scene.estate.id)).lines()
    if not found.ready:
        return scene.tell(person, Lines((_("✅ All of it is there already: nothing to change."), *told)))
    shown = subject.get("plan")
    if shown == found.fingerprint:
        carry_out(scene.session, found)
        reminding.set_anew(scene.session, scene.estate, found.bills(), scene.now)
        changed("fees.imported", estate=scene.estate.id, by=person.id, records=len(found.entries))
        return scene.tell(person, Lines((_("✅ <b>Applied.</b>"), "", *told)))
    head = _("🔎 <b>This is what would change</b>")
    if shown is not None:
        head = _("🔎 <b>Something changed meanwhile, so nothing was applied. Now this would change</b>")
    return _offer(scene, person, subject, found.fingerprint, Lines((head, "", *told)))


def _tell_faults(scene: Scene, person: Person, found: Sequence[Fault]) -> None:
    """The first ones as a message, all of them as a file where they are many."""
    scene.tell(person, faults.problems(found))
    if len(found) <= PROBLEMS:
        return
    reader, sheet = scene.reader(person), io.StringIO()
    lines = csv.writer(sheet)
    for one in found:
        lines.writerow([reader.plain(faults.place(one.row)), reader.plain(faults.why(one))])
    scene.file(person, "problems.csv", f"\ufeff{sheet.getvalue()}", _("All rows that cannot be taken in"))


def _offer(scene: Scene, person: Person, subject: Subject, fingerprint: str, told: Lines) -> None:
    """What would change, over its buttons; what was offered before is over."""
    payload: dict[str, Json] = {"media": subject.get("media"), "plan": fingerprint, "estate": scene.estate.id}
    timer = Timer(key=_key(person), kind="fee_import", due_at=scene.now + OFFERED, payload=payload)
    scene.session.timers.set(timer)
    name = fingerprint[:NAMED]
    rows = [[layout.act(_("✅ Apply"), "fees_apply", name), layout.act(_("✖️ Cancel"), "fees_drop", name)]]
    end = _("Shall I apply this? Nothing has been changed yet.")
    scene.show(person, f"import/{name}", Lines((told, "", end)), rows, anew=True)


def _key(person: Person) -> str:
    return f"import/{person.id}"


def _offered(scene: Scene, person: Person, about: str) -> Timer | None:
    """What this button belongs to, if it still holds."""
    timer = scene.session.timers.get(_key(person))
    if timer is None or timer.due_at <= scene.now or not about:
        return None
    return timer if str(timer.payload.get("plan"))[:NAMED] == about else None


def apply(scene: Scene, person: Person, about: str) -> Value:
    """The file is fetched once more, and then applied."""
    offered = _offered(scene, person, about)
    if offered is None:
        return OVER
    estate, media = offered.payload["estate"], Media.all_from([offered.payload["media"]])
    desk = scene.at(scene.session.estates.get(estate if isinstance(estate, int) else 0))
    accounts.require_cashier(scene.session, person, desk.estate.id, scene.now)
    scene.session.timers.cancel(offered.key)
    wait = _("⏳ One moment: I look at the file once more, and apply it.")
    desk.show(person, f"import/{about}", wait)
    subject = {"media": offered.payload["media"], "plan": offered.payload["plan"]}
    desk.fetch(person, media[0], PURPOSE, subject)
    return EMPTY


def drop(scene: Scene, person: Person, about: str) -> Value:
    """Nothing changes."""
    offered = _offered(scene, person, about)
    if offered is None:
        return OVER
    scene.session.timers.cancel(offered.key)
    scene.show(person, f"import/{about}", _("✖️ Nothing was changed."))
    return EMPTY


FILES = {PURPOSE: Reads(read=read, take=take)}
