"""How a service of the estate is written in its file: the questions that it asks, one by one."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.setup import estate_values as values
from desk.records.services import Asks, Field

#: a question's code becomes part of a button's 64 bytes
LONGEST_CODE: Final = 16
#: what a question may say, and how many answers it may offer
LONGEST_QUESTION, MOST_OPTIONS, MOST_QUESTIONS = 300, 20, 20
KNOWN: Final = ("code", "asks", "title", "optional", "options")


def questions(value: object) -> tuple[Field, ...]:
    """A service's questions, in the order in which they are asked."""
    if not isinstance(value, list) or not value or len(value) > MOST_QUESTIONS:
        raise ValueError(f"must be 1 to {MOST_QUESTIONS} questions: [[services.fields]]")
    found = tuple(_question(one) for one in value)
    codes = [one.code for one in found]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise ValueError(f'code "{twice}" is there twice')
    if sum(one.asks is Asks.SLOT for one in found) > 1:
        raise ValueError("only one question may ask for a slot")
    return found


def _question(told: object) -> Field:
    if not isinstance(told, Mapping):
        raise ValueError("each question must be a table with code, asks and title")
    for key in told:
        if key not in KNOWN:
            raise ValueError(f'a question has an unknown key "{key}"{values.guess(str(key), KNOWN)}')
    question = Field(
        code=code(told.get("code")),
        title=words(told.get("title")),
        asks=_asks(told.get("asks", "words")),
        optional=flag(told.get("optional", False)),
        options=_options(told.get("options", {})),
    )
    if (question.asks is Asks.CHOICE) != bool(question.options):
        raise ValueError(f'"{question.code}": a choice, and only a choice, has options')
    return question


def code(value: object) -> str:
    """A short name that fits into a button."""
    if not isinstance(value, str) or not re.fullmatch(rf"[a-z0-9_-]{{1,{LONGEST_CODE}}}", value):
        raise ValueError(f"a code must have 1 to {LONGEST_CODE} of the characters a-z 0-9 _ -")
    if value in {"home", "review"}:
        raise ValueError(f'"{value}" is asked anyway; choose another code')
    return value


def words(value: object) -> dict[str, str]:
    """Words by language."""
    names = values.by_language(value)
    if any(len(name) > LONGEST_QUESTION for name in names.values()):
        raise ValueError(f"must have at most {LONGEST_QUESTION} characters")
    return names


def flag(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def room(value: object) -> int:
    """How many share a slot."""
    if type(value) is not int or not 1 <= value <= 1000:
        raise ValueError("must be a number from 1 to 1000")
    return value


def ticket(value: object) -> str:
    """What numbers in the line begin with."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{0,3}", value):
        raise ValueError('must be up to three capital letters such as "A"')
    return value


def _asks(value: object) -> Asks:
    known = [one.value for one in Asks]
    if value not in known:
        raise ValueError(f'asks: "{value}" is not one of {", ".join(known)}{values.guess(str(value), known)}')
    return Asks(str(value))


def _options(value: object) -> dict[str, dict[str, str]]:
    given: Any = value
    if not isinstance(value, Mapping) or len(value) > MOST_OPTIONS:
        raise ValueError(f"options must be at most {MOST_OPTIONS}, by code, each with its words by language")
    return {code(str(key)): words(label) for key, label in given.items()}
