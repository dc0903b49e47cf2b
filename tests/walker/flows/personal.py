"""Settings, and what is kept of somebody."""

from tests.walker.flow import Flow

QUIET = Flow(
    name="quiet",
    title="Quiet hours",
    prelude=("Lin: /settings",),
    begins="[🌙 Quiet hours]",
)
FORGET = Flow(
    name="forget",
    title="Being forgotten",
    prelude=("Lin: /forget",),
    begins="[🗑 Forget me…]",
    hidden={r"Resident \d+": "Resident ⟨number⟩"},
)

FLOWS = (QUIET, FORGET)
