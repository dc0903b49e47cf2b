"""Nothing is lost, nothing is there twice, on every way to run the product; `make soak` does more of it."""

from pathlib import Path
from random import randrange

import pytest

from tests.simulation.plan import ALL, Combination, Size
from tests.simulation.world import simulate

#: what is done again is named here; anything else is new each time
SEED = ""
CONVERSATIONS = 16


def kills(one: Combination) -> int:
    """20 over all: three where the bot polls, and two where it is called."""
    return 3 if one.mode == "polling" else 2


@pytest.mark.crash
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, id=one.name, marks=[pytest.mark.postgres] * (one.database == "postgres"))
        for one in ALL
    ],
)
def test_killed_at_work(one: Combination, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Requests, claims, jobs and surveys go on over kills and bad weather."""
    seed = SEED or f"{randrange(10**6)}"
    size = Size(conversations=CONVERSATIONS, kills=kills(one), width=10, crews=2, cold=False)
    url = request.getfixturevalue(f"{one.database}_url")
    report = simulate(tmp_path, str(url), one, size, seed)
    assert report.good, report.explain()
    assert report.kills == size.kills
    assert report.confirmed == CONVERSATIONS
    assert report.surveys
