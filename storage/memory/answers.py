"""An estate's own answers and its investigations, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk.errors import Conflict, NotFound
from desk.records.answers import Answer
from desk.records.investigations import Investigation
from storage.memory.shelves import Room, Shelf


class MemoryAnswers:
    """`desk.ports.Answers` in memory."""

    def __init__(self, room: Room) -> None:
        self._answers = Shelf(room, "answers", Answer, ["estate_id", "code"])

    def get(self, answer_id: int) -> Answer:
        """The answer; raises `NotFound`."""
        if answer := self._answers.get(answer_id):
            return answer
        raise NotFound

    def of(self, estate_id: int) -> tuple[Answer, ...]:
        """All answers of an estate, in the order they were added."""
        return tuple(self._answers.where(estate_id=estate_id))

    def save(self, answer: Answer) -> Answer:
        """Adds it (id 0) or replaces it; raises `Conflict` if the estate has another one of this code."""
        if answer.id and self._answers.get(answer.id) is None:
            raise NotFound
        same = self._answers.where(estate_id=answer.estate_id, code=answer.code)
        if any(other.id != answer.id for other in same):
            raise Conflict
        answer = replace(answer, id=answer.id or self._answers.next_id())
        self._answers.put(answer.id, answer)
        return answer

    def delete(self, answer_id: int) -> None:
        """Forgets it, if it is there."""
        self._answers.remove(answer_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigated:
    """That a complaint belongs to an investigation."""

    investigation_id: int
    request_id: int


class MemoryInvestigations:
    """`desk.ports.Investigations` in memory."""

    def __init__(self, room: Room) -> None:
        self._all = Shelf(room, "investigations", Investigation, ["estate_id", "kind", "spot"])
        self._requests = Shelf(room, "investigated", Investigated, ["investigation_id", "request_id"])

    def get(self, investigation_id: int) -> Investigation:
        """The investigation; raises `NotFound`."""
        if found := self._all.get(investigation_id):
            return found
        raise NotFound

    def open(self, investigation: Investigation) -> Investigation:
        """Opens it, or answers with the one that is open for this kind and spot already."""
        there = self.find(investigation.estate_id, investigation.kind, investigation.spot)
        if there is None:
            there = replace(investigation, id=self._all.next_id())
            self._all.put(there.id, there)
        return there

    def find(self, estate_id: int, kind: str, spot: str) -> Investigation | None:
        """The one that is open for this kind and spot."""
        found = self._all.where(estate_id=estate_id, kind=kind, spot=spot)
        return next((one for one in found if one.closed_at is None), None)

    def of(self, estate_id: int, limit: int = 50) -> tuple[Investigation, ...]:
        """The open ones of an estate, the oldest first, then those closed, the latest first."""
        found = sorted(self._all.where(estate_id=estate_id), key=lambda one: (one.opened_at, one.id))
        closed = [(one.closed_at, one) for one in found if one.closed_at is not None]
        latest = [one for _, one in sorted(closed, key=lambda entry: entry[0], reverse=True)]
        return (*(one for one in found if one.closed_at is None), *latest)[:limit]

    def join(self, investigation_id: int, request_ids: Sequence[int]) -> None:
        """Complaints belong to it from now on; those that do already are no matter."""
        for request in request_ids:
            joined = Investigated(investigation_id=investigation_id, request_id=request)
            self._requests.put(f"{investigation_id}/{request}", joined)

    def requests(self, investigation_id: int) -> tuple[int, ...]:
        """The ids of its complaints, the oldest first."""
        found = self._requests.where(investigation_id=investigation_id)
        return tuple(sorted(one.request_id for one in found))

    def close(self, investigation: Investigation) -> bool:
        """Keeps what was found; False if somebody has closed it before."""
        there = self.get(investigation.id)
        if there.closed_at is not None:
            return False
        self._all.put(
            there.id,
            replace(
                there,
                finding=investigation.finding,
                measure=investigation.measure,
                closed_by=investigation.closed_by,
                closed_at=investigation.closed_at,
            ),
        )
        return True
