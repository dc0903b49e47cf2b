"""The walker itself: a line is read back as it was written, and a transcript as it was told."""

import pytest

from tests.walker.acts import GROUP, OLD, OPENS, RESTART, TWICE, Act, apart, read, together
from tests.walker.flows import FLOWS
from tests.walker.flows.repair import REPAIR
from tests.walker.page import parsed, written
from tests.walker.situations import TELL
from tests.walker.tale import Teller

ACTS = (
    Act("Lin", "/repair"),
    Act("Lin", "The tap: it drips (a lot)"),
    Act("Lin", "[✅ Done]"),
    Act("Lin", "[✅ Done]", TWICE),
    Act("Wang", "[🙋 Claim]", GROUP),
    Act("Lin", "[📨 Send]", OLD),
    Act("Lin", "[📄 February · 301.60]"),
    Act("Lin", "(2 photos: Look)"),
    Act("Lin", OPENS),
    Act("", RESTART),
    Act("", "2 hours pass"),
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.line)
def test_a_line_is_read_back(act: Act):
    assert read(act.line) == act


def test_several_acts_in_a_line_are_read_back():
    assert apart(together(ACTS, "Lin"), "Lin") == ACTS


def test_remarks_and_headings_are_no_acts():
    assert [read(line) for line in ("or [A] · [B]: on in the same way", "── 1: the usual way ──", "")] == [
        None
    ] * 3


def test_a_transcript_read_back_is_played_alike():
    stories = TELL["happy_path"](REPAIR)
    back = parsed(written(REPAIR, "happy_path", stories), REPAIR)
    assert [story.acts for story in back] == [story.acts for story in stories]
    assert [story.before for story in back] == [story.before for story in stories]


def test_a_branch_leaves_the_story_alone_that_it_branches_off():
    teller = Teller(REPAIR)
    teller.begin()
    before = teller.stage.phones.shown(teller.stage.world.people["Lin"])
    teller.branch("").to_the_end()
    assert teller.stage.phones.shown(teller.stage.world.people["Lin"]) == before
    assert teller.now().question == "problem"
    teller.to_the_end()


def test_what_telegram_would_refuse_fails_the_story():
    teller = Teller(REPAIR)
    teller.stage.desk.refused.append("Bad Request: message is too long")
    with pytest.raises(AssertionError, match="too long"):
        teller.begin()


def test_what_happened_before_is_written_and_read_back():
    flow = FLOWS["ask"]
    story = Teller(flow, "what leads up to it").story
    assert [one.before for one in parsed(written(flow, "happy_path", [story]), flow)] == [story.before]
    assert story.before[-1] == Act("Wang", "[🙋 Claim]", GROUP)
