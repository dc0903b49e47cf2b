"""What residents said of closed jobs, in SQL."""

from sqlalchemy import Connection, bindparam, select

from desk.records import Survey
from storage.prepared import Prepared
from storage.rows import Shape
from storage.tables import TO_REVIEW, surveys

SURVEY = Shape(Survey, surveys)

GET = Prepared(select(*SURVEY.columns).where(surveys.c.request_id == bindparam("request")))
REVIEWS = Prepared(
    select(*SURVEY.columns)
    .where(surveys.c.estate_id == bindparam("estate"), TO_REVIEW)
    .order_by(surveys.c.review_due, surveys.c.request_id)
    .limit(bindparam("most"))
)
SAVE = Prepared(
    lambda into: (add := into(surveys)).on_conflict_do_update(
        index_elements=["request_id"],
        set_={name: add.excluded[name] for name in SURVEY.names if name != "request_id"},
    )
)


class SqlSurveys:
    """`desk.ports.Surveys` over a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, request_id: int) -> Survey | None:
        """The survey of a request, once asked."""
        return SURVEY.maybe(GET.row(self._connection, {"request": request_id}))

    def save(self, survey: Survey) -> None:
        """Adds or replaces."""
        SAVE.change(self._connection, SURVEY.values(survey))

    def reviews(self, estate_id: int, limit: int = 50) -> tuple[Survey, ...]:
        """Low scores that no manager has looked into yet, the most urgent first."""
        return SURVEY.all(REVIEWS.rows(self._connection, {"estate": estate_id, "most": limit}))
