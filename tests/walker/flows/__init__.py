"""The flows that are walked, one module a family."""

from collections.abc import Mapping

from tests.walker.flow import Flow
from tests.walker.flows import joining, repair, work

FLOWS: Mapping[str, Flow] = {flow.name: flow for flow in (*joining.FLOWS, *repair.FLOWS, *work.FLOWS)}
