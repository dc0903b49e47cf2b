"""How an answer of the estate's own is written in its file."""

from collections.abc import Mapping

from bot.setup import estate_values as values
from desk.actions.answers import LONGEST_ANSWER, LONGEST_QUESTION, MOST_QUESTIONS


def questions(value: object) -> dict[str, tuple[str, ...]]:
    """How people ask it, by language: a list of texts, or one text with a line each."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError('must give questions for each language, such as { en = ["When is the pool open?"] }')
    return {values.languages([language])[0]: _several(asked) for language, asked in value.items()}


def _several(value: object) -> tuple[str, ...]:
    given = value.splitlines() if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ValueError("must be a list of texts")
    found = tuple(dict.fromkeys(one.strip() for one in given if one.strip()))
    if not 1 <= len(found) <= MOST_QUESTIONS or any(len(one) > LONGEST_QUESTION for one in found):
        raise ValueError(f"must be 1 to {MOST_QUESTIONS} questions of at most {LONGEST_QUESTION} characters")
    return found


def words(value: object) -> dict[str, str]:
    """What is answered, by language; it may have several lines."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError('must give the answer in each language, such as { en = "From 6 to 22 o\'clock." }')
    return {values.languages([language])[0]: _answer(told) for language, told in value.items()}


def _answer(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ANSWER:
        raise ValueError(f"must be a text of at most {LONGEST_ANSWER} characters")
    return value.strip()
