"""What an estate's file says: every value checked, every problem told at once, with its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.setup import (
    estate_answers as answers,
    estate_kinds as kinds,
    estate_services as services,
    estate_times as times,
    estate_values as values,
    estate_visitors as visitors,
)
from bot.setup.documents import Document, Problem, Route, WrongFile
from bot.setup.estate_toml import read_toml
from desk.records import Estate, FeeRules, Home, Promises, Queue, Rules, SurveyRules
from desk.records.answers import Answer
from desk.records.kinds import EstateKind
from desk.records.rules import AgainRules, CalendarRules, EmergencyRules, PrivacyRules
from desk.records.services import Service


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: how its value is read, and whether it may be left out."""

    read: Callable[[object], Any]
    needed: bool = False


ESTATE: Final = {
    "name": Key(values.text, needed=True),
    "title": Key(values.title),
    "time_zone": Key(values.zone, needed=True),
    "languages": Key(values.languages),
    "country": Key(values.country),
    "currency": Key(values.currency),
    "hours": Key(times.hours),
}
PROMISES: Final = {name: Key(times.promise) for name in ("respond", "solve", "answer", "confirm")}
SURVEY: Final = {"after": Key(times.span), "quiet": Key(times.quiet)}
DIGEST: Final = {"at": Key(times.clock)}
PRIVACY: Final = {"words": Key(times.promise)}
FEES: Final = {
    "before": Key(values.day_counts),
    "after": Key(values.day_counts),
    "most": Key(values.count),
    "at": Key(times.clock),
    "quiet": Key(times.quiet),
    "instructions": Key(values.paragraph),
}
VISITORS: Final = {
    "approval": Key(visitors.approval),
    "long": Key(times.promise),
    "guards_approve": Key(services.flag),
    "longest": Key(times.promise),
    "regular": Key(times.promise),
    "ahead": Key(times.span),
    "people": Key(visitors.most),
    "passes": Key(visitors.most),
    "hours": Key(visitors.hours),
    "gates": Key(visitors.gates),
    "queue": Key(values.queue_code),
    "answer": Key(times.promise),
    "keep": Key(times.promise),
}
HOME: Final = {
    "code": Key(values.home_code, needed=True),
    "area": Key(values.area),
    "building": Key(values.home_code),
    "floor": Key(values.floor),
}
QUEUE: Final = {
    "code": Key(values.queue_code, needed=True),
    "title": Key(values.title, needed=True),
    "kinds": Key(values.request_kinds),
    "hours": Key(times.hours),
}
SERVICE: Final = {
    "code": Key(services.code, needed=True),
    "title": Key(services.words, needed=True),
    "about": Key(services.words),
    "queue": Key(values.queue_code, needed=True),
    "kinds": Key(values.request_kinds),
    "fields": Key(services.questions, needed=True),
    "promise": Key(times.promise),
    "hours": Key(times.hours),
    "length": Key(times.promise),
    "room": Key(services.room),
    "ticket": Key(services.ticket),
    "open": Key(services.flag),
}
ANSWER: Final = {
    "code": Key(values.queue_code, needed=True),
    "questions": Key(answers.questions, needed=True),
    "answer": Key(answers.words, needed=True),
}
KIND: Final = {
    "code": Key(kinds.code, needed=True),
    "group": Key(kinds.group),
    "title": Key(values.title),
    "off": Key(kinds.yes),
    "queue": Key(values.queue_code),
    "priority": Key(kinds.priority),
    "respond": Key(times.promise),
    "solve": Key(times.promise),
    "terms": Key(kinds.terms),
    "price": Key(kinds.price),
    "unit": Key(values.title),
    "photo": Key(kinds.yes),
    "place": Key(kinds.place),
}
EMERGENCY: Final = {
    "hotline": Key(kinds.hotline),
    "repeat": Key(times.promise),
    "owners_after": Key(kinds.count),
    "most": Key(kinds.count),
}
AGAIN: Final = {
    "within": Key(times.promise),
    "repeat": Key(times.promise),
    "outage_homes": Key(kinds.count),
    "outage_within": Key(times.promise),
}
CALENDAR: Final = {"public": Key(kinds.yes), "closed": Key(kinds.days), "open": Key(kinds.days)}
TABLES: Final = (
    "emergency",
    "again",
    "calendar",
    "kinds",
    "estate",
    "promises",
    "survey",
    "digest",
    "fees",
    "visitors",
    "privacy",
    "homes",
    "queues",
    "services",
    "answers",
)


@dataclass(frozen=True, slots=True)
class EstateFile:
    """An estate as its file describes it. Ids, groups and topics are not in a file."""

    estate: Estate
    homes: tuple[Home, ...]
    queues: tuple[Queue, ...]
    #: each with the code of its queue
    services: tuple[tuple[str, Service], ...] = ()
    answers: tuple[Answer, ...] = ()
    #: what it makes of the taxonomy
    kinds: tuple[EstateKind, ...] = ()


def read_estate_file(file: Path) -> EstateFile:
    """Reads TOML or a spreadsheet; raises `WrongFile` with everything that is wrong in it."""
    return read_estate(open_document(file))


def open_document(file: Path) -> Document:
    """The file's values, not looked at yet; raises `WrongFile`."""
    suffix = file.suffix.lower()
    if suffix not in {".toml", ".xlsx"}:
        raise WrongFile(f"{file}: must be a .toml or an .xlsx file")
    try:
        if suffix == ".toml":
            return read_toml(file.name, file.read_text("utf-8-sig"))
        return _spreadsheet(file)
    except UnicodeDecodeError:
        raise WrongFile(f"{file}: is not written in UTF-8; save it anew as UTF-8") from None
    except OSError as error:
        raise WrongFile(f"{file}: cannot be read: {error.strerror}") from None


def _spreadsheet(file: Path) -> Document:
    from bot.setup.estate_xlsx import read_xlsx  # its reader is loaded only for those who use it

    with file.open("rb"):  # its own words for a missing file are longer than ours
        return read_xlsx(file)


def read_estate(document: Document) -> EstateFile:
    """What a document says; raises `WrongFile`."""
    form = _Form(document)
    form.known((), document.data, TABLES)
    told = {name: form.table((name,), keys) for name, keys in _SINGLE.items()}
    own = form.tables("kinds", KIND)
    form.once("kinds", own, "code")
    form.whole("kinds", own, kinds.fault)
    homes = form.tables("homes", HOME)
    queues = form.tables("queues", QUEUE)
    offered = form.tables("services", SERVICE)
    answered = form.tables("answers", ANSWER)
    form.once("answers", answered, "code")
    form.once("services", offered, "code")
    form.once("homes", homes, "code")
    form.once("queues", queues, "code")
    form.once("queues", queues, "kinds")
    form.finish()
    return EstateFile(
        _estate(told),
        tuple(Home(estate_id=0, **home) for home in homes),
        tuple(Queue(estate_id=0, **queue) for queue in queues),
        tuple((one.pop("queue"), Service(estate_id=0, queue_id=0, **one)) for one in offered),
        tuple(Answer(estate_id=0, words=one.pop("answer"), **one) for one in answered),
        kinds=tuple(map(kinds.kind, own)),
    )


_SINGLE: Final = {
    "emergency": EMERGENCY,
    "again": AGAIN,
    "calendar": CALENDAR,
    "estate": ESTATE,
    "promises": PROMISES,
    "survey": SURVEY,
    "digest": DIGEST,
    "fees": FEES,
    "visitors": VISITORS,
    "privacy": PRIVACY,
}


def _estate(told: Mapping[str, Mapping[str, Any]]) -> Estate:
    at = {"digest_at": told["digest"]["at"]} if "at" in told["digest"] else {}
    own = {name: value for name, value in told["estate"].items() if name != "title"}
    return Estate(
        **own,
        **at,
        promises=Promises(**told["promises"]),
        survey=SurveyRules(**told["survey"]),
        rules=Rules(
            title=told["estate"].get("title", {}),
            emergency=EmergencyRules(**told["emergency"]),
            again=AgainRules(**told["again"]),
            calendar=CalendarRules(**told["calendar"]),
            fees=FeeRules(**told["fees"]),
            visitors=visitors.rules(told["visitors"]),
            privacy=PrivacyRules(**told["privacy"]),
        ),
    )


@dataclass(slots=True)
class _Form:
    """Checks a document against what may be in it, and collects what is wrong."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def table(self, path: Route, keys: Mapping[str, Key]) -> dict[str, Any]:
        """One table's values, the wrong ones left out."""
        given = self._given(path)
        if not isinstance(given, Mapping):
            self._wrong(path, f'"{path[0]}" must be a table')
            return {}
        self.known(path, given, tuple(keys))
        return dict(self._values(path, given, keys))

    def tables(self, name: str, keys: Mapping[str, Key]) -> list[dict[str, Any]]:
        """A list of tables."""
        given = self.document.data.get(name, [])
        if not isinstance(given, list):
            self._wrong((name,), f'"{name}" must be a list: [[{name}]]')
            return []
        return [self.table((name, index), keys) for index in range(len(given))]

    def known(self, path: Route, given: Mapping[str, object], keys: tuple[str, ...]) -> None:
        """Nobody shall wonder why a misspelt key does nothing."""
        for key in given:
            if key not in keys:
                self._wrong((*path, key), f'unknown key "{key}"{values.guess(key, keys)}')

    def once(self, name: str, tables: list[dict[str, Any]], key: str) -> None:
        """What names something may name one thing only."""
        first: dict[str, str] = {}
        for index, table in enumerate(tables):
            path = (name, index, key)
            named = table.get(key, ())
            for value in (named,) if isinstance(named, str) else named:
                if value in first:
                    self._wrong(path, f'{key} "{value}" is there twice, first at {first[value]}')
                first.setdefault(value, self.document.place(path).shown)

    def whole(self, name: str, tables: list[dict[str, Any]], fault: Callable[[Any], str | None]) -> None:
        """What is wrong with a table as a whole."""
        for index, table in enumerate(tables):
            why = fault(table)
            if why is not None:
                self._wrong((name, index), why)

    def finish(self) -> None:
        """Raises `WrongFile` if anything was wrong, in the order of the file."""
        if self.problems:
            raise WrongFile(*sorted(self.problems, key=lambda problem: problem.place))

    def _given(self, path: Route) -> Any:
        given: Any = self.document.data
        for part in path:
            given = given.get(part, {}) if isinstance(given, Mapping) else given[part]
        return given

    def _values(
        self, path: Route, given: Mapping[str, object], keys: Mapping[str, Key]
    ) -> Iterator[tuple[str, Any]]:
        for name, key in keys.items():
            if name in given:
                try:
                    yield name, key.read(given[name])
                except ValueError as error:
                    self._wrong((*path, name), f"{name}: {error}")
            elif key.needed:
                self._wrong(path, f'"{name}" is missing in [{path[0]}]')

    def _wrong(self, path: Route, why: str) -> None:
        self.problems.append(Problem(self.document.place(path), why))
