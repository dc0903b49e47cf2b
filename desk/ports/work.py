"""One transaction."""

from typing import Protocol

from desk.ports.announcements import Announcements
from desk.ports.answers import Answers
from desk.ports.estates import Estates
from desk.ports.fees import Fees
from desk.ports.followers import Followers, Incidents
from desk.ports.households import Households
from desk.ports.investigations import Investigations
from desk.ports.kinds import Kinds
from desk.ports.outbox import Outbox
from desk.ports.people import People
from desk.ports.privacy import Privacy
from desk.ports.requests import Requests, Surveys
from desk.ports.services import Services
from desk.ports.statistics import Statistics
from desk.ports.timers import Timers
from desk.ports.visitors import Visitors


class Work(Protocol):
    """One transaction: everything that one update causes, kept or undone together."""

    @property
    def estates(self) -> Estates: ...
    @property
    def kinds(self) -> Kinds: ...
    @property
    def people(self) -> People: ...
    @property
    def households(self) -> Households: ...
    @property
    def privacy(self) -> Privacy: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def followers(self) -> Followers: ...
    @property
    def incidents(self) -> Incidents: ...
    @property
    def surveys(self) -> Surveys: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def investigations(self) -> Investigations: ...
    @property
    def fees(self) -> Fees: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def announcements(self) -> Announcements: ...
    @property
    def services(self) -> Services: ...
    @property
    def statistics(self) -> Statistics: ...
    @property
    def visitors(self) -> Visitors: ...
