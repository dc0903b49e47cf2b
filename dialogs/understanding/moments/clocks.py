"""Times on the dial, stretches between two of them, and lengths of time."""

from collections.abc import Sequence
from typing import Final

from dialogs.understanding.moments.days import day_of_month
from dialogs.understanding.moments.marks import (
    MINUTES_OF_DAY,
    NOON,
    OPEN,
    Mark,
    clock,
    guessed,
    in_part,
    part,
)
from dialogs.understanding.moments.rules import Made, Outlook, Rule, every, find, nothing, past, rule

#: minutes of half an hour
HALF: Final = 30
#: Wednesday pm
HALVES: Final = {"am": "morning", "pm": "afternoon"}
MINUTES: Final = {"minute": 1, "hour": 60, "day": MINUTES_OF_DAY, "week": 7 * MINUTES_OF_DAY}


def _parted(time: Mark, name: str) -> Mark | None:
    """A time with the half of the day that was said beside it."""
    made = as_clock(time)
    if made is None:
        return None
    if made.sure:
        return made._replace(name=name)
    return made._replace(n=in_part(made.n, name), sure=True, name=name)


def as_clock(mark: Mark) -> Mark | None:
    """A number as a time on the dial."""
    match mark.code:
        case "C":
            return mark
        case "d":
            return clock(mark.n, mark.m) if len(mark.name) == 2 else None
        case _:
            # 05 is the morning, as on a dial of 24 hours.
            return clock(mark.n, sure=mark.m == 2 and mark.n < 10) if mark.name != "dot" else None


# ── one time ──


def _number(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return as_clock(find(marks, "nNdC"))


def _with_minutes(marks: Sequence[Mark], outlook: Outlook) -> Made:
    hour, minute = every(marks, "nN")
    whole = as_clock(hour)
    return clock(hour.n, minute.n, sure=whole.sure) if whole is not None else None


def _shifted(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Half past three, halb vier, без четверти три, las tres y media."""
    time, by = as_clock(find(marks, "nNC")), find(marks, "^+")
    if time is None or time.n + by.n < 0:
        return None
    return time._replace(n=time.n + by.n)


def _with_part(marks: Sequence[Mark], outlook: Outlook) -> Made:
    name = "afternoon" if any(mark.code == "F" for mark in marks) else find(marks, "Pq").name
    return _parted(find(marks, "nNdC"), name)


def _with_part_of_day(marks: Sequence[Mark], outlook: Outlook) -> Made:
    time = _parted(marks[0], marks[-1].name)
    return (time, marks[1]) if time is not None else None


def _dotted(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """25.11 is a day, 15.30 a time, 18.75 neither."""
    pair = marks[0]
    day, month = (pair.m, pair.n) if pair.sure else (pair.n, pair.m)
    if 1 <= day <= 31 and 1 <= month <= 12:
        return day_of_month(day, month, outlook) or Mark(".")
    return as_clock(pair) or Mark(".")


# ── stretches ──


def _stretch(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """From one time to another: what one of them says of the half of the day goes for both."""
    times = [as_clock(mark) for mark in every(marks, "nNdC")]
    first, last = times[0], times[-1]
    if first is None or last is None:
        return None
    begin, end = _both(first, last)
    if end <= begin:
        end += NOON if end < NOON and not last.sure else 0
    if end <= begin:
        end += MINUTES_OF_DAY
    return Mark("R", begin, end, sure=first.sure or last.sure)


def _both(first: Mark, last: Mark) -> tuple[int, int]:
    begin, end = guessed(first), guessed(last)
    if last.sure and not first.sure:
        # 4-6 pm, 8 to 10 in the evening; but 10 to 3 pm.
        later = first.n + NOON
        begin = later if first.n < NOON and later < end else first.n
    elif first.sure and not last.sure and first.name:
        later = in_part(last.n, first.name)
        end = later if later > begin else guessed(last)
    return begin, end


def _after(marks: Sequence[Mark], outlook: Outlook) -> Made:
    time = as_clock(find(marks, "nNdC"))
    return Mark("R", guessed(time), OPEN, sure=time.sure) if time is not None else None


def _before(marks: Sequence[Mark], outlook: Outlook) -> Made:
    time = as_clock(find(marks, "nNdC"))
    return Mark("R", OPEN, guessed(time), sure=time.sure) if time is not None else None


def _before_part(marks: Sequence[Mark], outlook: Outlook) -> Made:
    begins = find(marks, "P")
    return Mark("R", OPEN, NOON if begins.name == "noon" else begins.n, sure=True)


def _after_part(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """After the afternoon: from its end; after midday: from twelve; 晚上以后 is just the evening."""
    part_of_day = find(marks, "P")
    if part_of_day.name == "noon":
        return Mark("R", NOON, OPEN, sure=True)
    return part_of_day if marks[-1].code == "B" else Mark("R", part_of_day.m, OPEN, sure=True)


def _parts(marks: Sequence[Mark], outlook: Outlook) -> Made:
    first, last = every(marks, "P")
    return Mark("P", first.n, last.m, first.name) if last.m > first.n else None


# ── lengths ──


def _length(marks: Sequence[Mark], outlook: Outlook) -> Made:
    count, unit = find(marks, "nNd"), marks[-1]
    if count.code == "d" or not 0 <= count.n <= 999:
        return Mark(".")
    return Mark("U", count.n, name=unit.name or "hour")


def _one(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """ "In an hour", where the language needs no "an"."""
    return marks[0], Mark("U", 1, name=marks[-1].name or "hour")


def _day_unit(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return Mark("Y", name="day")


def _ahead(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """In so long: a moment, or a day."""
    length = find(marks, "U")
    if length.name in {"minute", "hour"}:
        moment = outlook.minute + length.n * MINUTES[length.name]
        return Mark("Q", moment, moment)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[length.name] * length.n
    return Mark("O", days, name="weeks" if length.name == "week" else "")


def _length_around(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Минут через двадцать."""
    return _ahead([Mark("U", marks[-1].n, name=marks[0].name or "hour")], outlook)


def _and_a_half(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """两个半小时."""
    whole, half = marks[0], marks[-1]
    if half.n != HALF or half.start != whole.end + 1:
        return None
    return Mark("U", 60 * whole.n + half.n, name=half.name)


def _within(marks: Sequence[Mark], outlook: Outlook) -> Made:
    length = find(marks, "U")
    if length.name not in MINUTES:
        return None
    return Mark("Q", outlook.minute, outlook.minute + length.n * MINUTES[length.name])


def _joined(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Twenty five."""
    tens, ones = marks[0], marks[-1]
    fits = tens.n >= 20 and tens.n % 10 == 0 and 0 < ones.n < 10 and tens.name == ones.name == "said"
    return ones._replace(n=tens.n + ones.n) if fits else None


def _spaced_minutes(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """8 40 in the morning."""
    hour, minute = marks[0], marks[1]
    made = clock(hour.n, minute.n) if minute.n >= 10 else None
    return _parted(made, marks[-1].name) if made is not None else None


def _spoken_minutes(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """At seven thirty."""
    hour, minute = every(marks, "n")
    return clock(hour.n, minute.n) if minute.n >= 10 else None


RULES: Final[tuple[Rule, ...]] = (
    # "an hour", "à une heure", "a la una"
    rule(r"1(?=[HhYKkuP+\^])|(?<=[@bAof])1(?=[,;tb+P@]|$)", lambda marks, outlook: Mark("n", 1, name="said")),
    rule(r"1", nothing),
    rule(r"n&?[nN]", _joined),
    # "saat 3" is three o'clock, "3 saat" three hours
    rule(r"(?<=n)u(?!n)", lambda marks, outlook: Mark("H", name="hour")),
    rule(r"(?<=[jAib])u(?!n)", lambda marks, outlook: Mark("H", name="hour")),
    rule(r"u", lambda marks, outlook: Mark("@")),
    # a quarter to three; three and a half
    rule(r"\^[@t]?(?:[nN][hk]?|C)", _shifted),
    rule(r"[nN][\]\}\{]?[hk]?&?\+", _shifted),
    rule(r"C\+", _shifted),
    # 三点二十分, 15 Uhr 30, 3 giờ 20
    rule(r"n[k]&?nH?", _with_minutes),
    rule(r"(?<=[@DOPWAbf])nh&?nH?", _with_minutes),
    rule(r"nk", _number),
    rule(r"nnP|nnq", _spaced_minutes),
    # what is certainly a length: in 2 hours, 2 hours later, for 2 hours
    rule(r"(?<=[jiGl])nh", _length),
    rule(r"nh(?=[BJIg](?!F))", _length),
    # 2 часа дня, 3 giờ chiều, 7 вечера; at 3; 18h
    rule(r"(?<=[@Abftv])nF|[nd]hF|CF", _with_part),
    rule(r"[nNdC][hk]?o?[Pq](?![nC])", _with_part),
    rule(r"[nNdC][hk]?o?[Pq](?=[nC][tb])", _with_part),
    rule(r"(?<=[AbfvtPOWD@&])nh", _number),
    rule(r"nh(?=[bt&-]@?n[hk])", _number),
    rule(r"nh(?=[PqODW])", _number),
    rule(r"^nh$", _number),
    rule(r"nh", lambda marks, outlook: _number(marks, outlook) if marks[-1].n == 1 else None),
    # с часу до пяти
    rule(r"(?<=[fbA])hF?(?!\w)|(?<=[fbA])h(?=[bt])", lambda marks, outlook: clock(13, sure=True)),
    rule(r"F", _day_unit),
    rule(r"n\.U", _and_a_half),
    rule(r"n[.]?[HhYK]", lambda marks, outlook: _length(marks, outlook) if len(marks) == 2 else None),
    rule(r"[jG][HhYK]|i\*?[HhK]|(?<!n)[Ab][HYK](?![WN])", _one),
    rule(r"(?<=[@Abfv])d(?![.]?[HYK])|d(?=[kPqt]d?)", _number),
    rule(r"d(?=[HYK])", nothing),
    rule(r"d", _dotted),
    # 8 tonight, 3-5 tomorrow afternoon
    rule(r"(?<=[@Abfvt&])[nd]O[Pq]|CO[Pq]", _with_part_of_day),
    rule(r"(?<=[OWD])n(?=[,;]|$)", _number),
    rule(r"P,?n(?=[,;\{\}\]]|$)", _with_part),
    rule(r"(?<=[Abf])nn(?![HhYKMmXZTnN&t])", _spoken_minutes),
    # 晚上8点, tonight at 8
    rule(r"P[,@o]*C(?![Pq])", _with_part),
    rule(r"Cq", _with_part),
    # from … to …
    rule(r"[fov]@?[nC]\{?(?:[tb&]@?|@)[nC](?![.]?[HYKMLXZ])(?<![.])", _stretch),
    rule(r"[fo]?@?C[fo]?[tb]@?[nC](?![HYKMXZ])z?", _stretch),
    rule(r"[fo]?@?n[tb]@?C(?![HYKMXZ])z?", _stretch),
    rule(r"v@?[nC]&@?[nC](?![HYKMX])", _stretch),
    rule(r"[nC]&[nC]z", _stretch),
    rule(r"[nC]\{[nC]\}?c?", _stretch),
    rule(r"(?<=[DOPW,@])nt[n](?![HYKMXZN])", _stretch),
    rule(r"@n[tb]@?[nC](?![HYKMXZN])", _stretch),
    # after and before
    rule(r"A@?C", _after),
    rule(r"A@?n(?![HhYKMmXZTnN.])|A@?n(?=\.)", _after),
    rule(r"C\{?B|n\{B|n\][B]", _after),
    rule(r"f@?C(?![tb])|f@?n(?=[,;@]|$)", _after),
    rule(r"C\{", _after),
    rule(r"!\.{0,3}b@?[nC](?![HYKMX])", _after),
    rule(r"b@?C", _before),
    rule(r"b@?n(?![HhYKMmXZTnN])", _before),
    rule(r"C[\{\}]?c|n[\{\}]c", _before),
    rule(r"n\]", _number),
    rule(r"@nn(?![HhYKMmXZTnN&t])", _spoken_minutes),
    rule(r"@n(?![HhYKMmXZTnN&t])", _number),
    rule(r"@[,]?C", _number),
    rule(r"i@>", lambda marks, outlook: (marks[0], Mark("U", 1, name="hour"))),
    # lengths ahead and behind
    rule(r"l[,@]?U|S@?U", past),
    rule(r"GU|U[gc]|bU|Ub(?!@?[nCDPO])", past),
    rule(r"i[*@]?U|UI", _within),
    rule(r"[jA]@?U|U[BJ]", _ahead),
    rule(r"[HhYK]jn(?![HhYKMX])", _length_around),
    rule(r"(?<=[OWD])q", lambda marks, outlook: part(HALVES[marks[0].name])),
    rule(r"P[tb]P", _parts),
    rule(r"bP|Pc", _before_part),
    rule(r"AP|PB", _after_part),
)
