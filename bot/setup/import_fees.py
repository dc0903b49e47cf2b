"""Fees from the command line: what a file would change, or the change itself."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.fees import files
from bot.fees.faults import Summary, problem
from bot.setup.codes import find_estate
from bot.setup.documents import WrongFile
from desk.fees import reminding
from desk.fees.importing import plan
from desk.fees.plans import carry_out
from desk.fees.rows import Row
from desk.ports import Work
from locales.words import SOURCE, words


def read_fees(file: Path) -> tuple[Row, ...]:
    """The rows of a file; raises `WrongFile`."""
    try:
        return files.read(file.read_bytes())
    except OSError as error:
        raise WrongFile(f"{file}: cannot be read: {error.strerror}") from None
    except files.UnreadableFile as error:
        raise WrongFile(f"{file.name}: {error.why}") from None


def import_fees(
    work: Work, estate_name: str, name: str, rows: Sequence[Row], now: datetime, *, apply: bool
) -> list[str]:
    """What changes, in lines; raises `WrongFile` with every bad row, and then nothing does."""
    estate = find_estate(work, estate_name)
    found, said = plan(work, estate, rows, now), words(SOURCE, estate.time_zone).plain
    if found.faults:
        raise WrongFile(*(f"{name}: {said(problem(one))}" for one in found.faults))
    if apply:
        carry_out(work, found)
        reminding.set_anew(work, estate, found.bills(), now)
    told = Summary(found, estate.currency, work.estates.homes(estate.id)).lines()
    if not found.entries:
        return [*(said(line) for line in told), "Nothing to change."]
    end = "Applied." if apply else "Nothing was changed: a dry run. Say --apply to carry it out."
    return [*(said(line) for line in told), end]
