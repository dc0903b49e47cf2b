"""What the desk needs kept, as protocols; `storage` implements them in SQL and in memory."""

from desk.ports.announcements import Announcements as Announcements
from desk.ports.answers import Answers as Answers
from desk.ports.errors import Busy as Busy, Unavailable as Unavailable
from desk.ports.estates import Estates as Estates
from desk.ports.fees import Fees as Fees
from desk.ports.followers import Followers as Followers, Incidents as Incidents
from desk.ports.households import Households as Households
from desk.ports.investigations import Investigations as Investigations
from desk.ports.kinds import Kinds as Kinds
from desk.ports.outbox import Outbox as Outbox
from desk.ports.people import People as People
from desk.ports.privacy import Privacy as Privacy
from desk.ports.requests import Requests as Requests, Surveys as Surveys
from desk.ports.services import Services as Services
from desk.ports.statistics import Statistics as Statistics
from desk.ports.timers import Timers as Timers
from desk.ports.visitors import Visitors as Visitors
from desk.ports.work import Work as Work
