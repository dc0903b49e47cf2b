"""How it came out, by what the database holds and by what stands in everybody's chats."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sandbox.client import Message
from tests.simulation.crews import Claim, Crews
from tests.simulation.plan import Report
from tests.simulation.residents import Story
from tests.story.ending import history
from tests.story.office import Office

Call = dict[str, Any]

#: What is said once of each request, each to one chat. What is posted anew on purpose is not among it.
ONCE = {
    "filed": re.compile(r"Your request is filed"),
    "card": re.compile(r"^🛠 .*Waiting for somebody to claim it", re.S),
    "job": re.compile(r"^🛠 .*🔵 Claimed · ", re.S),
    "taken": re.compile(r"takes care of"),
    "started": re.compile(r"has started on"),
    "done": re.compile(r"reports .* as done"),
    "closed": re.compile(r"is closed\. Thank you"),
    "thanked": re.compile(r"the resident confirms"),
    "survey": re.compile(r"How did we do with"),
}
#: how many of a chat's last calls are shown for somebody who waited in vain
SHOWN = 14
#: seconds from a message's arrival to the note in the database that it has arrived, at the most; and by how
#: many a call that left the bot before a kill may be served after it
NOTED, SERVED = 3.0, 0.5


def judge(report: Report, office: Office, stories: list[Story], crews: Crews, failures: list[float]) -> None:
    """Fills in the report."""
    calls = office.sandbox.calls()
    told = Told(calls, failures)
    Judge(report, office, stories, told).all(crews)
    for story in stories:
        if story.stuck or story.moved:
            report.traces += trace(calls, story.resident, failures)
    report.kills = len(failures)
    report.repeated, report.resent = told.in_flight.total(), told.lost_answers
    report.worst = max(told.in_flight.values(), default=0)
    report.doubled += told.unexplained
    if report.worst > 1:
        report.doubled.append(f"one kill had {report.worst} messages of one chat repeated")


def trace(calls: Iterable[Call], chat: int, failures: list[float]) -> list[str]:
    """The last calls about a chat, and the kills among them."""
    about = [call for call in calls if str(call["params"].get("chat_id")) == str(chat)][-SHOWN:]
    lines = [(call["at"], _line(call)) for call in about]
    lines += [(at, "KILL") for at in failures if about and at >= about[0]["at"]]
    return [f"{at:.2f} {line}" for at, line in sorted(lines)]


def _line(call: Call) -> str:
    params = call["params"]
    words = _plain(str(params.get("text", ""))).replace("\n", " ")
    end = "lost" if call.get("lost") else call.get("error", "ok")
    return f"{call['method']} {params.get('message_id', '')} {words[:60]!r} {end}"


class Told:
    """What the bot said once, by kind and number of the request; and what of it was said again, and why."""

    def __init__(self, calls: Iterable[Call], failures: list[float]) -> None:
        self._failures = failures
        self.counts: Counter[tuple[str, int]] = Counter()
        #: repeated because a kill came before the note, by kill and chat
        self.in_flight: Counter[tuple[float, str]] = Counter()
        self.lost_answers = 0
        self.unexplained: list[str] = []
        sent: dict[tuple[str, int, str], list[Call]] = defaultdict(list)
        for call in calls:
            if call["ok"] and call["method"] == "sendMessage":
                self._sort(call, sent)
        for (kind, number, chat), copies in sent.items():
            self.counts[kind, number] += 1
            for first, second in pairwise(copies):
                self._explain(f"{kind} of R-{number} to {chat}", first, second)

    def _sort(self, call: Call, sent: dict[tuple[str, int, str], list[Call]]) -> None:
        words = _plain(str(call["params"]["text"]))
        number = re.search(r"R-(\d+)", words)
        kind = next((kind for kind, pattern in ONCE.items() if pattern.search(words)), None)
        if kind and number:
            sent[kind, int(number[1]), str(call["params"]["chat_id"])].append(call)

    def _explain(self, what: str, first: Call, second: Call) -> None:
        near = [at for at in self._failures if first["at"] - SERVED <= at <= second["at"]]
        kill = next((at for at in near if at >= first["at"]), near[-1] if near else None)
        if first.get("lost"):
            self.lost_answers += 1
        elif kill is not None and kill - first["at"] < NOTED:
            self.in_flight[kill, str(first["params"]["chat_id"])] += 1
        else:
            self.unexplained.append(f"{what}: at {first['at']:.2f} and {second['at']:.2f}")


def _plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


@dataclass(frozen=True)
class Kept:
    """A request as the database holds it."""

    number: int
    state: str
    worker: str


class Judge:
    """Compares what people did and saw with what is there."""

    def __init__(self, report: Report, office: Office, stories: list[Story], told: Told) -> None:
        self._report = report
        self._office = office
        self._stories = stories
        self._told = told
        self._kept = self._requests()

    def all(self, crews: Crews) -> None:
        """Every comparison."""
        report, stories = self._report, self._stories
        report.confirmed = sum(story.number > 0 for story in stories)
        report.stuck += [f"{story.token}: {story.stuck}" for story in stories if story.stuck]
        report.stuck += [f"{story.token}: {story.moved}" for story in stories if story.moved]
        report.stuck += crews.stuck
        for story in stories:
            self._request(story)
        for claim in crews.claims:
            self._claim(claim)
        self._history()
        self._surveys()
        self._cards()
        self._leftovers()

    def _requests(self) -> dict[str, list[Kept]]:
        sql = (
            "SELECT problem, number, state, name FROM requests LEFT JOIN people ON people.id = worker_id"
            " ORDER BY number"
        )
        found: dict[str, list[Kept]] = defaultdict(list)
        for problem, number, state, worker in self._office.ask(sql):
            token = re.search(r"cid-\d+", str(problem))
            assert token, problem
            assert isinstance(number, int)
            found[token[0]].append(Kept(number, str(state), str(worker or "")))
        return found

    def _request(self, story: Story) -> None:
        kept = self._kept.get(story.token, [])
        if story.sent and not kept:
            self._report.lost.append(f"{story.token}: sent, and no request is there")
        if story.number and story.number not in {one.number for one in kept}:
            self._report.lost.append(f"{story.token}: R-{story.number} was confirmed, there is {kept}")
        if len(kept) > 1:
            self._report.doubled.append(f"{story.token}: {kept}")
        if kept and not story.sent:
            self._report.wrong.append(f"{story.token}: never sent, and filed as {kept}")
        for one in kept:
            expected = "closed" if story.finished else "accepted" if story.claimed else "new"
            if one.state != expected:
                self._report.wrong.append(f"{story.token}: R-{one.number} is {one.state}, not {expected}")
            self._was_told(story, one.number)

    def _was_told(self, story: Story, number: int) -> None:
        """Nothing that has to be said is missing."""
        kinds = ["filed", "card", *["taken", "job"] * story.claimed]
        kinds += ["started", "done", "closed", "thanked", "survey"] * story.finished
        missing = [kind for kind in kinds if not self._told.counts[kind, number]]
        if missing:
            self._report.lost.append(f"R-{number}: never said: {missing}")

    def _claim(self, claim: Claim) -> None:
        self._report.claimed += 1
        self._report.silent += claim.silent
        worker = {
            one.worker for kept in self._kept.values() for one in kept if one.number == claim.job.number
        }
        if len(claim.winners()) != 1 or {*claim.winners()} != worker or len(claim.losers()) != 1:
            self._report.wrong.append(f"R-{claim.job.number}: {claim.told}, and {worker} has it")

    def _history(self) -> None:
        with self._office.database.read() as work:
            found = history(work)
        for number, names in found.items():
            for name in ("filed", "claimed", "done", "confirmed"):
                if names.count(name) > 1:
                    self._report.doubled.append(f"R-{number}: {names}")

    def _surveys(self) -> None:
        sql = "SELECT number, score FROM surveys JOIN requests ON requests.id = request_id"
        kept = self._office.ask(sql)
        self._report.surveys = len(kept)
        given = {story.number: story.score for story in self._stories if story.rated}
        asked = {story.number for story in self._stories if story.finished and story.number}
        there = {int(str(number)) for number, _score in kept}
        if len(kept) != len(there) or there != asked:
            self._report.wrong.append(f"surveys: {asked - there} missing, {there - asked} too many")
        wrong = [number for number, score in kept if number in given and given[int(str(number))] != score]
        if wrong:
            self._report.wrong.append(f"scores of {wrong}")

    def _cards(self) -> None:
        """The newest card of each request shows its state; older ones are no longer to be tapped."""
        office = self._office
        cards: dict[int, list[Message]] = defaultdict(list)
        for seen in office.cast.owner.chat(office.cast.group, thread=office.cast.topic()):
            number = re.search(r"R-(\d+) · ", seen.text)
            if seen.by_bot and number:
                cards[int(number[1])].append(seen)
        words = {"new": "Waiting for somebody", "accepted": "Claimed", "closed": "Closed"}
        for kept in (one for found in self._kept.values() for one in found):
            shown = cards[kept.number]
            if not shown or words.get(kept.state, "") not in shown[-1].text:
                self._report.wrong.append(f"R-{kept.number} is {kept.state}, its cards {shown[-1:]}")

    def _leftovers(self) -> None:
        for name, sql in {
            "dead letters": "SELECT count(*) FROM dead_letters",
            "mail that waits": "SELECT count(*) FROM outbox WHERE fate IS NULL",
            "mail refused": "SELECT count(*) FROM outbox WHERE fate NOT IN ('sent', 'replaced')",
        }.items():
            [(count,)] = self._office.ask(sql)
            if count:
                self._report.wrong.append(f"{name}: {count}")
        [(updates,)] = self._office.ask("SELECT count(*) FROM updates")
        assert isinstance(updates, int)
        self._report.updates = updates
