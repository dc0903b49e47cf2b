"""Days: of the month, of the week, from today; and what has been, or comes again and again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from dialogs.understanding.moments.marks import MINUTES_OF_DAY, NOON, OPEN, Mark, guessed
from dialogs.understanding.moments.rules import PAST, Made, Outlook, Rule, every, find, nothing, past, rule

SATURDAY: Final = 5
HOURS, LAST_DAY = 24, 31


def span(first: int, days: int = 1, name: str = "") -> Mark:
    """So many days from an ordinal on."""
    return Mark("D", first, first + days, name)


# ── days of a month ──


def day_of_month(day: int, month: int, outlook: Outlook) -> Mark | None:
    """The next to come; or one not long ago, where one looks back."""
    for year in (outlook.now.year, outlook.now.year + 1):
        try:
            ordinal = date(year, month, day).toordinal()
        except ValueError:
            continue
        if ordinal >= outlook.today - outlook.back:
            return span(ordinal, name="date")
    return None


def next_such_day(day: int, outlook: Outlook) -> Mark | None:
    """The next day of this number in whatever month has one."""
    if not 1 <= day <= 31:
        return None
    month = outlook.day.replace(day=1)
    for _ in range(4):
        try:
            ordinal = month.replace(day=day).toordinal()
        except ValueError:
            ordinal = 0
        if ordinal >= outlook.today:
            return span(ordinal, name="date")
        month = (month + timedelta(days=32)).replace(day=1)
    return None


def _named_month(marks: Sequence[Mark], outlook: Outlook) -> Made:
    month = find(marks, "Mm").n
    day, *year = [mark.n for mark in every(marks, "nN")]
    if year and year[0] >= 1000:
        return _written(year[0], month, day)
    return day_of_month(day, month, outlook)


def _written(year: int, month: int, day: int) -> Mark | None:
    try:
        return span(date(year, month, day).toordinal(), name="date")
    except ValueError:
        return None


def _numbered_month(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """11月25日; ngày 25 tháng 11."""
    first, second = [mark.n for mark in every(marks, "n")]
    if any(mark.code == "T" for mark in marks):
        first, second = second, first
    return day_of_month(second, first, outlook)


def _days_of_month(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """25-27 November; 11月25到27号; from the 3rd to the 14th."""
    numbers = [mark.n for mark in every(marks, "nN")]
    month = next((mark.n for mark in marks if mark.code in "Mm"), 0)
    if not month and any(mark.code == "Z" for mark in marks):
        month, *numbers = numbers
    if not month and any(mark.code == "T" for mark in marks):
        *numbers, month = numbers
    return _between([_in_month(number, month, outlook) for number in (numbers[0], numbers[-1])])


def _in_month(day: int, month: int, outlook: Outlook) -> Mark | None:
    return day_of_month(day, month, outlook) if month else next_such_day(day, outlook)


def _between(days: Sequence[Mark | None]) -> Made:
    first, last = days[0], days[-1]
    if first is None or last is None:
        return None
    end = last.m
    while end <= first.n:
        end += 7 if last.name == "weekday" else 365
    return Mark("D", first.n, end, "days")


def _day_of_next_month(marks: Sequence[Mark], outlook: Outlook) -> Made:
    first = outlook.day.replace(day=1)
    for _ in range(marks[0].n if marks[0].code == ">" else 0):
        first = (first + timedelta(days=32)).replace(day=1)
    return _written(first.year, first.month, find(marks, "n").n)


def _such_day(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return next_such_day(find(marks, "nN").n, outlook)


def _day_and_month(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return day_of_month(marks[0].n, marks[0].m, outlook)


# ── days of a week ──


def _from_today(marks: Sequence[Mark], outlook: Outlook) -> Made:
    offset = find(marks, "O").n
    if offset < 0 and not outlook.back:
        return PAST
    return span(outlook.today + offset, name="today" if not offset else marks[0].name)


def _weekday(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """The next to come; today's weekday is today in a week."""
    ahead = (find(marks, "WV").n - outlook.day.weekday()) % 7
    if not ahead and not outlook.today_counts and not any(mark.code == "=" for mark in marks):
        ahead = 7
    return span(outlook.today + ahead, name="weekday")


def _next_weekday(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """In the week after this one."""
    ahead = find(marks, ">")
    if ahead.name == "coming":
        return _weekday(marks, outlook)
    return span(_monday(outlook, ahead.n) + find(marks, "WV").n, name="weekday")


def _weekday_after_next(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Tuesday after next."""
    return span(_monday(outlook, 2) + find(marks, "W").n, name="weekday")


def _weekday_of_week(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Of a week, or of the week in which a day lies that was said in weeks from today."""
    week = next((mark for mark in marks if mark.name in {"week", "weeks"}), None)
    if week is None:
        return None
    monday = week.n - (week.n - 1) % 7
    return span(monday + find(marks, "WV").n, name="weekday")


def _monday(outlook: Outlook, weeks: int) -> int:
    return outlook.today - outlook.day.weekday() + 7 * weeks


def _next_unit(marks: Sequence[Mark], outlook: Outlook) -> Made:
    ahead, unit = find(marks, ">="), find(marks, "K")
    weeks = ahead.n if ahead.code == ">" else 0
    if unit.name == "week":
        return span(_monday(outlook, weeks), 7, "week")
    if unit.name == "month":
        first = outlook.day.replace(day=1)
        for _ in range(weeks):
            first = (first + timedelta(days=32)).replace(day=1)
        return span(first.toordinal(), ((first + timedelta(days=32)).replace(day=1) - first).days, "days")
    return None


def _weekend(marks: Sequence[Mark], outlook: Outlook) -> Made:
    ahead = next((mark for mark in marks if mark.code == ">"), None)
    weeks = ahead.n if ahead is not None else 0
    if ahead is not None and ahead.name == "coming":
        weeks = 1 if outlook.day.weekday() >= SATURDAY else 0
    return span(_monday(outlook, weeks) + SATURDAY, 2, "days")


def _this_part(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return span(outlook.today, name="today"), find(marks, "P")


# ── several days, and edges of days ──


def _days(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return _between(every(marks, "D"))


def _moments(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """From Monday 10:00 to Tuesday 12:00."""
    (first, last), (begin, end) = every(marks, "D"), every(marks, "C")
    start, stop = first.n * MINUTES_OF_DAY + begin.n, last.n * MINUTES_OF_DAY + end.n
    return Mark("Q", start, stop) if stop > start else None


def _edge(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Before tomorrow 5 pm; from Monday 10:00 on."""
    time = find(marks, "C")
    late = (OPEN, guessed(time)) if marks[0].code == "b" else (guessed(time), OPEN)
    return find(marks, "D"), Mark("R", *late, sure=time.sure)


def _until_day(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """Until a day begins."""
    end = find(marks, "D").n * MINUTES_OF_DAY
    return Mark("Q", outlook.minute, end) if end > outlook.minute else None


def _until_part(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """By noon tomorrow."""
    begins = find(marks, "P")
    return find(marks, "D"), Mark("R", OPEN, NOON if begins.name == "noon" else begins.n, sure=True)


def _within_days(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """What is left of a day or a week."""
    day = find(marks, "D")
    return Mark("Q", max(outlook.minute, day.n * MINUTES_OF_DAY), day.m * MINUTES_OF_DAY)


def _after_day(marks: Sequence[Mark], outlook: Outlook) -> Made:
    day = find(marks, "D")
    return day if marks[0].name == "starting" else span(day.m)


def _days_of_late(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """From 25 to 28: no hours."""
    numbers = [mark.n for mark in every(marks, "n")]
    if max(numbers) <= HOURS or max(numbers) > LAST_DAY:
        return None
    return _days_of_month(marks, outlook)


def _weeks_from_day(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """A week from today, a week on Friday."""
    length, day = find(marks, "U"), find(marks, "D")
    ahead = {"day": 1, "week": 7}.get(length.name, 0) * length.n
    return span(day.n + ahead) if ahead else None


def _over(marks: Sequence[Mark], outlook: Outlook) -> Made:
    """A day that has been, unless one looks back."""
    day = marks[0]
    return PAST if day.m <= outlook.today and not outlook.back else None


def _denied(marks: Sequence[Mark], outlook: Outlook) -> Made:
    return Mark(".")


#: before times on the dial are read
FIRST: Final[tuple[Rule, ...]] = (
    rule(
        r"(?<=[@>=<ebAft,S])V|V(?=,?(?:[@u]?[nC]|[Pqtbf&Av]|$))|^V$|^V(?=[,;])",
        lambda marks, outlook: marks[0]._replace(code="W"),
    ),
    rule(r"V", nothing),
    rule(r"p(?:nZ)?nX|pN(?=\W)", past),
    rule(r"(?<=[OWXLDMZ])r|r(?=[nC]k?)", lambda marks, outlook: marks[0]._replace(code="P")),
    rule(r"r", nothing),
    rule(r"e[*n@o]*[=]?[WPYKHhuEMO]", past),
    rule(r"<[WKPEOYM]|[WKPEY]<", past),
    rule(
        r"f?x?nXtx?nX?|nZnX?tnX?|x?\*?[nN][tb&]x?\*?[nN]o?M|xn(?:tx?|bx)n(?:Tn)?|[Mm][nN][tb][nN](?![hk:HP])|[fo]?\*?N[tb]\*?N(?![HYK])",
        _days_of_month,
    ),
    rule(r"x?[nN]X?o?[Mm](?:,?o?n(?![hkHPqt]))?", lambda marks, outlook: _named_month_or_day(marks, outlook)),
    rule(
        r"[Mm]\*?(?:N|n(?![hkHPqM]))(?:,?n(?![hkHPqt]))?",
        lambda marks, outlook: _named_month_or_day(marks, outlook),
    ),
    rule(r"[fo]\*?n[tb]\*?n(?![HhYKkMmPq])", _days_of_late),
    rule(r"[>=]ZnX?", _day_of_next_month),
    rule(r"[>=]Z", lambda marks, outlook: (marks[0], Mark("K", name="month"))),
    rule(r"nZnX?|x?n[,]?Tn", _numbered_month),
    rule(r"[nN]X|xn|xN", _such_day),
    rule(r"(?<=[@AbftivS*])N(?![.]?[HYKhk+])|(?<!\^)N(?=[@bAfvPC]|$)", _such_day),
    rule(
        r"(?<=[WD])N(?![HYKhk+])",
        lambda marks, outlook: _such_day(marks, outlook) if not marks[0].name else None,
    ),
    rule(r"(?<!j)\*n(?=[,;@PbAfvotRCO]|$)", _such_day),
    rule(r"(?<=n)x(?![nN])", lambda marks, outlook: Mark("Y", name="day")),
    rule(r"x(?![nN])", lambda marks, outlook: ()),
    rule(r"m", nothing),
    rule(r"L", _day_and_month),
    rule(r"L", nothing),
)
#: after that
LAST: Final[tuple[Rule, ...]] = (
    rule(r"O", _from_today),
    rule(r">[oY@]?K|K>|=K", _next_unit),
    rule(r"D[@*o]*W|W[@*o]*D|W,D", _weekday_of_week),
    rule(r"U[f@]D", _weeks_from_day),
    rule(r"WA\*?>", _weekday_after_next),
    rule(r">E|E>|=?E", lambda marks, outlook: _weekend(marks, outlook)),
    rule(r">[@*]?W|W\*?>", _next_weekday),
    rule(r"=?W", _weekday),
    rule(r"=P", _this_part),
    rule(r"D", _over),
    rule(r"f[@*]*[DPC]+!", past),
    rule(r"y\.{0,2}[@*f]*[DPCR]+|[DPCR]+\.{0,2}y", past),
    rule(r"[SG][@*x]*[DPCRpnNQ]", past),
    rule(r"![@*.]?[@*]*D|!P", _denied),
    rule(r"D!\.?(?=[,;][.@*&]*[DPCR])", _denied),
    rule(r"DI|iD", _within_days),
    rule(r"f?D,?C[tb]\*?D,?C", _moments),
    rule(r"[fo]?\*?D[tb]\*?D|v\*?D&\*?D", _days),
    rule(r"[Abf]\*?D,?C", _edge),
    # it has leaked from Monday on, I am in tomorrow
    rule(r"f[@*]*D(?=.+D)", past),
    rule(r"[A]\*?D|DB", _after_day),
    rule(r"b\*?DP", _until_part),
    rule(r"b\*?D|Dc", _until_day),
    rule(r"p[@o*t]*[CRPQ]", past),
    rule(r"[CRP]o?p", past),
)


def _named_month_or_day(marks: Sequence[Mark], outlook: Outlook) -> Made:
    made = _named_month(marks, outlook)
    if made is None and len(every(marks, "nN")) > 1:
        return None
    return made
