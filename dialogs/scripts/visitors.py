"""Visitors: registering one, saying why not, and somebody who stands at the gate without a pass."""

import re
from collections.abc import Sequence
from zlib import crc32
from zoneinfo import ZoneInfo

from desk import plates
from desk.actions.gate import AskHome, gates_of
from desk.actions.visitors import RefuseVisitor, RegisterVisitor, passes_left
from desk.errors import NotAllowed
from desk.records import Estate, Home
from desk.records.rules import VisitorRules
from desk.records.visitors import Mode, Visitor
from desk.taxonomy import visit_reasons
from desk.view import DeskView
from desk.visit_rules import asks_office
from dialogs.names import estate_name, gate_name
from dialogs.questions.asking import Suggestion
from dialogs.questions.choices import Option
from dialogs.questions.reviewing import Line
from dialogs.said import Said, said
from dialogs.scripts.elsewhere import HandOver
from dialogs.scripts.instead import misunderstood, shortcuts
from dialogs.scripts.repair import pick_home
from dialogs.scripts.visiting_times import Calendar, Times, people_in_words, times, weekdays
from dialogs.talk import Talk
from locales.text import Joined, Text, Typed, _, _n, verbatim

#: how long a name may be, and how many people can be tapped
LONGEST_NAME, TAPPED = 60, 6
#: how many homes of one name are listed
SHOWN = 8
#: why somebody comes of whom nothing else was said (`desk/taxonomy.json`)
FRIENDS = "family"
MODES = {
    Mode.ONCE: _("Once"),
    Mode.SEVERAL: _("Several times"),
    Mode.REGULAR: _("Regularly, on some weekdays"),
    Mode.WALK_UP: _("Without a pass"),
}


def register_visitor(talk: Talk, desk: DeskView) -> RegisterVisitor | HandOver:
    """Whom the host expects; somebody who came before is known already."""
    if over := misunderstood(talk, desk):
        return over
    first = said(talk, desk)
    former = _former(talk, desk)
    home = pick_home(talk, desk, first)
    desk = desk.at(home)
    first = said(talk, desk)
    rules = desk.estate.rules.visitors
    _room(talk, desk, home)
    name = former.name if former else _called(talk, first)
    mode = _mode(talk, first)
    when = times(talk, Calendar(talk.now, _zone(desk.estate), rules), mode, first)
    order = RegisterVisitor(
        home_id=home.id,
        name=name,
        mode=mode,
        start=when.start,
        end=when.end,
        days=when.days,
        people=former.people if former else _people(talk, rules, first),
        plate=former.plate if former else _plate(talk, first),
        reason=former.reason if former else _reason(talk, first),
        gate=_gate(talk, rules, first),
    )
    lines = _lines(order, home, when, desk.estate.rules.visitors)
    talk.review("review", _title(order, desk), lines, shortcuts(talk, desk))
    return order


def _former(talk: Talk, desk: DeskView) -> Visitor | None:
    """Somebody of this host who comes once more."""
    number = talk.subject.get("again")
    former = desk.work.visitors.get(number) if isinstance(number, int) else None
    if former is None or former.host_id != desk.person.id or former.purged_at is not None:
        return None
    return former


def _zone(estate: Estate) -> ZoneInfo:
    return ZoneInfo(estate.time_zone)


def _room(talk: Talk, desk: DeskView, home: Home) -> None:
    """A home with all its passes goes no further, until one of them is free."""
    rules = desk.estate.rules.visitors
    if passes_left(desk.work, home.id, rules, talk.now) <= 0:
        full = _n(
            "{home} has {n} visitor pass already, as many as {estate} allows. Take one back under "
            "/visitors, or wait until one is over; then tap Go on.",
            "{home} has {n} visitor passes already, as many as {estate} allows. Take one back under "
            "/visitors, or wait until one is over; then tap Go on.",
            rules.passes,
            home=home.code,
            estate=estate_name(desk.estate),
        )
        # whatever is tapped, the passes are counted again
        talk.line(f"full/{home.id}", full, lambda line: full, [Suggestion("on", _("▶️ Go on"), "on")])


def _called(talk: Talk, first: Said | None) -> str:
    """What the guard calls them: "my friend" is enough for a pass."""
    named = first.found.visitor or talk.plain(_("Visitor")) if first else ""
    plain = (named[:LONGEST_NAME],) if named else None
    return talk.line("name", _("What is your visitor's name?"), _name, plain=plain)


def _name(line: str) -> str | Text:
    if not any(sign.isalnum() for sign in line):
        return _("Please write a name that the guard can read.")
    return line if len(line) <= LONGEST_NAME else _("That is too long here. Please write it in a few words.")


def _mode(talk: Talk, first: Said | None) -> Mode:
    modes = (Mode.ONCE, Mode.SEVERAL, Mode.REGULAR)
    options = [Option(mode.value, MODES[mode], mode) for mode in modes]
    return talk.choose("mode", _("How often do they come?"), options, plain=(Mode.ONCE,) if first else None)


def _people(talk: Talk, rules: VisitorRules, first: Said | None) -> int:
    def understand(line: str) -> int | Text:
        number = plates.ascii_digits(line).strip()
        if not number.isascii() or not number.isdigit() or not int(number[:9]):
            return _("How many are they, as a number?")
        if int(number[:9]) > rules.people:
            return _n(
                "A pass is for at most {n} person here. The office can help with groups.",
                "A pass is for at most {n} people here. The office can help with larger groups.",
                rules.people,
            )
        return int(number)

    tapped = [Suggestion(f"{n}", f"{n}", f"{n}") for n in range(1, min(TAPPED, rules.people) + 1)]
    count = (first.found.guests or 1) if first else 0
    plain = (count,) if 0 < count <= rules.people else None
    return talk.line("people", _("How many people?"), understand, tapped, plain=plain)


def _plate(talk: Talk, first: Said | None) -> str:
    prompt = _("Do they come by car? Then write its plate, in any script, like “京A·12345” or “M AB 1234”.")
    plain = (plates.normal(first.found.plate) or "",) if first else None
    return talk.line("plate", prompt, understood_plate, otherwise=("",), plain=plain)


def understood_plate(line: str) -> str | Text:
    """A plate in its one form."""
    return plates.normal(line) or _(
        "This does not look like a number plate: letters and digits, at most {most}.", most=plates.LONGEST
    )


def _reason(talk: Talk, first: Said | None = None) -> str:
    options = [Option(code, Text(title), code) for code, title in visit_reasons().items()]
    prompt = _("What is the visit for?")
    return talk.choose("reason", prompt, options, columns=2, plain=(FRIENDS,) if first else None)


def _gate(talk: Talk, rules: VisitorRules, first: Said | None) -> str:
    """Which gate the pass is for, where there are several."""
    if len(rules.gates) < 2:
        return ""
    options = [
        Option("any", _("Any gate"), ""),
        *(Option(gate_key(one), gate_name(rules, one), one) for one in rules.gates),
    ]
    return talk.choose("gate", _("By which gate do they come?"), options, plain=("",) if first else None)


def gate_key(name: str) -> str:
    """A gate in a button: short, and the same for as long as the gate has its name."""
    return f"{crc32(name.encode()):08x}"


def _title(order: RegisterVisitor, desk: DeskView) -> Text:
    rules = desk.estate.rules.visitors
    if asks_office(order.end - order.start, rules):
        return _("<b>Please check.</b> The office is asked before the pass is made.")
    return _("<b>Please check: the pass is made as soon as you send it</b>")


def _lines(order: RegisterVisitor, home: Home, when: Times, rules: VisitorRules) -> list[Line]:
    """The whole order as it is read back."""
    return [
        Line(_("Home"), home.code, "home"),
        Line(_("Visitor"), verbatim(order.name), "name"),
        Line(_("How often"), MODES[order.mode], "mode"),
        *_when(when),
        Line(_("How many"), people_in_words(order.people), "people"),
        Line(_("Car"), order.plate or "—", "plate"),
        Line(_("Purpose"), Text(visit_reasons()[order.reason]), "reason"),
        *([Line(_("Gate"), gate_name(rules, order.gate), "gate")] if order.gate else []),
    ]


def _when(when: Times) -> list[Line]:
    if when.days is None or when.last is None:
        return [Line(_("From"), when.start, "from"), Line(_("Until"), when.end, "until")]
    last = _("{time}, for the last time on {day}", time=when.days.closes, day=when.last)
    return [
        Line(_("Days"), weekdays(when.days), "days"),
        Line(_("From"), when.days.opens, "from"),
        Line(_("Until"), last, "until"),
    ]


def _refusals() -> tuple[Text, ...]:
    return (
        _("Not enough is known about the visit"),
        _("Against the rules of the estate"),
        _("Too many visitors at that time"),
    )


def refusal_in_words(why: str) -> Text | Typed:
    """A reason as it was written, or one of ours in the reader's language."""
    return next((text for text in _refusals() if text.id == why), None) or Typed(why)


def refuse_visitor(talk: Talk, desk: DeskView) -> RefuseVisitor:
    """Why somebody may not come; the host reads it."""
    number = talk.subject.get("visitor")
    if not isinstance(number, int):
        raise NotAllowed
    suggestions = [
        Suggestion(f"{code}", text, text.id) for code, text in zip("abc", _refusals(), strict=True)
    ]
    why = talk.line("why", _("Why not? Tap or write it: the host reads it."), str, suggestions)
    return RefuseVisitor(visitor_id=number, why=why)


def walk_up(talk: Talk, desk: DeskView) -> AskHome:
    """Somebody at the gate without a pass: whom do they want, and who are they?"""
    estates = gates_of(desk.work, desk.person, talk.now)
    if not estates:
        raise NotAllowed
    estate = estates[0]
    if len(estates) > 1:
        options = [Option(f"{one.id}", estate_name(one), one) for one in estates]
        estate = talk.choose("estate", _("At which estate are you?"), options)
    homes = desk.work.estates.homes(estate.id)
    prompt = _(
        "Which home do they want? Write its number, such as {example}.",
        example=homes[0].code if homes else "1-1-101",
    )
    home = talk.line(f"home/{estate.id}", prompt, lambda line: matching(line, homes))
    name = talk.line("name", _("Who are they? A name, or a company."), _name)
    return AskHome(home_id=home.id, name=name, reason=_reason(talk))


def matching(line: str, homes: Sequence[Home]) -> Home | Text:
    """The one home that a guard means: its code in any writing, or its end where no other has the same."""
    wanted = _parts(line)
    if not wanted:
        return _no_home(line)
    exact = [home for home in homes if _parts(home.code) == wanted]
    found = exact or [home for home in homes if _parts(home.code)[-len(wanted) :] == wanted]
    if len(found) == 1:
        return found[0]
    if not found:
        return _no_home(line)
    near = Joined(tuple(home.code for home in found[:SHOWN]), ", ")
    return _("Several homes are called so: {homes}. Which one?", homes=near)


def _parts(code: str) -> list[str]:
    """A code without its marks: 1-1-101, 1/1/101 and 1 1 101 are one."""
    return re.findall(r"[^\W_]+", plates.comparable(code))


def _no_home(line: str) -> Text:
    return _("There is no home {code} here. Please ask them again.", code=line)
