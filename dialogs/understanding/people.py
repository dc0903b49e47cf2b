"""How many come, and who: "4 friends", 三位客人, двое; "my cleaner Olga", 快递."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from dialogs.understanding.moments.lexer import chinese_number
from dialogs.understanding.moments.words import canonical
from dialogs.understanding.spans import Found, either
from locales.moments import speeches
from locales.naming import Lists, naming

#: more than so many are no guests of a home
MOST = 200
#: how far apart adults and children may be said to count together
NEAR = 6
#: an article, which counts only beside another number
ONE = "01"
#: [words] of moments that stand before an hour
_HOURS = ("at", "after", "before", "hour_or_at", "between")
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁马方任袁柳唐罗薛郝安常于"
    "傅卞齐康余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪项祝董梁杜贾江郭林钟徐邱高夏蔡田胡凌霍万卢莫房丁邓洪左石崔龚"
    "程陆翁段侯武刘龙叶黎白蒲赖乔谭温柴阎连习艾鱼向古易廖欧曾肖"
)


def guests_in(text: str, language: str) -> tuple[int | None, list[Found]]:
    """How many people a canonical text speaks of, and where; None where it does not say."""
    found = list(_counts(text, language))
    total, last = 0, 0
    for one in found:
        near = one.start - last <= NEAR
        # "a guest pass" counts nobody, "two adults and a child" three.
        if (total and not near) or (not total and one.value == ONE):
            continue
        total, last = total + int(one.value), one.end
    return (total if 0 < total <= MOST else None), found


def _counts(text: str, language: str) -> Iterator[Found]:
    counted = _counted(language)
    if counted is None:
        return
    taken = -1
    for found in counted.look.finditer(text):
        said = next((part for part in found.groups() if part), "")
        number = counted.number(said)
        if number > 0 and found.start() >= taken and counted.free(text[: found.start()]):
            taken = found.end()
            yield Found(ONE if said in counted.articles else str(number), *found.span())


class _Counted:
    """How people are counted in one language."""

    def __init__(
        self, lists: Lists, numbers: Mapping[str, int], at: Iterable[str], articles: frozenset[str]
    ) -> None:
        self.articles = articles
        #: "at 2 the movers come", "jam 3 teman datang": an hour, and then people
        self.at = re.compile(rf"(?:^|\W)(?:{either(at)})\s+$", re.IGNORECASE)
        self.numbers = dict(numbers)
        for row in lists.get("counted", ()):
            count, _, said = row.partition(" ")
            self.numbers[canonical(said)] = int(count)
        wholes = [canonical(row.partition(" ")[2]) for row in lists.get("counted", ())]
        number = rf"\d{{1,3}}|{either(_longest(numbers))}"
        people, us, groups, kind = (
            either(_longest(map(canonical, lists.get(name, ()))))
            for name in ("people", "us", "groups", "adjectives")
        )
        kind = rf"(?:(?:{kind})\s+)?" if kind else ""
        ways = [rf"(?<![\w.:-])[لو]?({number})\s+{kind}(?:{people})(?!\w)"]
        ways += [rf"(?<!\w)(?:{us})(?:\s+\w+)?\s+({number})(?=\s*(?:$|[,;.!?]))"] if us else []
        ways += [rf"(?<!\w)(?:{groups})\s+({number})(?!\w)"] if groups else []
        ways += [rf"(?<!\w)({either(_longest(wholes))})(?!\w)"] if wholes else []
        ways += [rf"(?<!\w)человек\s+({number})(?!\w)"]
        self.look = re.compile("|".join(ways), re.IGNORECASE)

    def free(self, before: str) -> bool:
        """Whether the number is not the hour of what stands before it."""
        return self.at.search(before[-30:]) is None

    def number(self, said: str) -> int:
        """A count in digits or in words; 0 for neither."""
        return int(said) if said.isdecimal() else self.numbers.get(said.lower(), 0)


class _ChineseCounted(_Counted):
    """Chinese counts with measure words, and separates nothing."""

    def __init__(self, lists: Lists) -> None:
        self.at, self.articles = re.compile("(?!)"), frozenset[str]()
        self.numbers = {}
        for row in lists.get("counted", ()):
            count, _, said = row.partition(" ")
            self.numbers[said] = int(count)
        number, people = (
            r"\d{1,3}|[一二两俩仨三四五六七八九十]{1,3}",
            either(_longest(lists.get("people", ()))),
        )
        self.look = re.compile(
            rf"({either(_longest(self.numbers))})|({number})\s?[个位名口]\s?(?:{people})|({number})\s?(?:{people})"
            rf"|({number})(?=大\s?(?:{number})小)|(?<=大)({number})小|(?:{people})\s?({number})\s?[个位](?![小钟月星礼])"
            rf"|({number})\s?[口位名](?!口|于)|[来共]\s?了?({number})\s?个(?![小钟月星礼])|[来共]\s?({number})\s?[个位](?=$|\s)"
        )

    def number(self, said: str) -> int:
        if said in self.numbers:
            return self.numbers[said]
        return int(said) if said.isdecimal() else chinese_number(said.replace("俩", "二").replace("仨", "三"))


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@cache
def _counted(language: str) -> _Counted | None:
    base = language.replace("-", "_").partition("_")[0]
    lists = next((lists for code, lists in naming().items() if code.partition("_")[0] == base), None)
    if lists is None:
        return None
    if base == "zh":
        return _ChineseCounted(lists)
    speech = next(speech for speech in speeches() if speech.language.partition("_")[0] == base)
    numbers = {canonical(word): int(key) for key, words in speech.table("numbers").items() for word in words}
    articles = frozenset(map(canonical, speech.table("words").get("one", ())))
    numbers |= dict.fromkeys(articles, 1)
    about = set(lists.get("about", ()))
    before = [
        *(word for name in _HOURS for word in speech.table("words").get(name, ()) if word not in about),
        *(word for words in speech.table("minutes_before").values() for word in words),
    ]
    return _Counted(lists, numbers, map(canonical, before), articles)


# ── who comes ──


def visitor_in(text: str, language: str) -> str:
    """Who comes, as it was said: "cleaner Olga", 朋友; "" where nobody is named."""
    looks = _called(language.replace("-", "_").partition("_")[0])
    if looks is None:
        return ""
    who, name = looks
    called, found = name.search(text), who.search(text)
    named = called[1].strip() if called is not None else ""
    if found is None:
        return named
    own = next((part for part in found.groups()[1:] if part), "")
    between = "" if language.startswith("zh") else " "
    return between.join(part for part in (found[1], named or own.strip()) if part)


@cache
def _called(base: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    lists = [lists for code, lists in naming().items() if code.partition("_")[0] == base]
    callers = _longest([word for one in lists for word in one.get("callers", ())])
    called = _longest([word for one in lists for word in one.get("called", ())])
    if not callers:
        return None
    if base == "zh":
        name = rf"(?!周[一二三四五六日天末])[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[来到要会明今后，,。\s]|$)"
        return re.compile(rf"({either(callers)})({name})?"), re.compile(rf"(?:{either(called)})\s?({name})")
    name = r"[^\W\d_a-zа-яё][^\W\d_]+(?:\s[^\W\d_a-zа-яё][^\W\d_]+)?"
    prefix = "[وبل]?(?:ال)?" if base == "ar" else ""
    own = "" if base in {"ar", "de"} else rf"(?:\s({name}))?"
    return (
        re.compile(rf"(?<!\w){prefix}((?i:{either(callers)}))(?!\w){own}"),
        re.compile(rf"(?<!\w)(?i:{either(called)})\s+({name})"),
    )
