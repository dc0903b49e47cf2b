"""The flows that are walked, one module a family."""

from collections.abc import Mapping

from tests.walker.flow import Flow
from tests.walker.flows import (
    announcements,
    dispatching,
    emergency,
    feedback,
    fees,
    first_words,
    household,
    joining,
    my_requests,
    personal,
    repair,
    services,
    visitors,
    work,
)

_FAMILIES = (
    joining, repair, emergency, work, my_requests, services, feedback, visitors, household, announcements,
    personal, fees, dispatching, first_words,
)  # fmt: skip

FLOWS: Mapping[str, Flow] = {flow.name: flow for family in _FAMILIES for flow in family.FLOWS}
