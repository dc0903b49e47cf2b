"""What residents said of closed jobs, in SQL."""

from sqlalchemy import bindparam, select

from desk.records import Survey
from storage.link import Link
from storage.prepared import Prepared, Query
from storage.rows import Shape
from storage.tables import TO_REVIEW, surveys

SURVEY = Shape(Survey, surveys)

GET = Query(select(*SURVEY.columns).where(surveys.c.request_id == bindparam("request")), SURVEY.read)
REVIEWS = Query(
    select(*SURVEY.columns)
    .where(surveys.c.estate_id == bindparam("estate"), TO_REVIEW)
    .order_by(surveys.c.review_due, surveys.c.request_id)
    .limit(bindparam("most")),
    SURVEY.read,
)
SAVE = Prepared(
    lambda into: (add := into(surveys)).on_conflict_do_update(
        index_elements=["request_id"],
        set_={name: add.excluded[name] for name in SURVEY.names if name != "request_id"},
    )
)


class SqlSurveys:
    """`desk.ports.Surveys` over a link."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def get(self, request_id: int) -> Survey | None:
        """The survey of a request, once asked."""
        return GET.first(self._link, {"request": request_id})

    def save(self, survey: Survey) -> None:
        """Adds or replaces."""
        SAVE.change(self._link, SURVEY.values(survey))

    def reviews(self, estate_id: int, limit: int = 50) -> tuple[Survey, ...]:
        """Low scores that no manager has looked into yet, the most urgent first."""
        return REVIEWS.all(self._link, {"estate": estate_id, "most": limit})
