"""Number plates in free text, of the countries that people drive in from."""

import re
from functools import cache

from desk import plates
from dialogs.understanding.spans import Found, either
from locales.naming import every_word

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使領领港澳滬遼魯蘇贛陝閩貴雲寧瓊"
_RU = "АВЕКМНОРСТУХABEKMHOPCTYX"
#: shapes that hardly anything else has, in whatever case
_PLAIN = (
    # 粤B12345, 粤B·D12345
    rf"[{_PROVINCE}]\s?[A-Z]\s?[·・•.\-]?\s?(?:[A-Z0-9]{{5,6}}|[A-Z0-9]{{4}}[港澳])",
    # А123ВС777
    rf"[{_RU}]\s?\d{{3}}\s?[{_RU}]{{2}}\s?\d{{2,3}}",
    # AB-123-CD, ABC1D23, 51A-123.45
    r"[A-Z]{2}-\d{3}-[A-Z]{2}",
    r"[A-Z]{3}\d[A-Z]\d{2}",
    r"\d{2}[A-Z]\d?-\d{3}\.?\d{2}",
    r"[A-Z]{2}\d{2}\s?[A-Z]{3}(?=\W|$)",
    # أ ب ج ١٢٣٤, دبي A 12345
    r"(?:[\u0621-\u064a]\s){1,2}[\u0621-\u064a]\s?\d{1,4}",
    r"(?:دبي|أبوظبي|ابوظبي|الشارقة|عجمان|dubai)\s?[A-Z]{0,2}\s?\d{3,5}",
)
#: shapes that other words have, too, in small letters
_CAPITALS = (
    # KA 05 MJ 1234
    r"[A-Z]{2}\s?\d{2}\s?[A-Z]{1,2}\s?\d{4}",
    # 34 ABC 123, M AB 1234, B 1234 XYZ, 1234 ABC, AE 553 KD, HJ 5501 K
    r"\d{2}\s(?!AM\b|PM\b)[A-Z]{1,3}\s\d{2,5}|\d{2}[A-Z]{1,3}\d{2,5}",
    r"[A-ZÄÖÜ]{1,3}[\s-][A-Z]{1,2}[\s-]?\d{1,4}[EH]?",
    r"[A-Z]{1,2}\s\d{1,4}\s[A-Z]{1,3}|[A-Z]{2}\s?\d{3}\s?[A-Z]{2}",
    r"\d{4}[\s-]?[BCDFGHJKLMNPRSTVWXYZ]{3}",
    # ABC-1234, AB-1234, 1234-AB
    r"[A-Z]{3}[\s-]?\d{3,4}|[A-Z]{2}-\d{4}|\d{4}-[A-Z]{2}",
    r"\d{2}[A-Z]\d?\s\d{3}\.?\d{2}|\d{2}[A-Z]-?\d{4,5}",
)
_EDGE, _END = r"(?<![A-Za-zА-Яа-я\d_-])", r"(?![A-Za-zА-Яа-я\d_-]|:\d)"


def plate_in(text: str) -> Found | None:
    """The first plate in a plain text, as it is kept and looked for."""
    if not any(sign.isdigit() for sign in text):
        return None
    for look in _looks():
        found = look.search(text)
        if found is not None and plates.normal(found[1]):
            return Found(plates.normal(found[1]), *found.span(1))
    return None


@cache
def _looks() -> tuple[re.Pattern[str], ...]:
    plain = re.compile(rf"{_EDGE}({'|'.join(_PLAIN)}){_END}", re.IGNORECASE)
    chinese = re.compile(rf"({_PLAIN[0]})(?![A-Z0-9])", re.IGNORECASE)
    capitals = re.compile(rf"{_EDGE}({'|'.join(_CAPITALS)}){_END}")
    # After "plate" anything short with digits is one.
    named = re.compile(
        rf"(?<!\w)(?:{either(every_word('plate'))})[\s:：是为is#№.,-]{{0,4}}"
        r"((?=[\w ·.-]{0,8}\d)[A-Z0-9А-Я]{1,8}"
        r"(?:[\s·.-](?=[A-Z0-9 ·.-]{0,5}\d|[A-Z]{1,3}(?![\w]))[A-Z0-9]{1,5}){0,3})"
        r"(?![\w:])"
    )
    return chinese, plain, capitals, named
