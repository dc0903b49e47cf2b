"""An estate's own answers, in SQL."""

from sqlalchemy import bindparam, delete, select

from desk.records.answers import Answer
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Keeper
from storage.tables import answers

ANSWER = Keeper(Answer, answers)
OF = Query(
    select(*ANSWER.columns).where(answers.c.estate_id == bindparam("estate")).order_by(answers.c.id),
    ANSWER.read,
)
DELETE = Prepared(delete(answers).where(answers.c.id == bindparam("sought")))


class SqlAnswers:
    """`desk.ports.Answers` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, answer_id: int) -> Answer:
        """The answer; raises `NotFound`."""
        return ANSWER.get(self._link, answer_id)

    def of(self, estate_id: int) -> tuple[Answer, ...]:
        """All answers of an estate, in the order they were added."""
        return OF.all(self._link, {"estate": estate_id})

    def save(self, answer: Answer) -> Answer:
        """Adds it (id 0) or replaces it; raises `Conflict` if the estate has another one of this code."""
        return ANSWER.save(self._link, answer)

    def delete(self, answer_id: int) -> None:
        """Forgets it, if it is there."""
        DELETE.change(self._link, {"sought": answer_id})
