"""Which of an estate's own answers fits a question, in English and Chinese, and that none does where none is.

`answers.toml` holds an estate's answers and what people ask; the threshold was set on the part `dev`, so that
it names no wrong answer there, and is measured on the rest.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desk.records.answers import Answer
from dialogs.understanding.answers import best, rank


@dataclass(frozen=True)
class Measured:
    """What came of questions: answered rightly, wrongly or not at all; and those for a person, answered."""

    right: int
    wrong: int
    passed_on: int
    answered_falsely: int

    @property
    def precision(self) -> float:
        """How many of the answers were right."""
        return self.right / (self.right + self.wrong + self.answered_falsely)

    @property
    def recall(self) -> float:
        """How many of the questions that have an answer were answered rightly."""
        return self.right / (self.right + self.wrong + self.passed_on)


@cache
def book() -> dict[str, Any]:
    """The file of examples."""
    return tomllib.loads(Path(__file__).with_name("answers.toml").read_text("utf-8"))


@cache
def estate() -> tuple[Answer, ...]:
    """The answers of the estate in it."""
    return tuple(
        Answer(
            id=number,
            estate_id=1,
            code=one["code"],
            questions={"en": tuple(one["en"]), "zh_CN": tuple(one["zh_CN"])},
            words={"en": one["code"]},
        )
        for number, one in enumerate(book()["answers"], start=1)
    )


def measure(part: str) -> Measured:
    """Asks everything of one part."""
    found = [(one["code"], best(words, estate())) for one in book()["answers"] for words in one[part]]
    nobody = [best(words, estate()) for words in book()["nobody"][part]]
    return Measured(
        right=sum(answer is not None and answer.code == code for code, answer in found),
        wrong=sum(answer is not None and answer.code != code for code, answer in found),
        passed_on=sum(answer is None for _, answer in found),
        answered_falsely=sum(answer is not None for answer in nobody),
    )


def test_no_wrong_answer_where_the_threshold_was_set():
    found = measure("dev")
    assert found.precision == 1
    assert found.recall >= 0.8


def test_and_hardly_one_among_questions_that_nobody_looked_at():
    found = measure("asked")
    assert found.wrong == 0
    assert found.precision >= 0.95
    assert found.recall >= 0.85


@pytest.mark.parametrize("left_out", estate(), ids=lambda answer: answer.code)
def test_an_estate_without_the_answer_gives_no_other(left_out: Answer):
    one = next(one for one in book()["answers"] if one["code"] == left_out.code)
    others = [answer for answer in estate() if answer is not left_out]
    for words in (*one["dev"], *one["asked"], *one["en"], *one["zh_CN"]):
        assert best(words, others) is None, words
        for alone in others:
            assert best(words, [alone]) is None, (words, alone.code)


@pytest.mark.parametrize("answer", estate(), ids=lambda answer: answer.code)
def test_its_own_phrasings_find_an_answer(answer: Answer):
    for phrases in answer.questions.values():
        for phrase in phrases:
            assert best(phrase, estate()) is answer, phrase
            assert best(phrase.upper(), estate()) is answer, phrase


@pytest.mark.parametrize("words", ["", "   ", "?!", "👍", "a" * 10_000, "谢谢", "hello"])
def test_nothing_is_said_to_what_is_no_question(words: str):
    assert best(words, estate()) is None


def test_without_answers_there_is_none():
    assert best("When is the pool open?", ()) is None
    assert rank("When is the pool open?", ()) == ()


def test_two_that_fit_alike_are_left_to_a_person():
    twins = [
        Answer(id=number, estate_id=1, code=f"{number}", questions={"en": ("When is the pool open?",)})
        for number in (1, 2)
    ]
    assert best("When is the pool open?", twins) is None


def test_a_word_mistyped_is_understood():
    found = best("when does the swiming pool open", estate())
    assert found is not None
    assert found.code == "pool"
