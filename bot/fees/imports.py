"""Fees by chat: the office sends a file, sees what it would change, and applies it with one tap.

Nothing is kept between the two but the file's id at Telegram and a fingerprint of what was shown: when it is
applied, the file is fetched and compared with the desk anew, and whatever changed meanwhile is shown again.
"""

import csv
import io
from collections.abc import Sequence
from typing import TypeAlias

from bot.doings import changed
from bot.fees import faults, files
from bot.fees.arrears import desk_of
from bot.fees.faults import PROBLEMS, Summary
from bot.flows.base import Begin, Reads, Subject
from bot.scene import Scene
from desk.actions.fees import FeesApplied
from desk.errors import NotAllowed
from desk.fees import accounts, reminding
from desk.fees.importing import plan
from desk.fees.plans import Plan, carry_out
from desk.fees.rows import Fault, Row
from desk.records import Person
from dialogs.engine.heard import Heard, Pictured
from locales.text import Lines, Text, _

PURPOSE = "fees"
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


def take(scene: Scene, person: Person, subject: Subject, found: Found) -> Begin | None:
    """Shows what would change, or changes it if that is what was shown."""
    try:
        accounts.require_cashier(scene.session, person, scene.estate.id, scene.now)
    except NotAllowed:
        scene.tell(person, _("Only those who look after the fees can import them."))
        return None
    if isinstance(found, Text):
        scene.tell(person, found)
        return None
    return _planned(scene, person, subject, plan(scene.session, scene.estate, found, scene.now))


def _planned(scene: Scene, person: Person, subject: Subject, found: Plan) -> Begin | None:
    if found.faults:
        _tell_faults(scene, person, found.faults)
        return None
    told = Summary(found, scene.estate.currency, scene.session.estates.homes(scene.estate.id)).lines()
    if not found.ready:
        scene.tell(person, Lines((_("✅ All of it is there already: nothing to change."), *told)))
        return None
    shown = subject.get("plan")
    if shown == found.fingerprint:
        carry_out(scene.session, found)
        reminding.set_anew(scene.session, scene.estate, found.bills(), scene.now)
        changed("fees.imported", estate=scene.estate.id, by=person.id, records=len(found.entries))
        scene.tell(person, Lines((_("✅ <b>Applied.</b>"), "", *told)))
        return None
    head = _("🔎 <b>This is what would change</b>")
    if shown is not None:
        head = _("🔎 <b>Something changed meanwhile, so nothing was applied. Now this would change</b>")
    scene.tell(person, Lines((head, "", *told)))
    return Begin(
        script="import_fees", subject={**subject, "plan": found.fingerprint, "estate": scene.estate.id}
    )


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


def apply(scene: Scene, person: Person, result: FeesApplied) -> None:
    """Somebody tapped Apply: the file is fetched once more."""
    subject: Subject = {"media": result.media.to_json(), "plan": result.fingerprint}
    scene.fetch(person, result.media, PURPOSE, subject)


FILES = {PURPOSE: Reads(read=read, take=take)}
