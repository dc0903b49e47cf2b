"""Whatever people send, in whatever order: nothing fails, nothing is lost, every screen is legal."""

from dataclasses import replace
from functools import partial

from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desk.records import Json, Media
from dialogs.engine.answers import Answers
from dialogs.engine.heard import Contacted, Heard, Located, Pictured, Tapped, Unheard, Words
from dialogs.engine.play import Asked, Broken, Cancelled, Finished, Turn, play
from dialogs.engine.screen import AGAIN, BACK, DONE, Screen, cut
from dialogs.questions.choices import pick_one
from dialogs.questions.describing import LARGEST, description
from dialogs.talk import Talk
from locales.text import Joined, Lines, Text, Value, verbatim
from tests.dialogs.engine.toys import NOW, Order, World, readable, repair

QUICK = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
RUN = "k3yr4nd0"

# ── what people send ─────────────────────────────────────────────────────────────────────────────

names = st.sampled_from(["problem", "category", "symptom/water", "rooms", "slot", "review", "~trouble", ""])
engine_keys = [
    "~back",
    "~cancel",
    "~done",
    "~skip",
    "~again",
    "~send",
    "~change",
    "~stay",
    "=slot",
    "=problem",
]
keys = st.sampled_from([*engine_keys, "water", "leak", "+kitchen", "-kitchen", "+", "-", "monday", "=None"])
taps = st.builds(Tapped, names | st.text(max_size=20), keys | st.text(max_size=20))
typed = st.text(max_size=60) | st.sampled_from(["Water", "leak", "monday"])
#: as much as one message of Telegram can hold, in its widest and its most escaped letters
long = st.builds(lambda letter, n: letter * n, st.sampled_from("w水&<😀"), st.sampled_from([1000, 4096]))
pictures = st.builds(
    Pictured,
    st.builds(
        Media, kind=st.sampled_from(["photo", "video", "voice", "document"]), file_id=st.text(max_size=90)
    ),
    st.text(max_size=1024),
    st.none() | st.text(max_size=5),
    st.integers(0, LARGEST * 2),
)
others = (
    st.builds(Located, st.floats(-90, 90), st.floats(-180, 180))
    | st.builds(Contacted, st.text(max_size=20), st.booleans())
    | st.builds(Unheard, st.sampled_from(["sticker", "game", "poll"]))
)
anything: st.SearchStrategy[Heard] = st.builds(Words, typed | long) | taps | pictures | others

# ── what Telegram takes ──────────────────────────────────────────────────────────────────────────


def legal(screen: Screen) -> bool:
    """Raises for a screen that Telegram would refuse, in either language."""
    for row in screen.rows:
        for choice in row:
            assert 1 <= len(f"{RUN}:{screen.question}:{choice.key}".encode()) <= 64
            assert readable(choice.label)
    for language in ("en", "zh_CN"):
        said = "\n\n".join(filter(None, (readable(part, language) for part in (screen.notice, screen.text))))
        assert 1 <= len(said.strip()) <= 4096
    return True


class Conversation(RuleBasedStateMachine):
    """One person, one repair, and a world that changes meanwhile."""

    @initialize(steps=st.integers(0, 8), words=st.just("It drips") | long)
    def begin(self, steps: int, words: str) -> None:
        self.world, self.answers, self.words = World(), Answers(), words
        self.hear(None)
        for _ in range(steps):
            self.go_on()

    def turn_of(self, answers: Answers, heard: Heard | None) -> Turn[Order]:
        talk = Talk(answers, NOW, plain=readable)
        return play(partial(repair, world=self.world), talk, heard)

    def hear(self, heard: Heard | None) -> None:
        """One turn; what comes back is one of the four, and Broken only while the script is."""
        before, self.turn = self.answers, self.turn_of(self.answers, heard)
        if isinstance(self.turn, Cancelled):
            assert isinstance(heard, Tapped)
            self.answers = Answers()
            self.turn = self.turn_of(self.answers, None)
            return
        assert isinstance(self.turn, Asked | Finished | Broken)
        if isinstance(self.turn, Broken):
            assert self.turn.error is self.world.trouble
        self.answers = self.turn.answers
        self.nothing_lost(before, heard)

    def nothing_lost(self, before: Answers, heard: Heard | None) -> None:
        """Only back, change and clear take anything away, and what they take is offered again."""
        gone = set(before.given) - set(self.answers.given)
        tapped = heard.key if isinstance(heard, Tapped) else ""
        assert not gone or tapped == BACK or tapped.startswith("=")
        assert all(self.answers.drafts[name] == before.given[name] for name in gone)
        if tapped != AGAIN:
            told, kept = self.told(before), self.told(self.answers)
            assert kept.words.startswith(told.words)
            assert kept.media[: len(told.media)] == told.media

    @staticmethod
    def told(answers: Answers):
        return description(answers.begun("problem"))

    # ── what may happen ──────────────────────────────────────────────────────────────────────────

    @rule(which=st.integers(0, 99))
    def tap_a_button(self, which: int) -> None:
        if isinstance(self.turn, Asked | Broken):
            screen = self.turn.screen
            choices = [choice for row in screen.rows for choice in row]
            self.hear(Tapped(screen.question, choices[which % len(choices)].key))
            # Whatever is drawn is understood.
            assert not isinstance(self.turn, Asked) or self.turn.screen.notice != pick_one()

    @rule()
    def go_on(self) -> None:
        """What leads on: words where there is nothing to tap, Done, or the first button."""
        if isinstance(self.turn, Asked):
            keys = [row[0].key for row in self.turn.screen.rows]
            key = DONE if DONE in keys else keys[0]
            self.hear(Words(self.words) if len(keys) == 1 else Tapped(self.turn.screen.question, key))

    @rule(heard=anything)
    def send_anything(self, heard: Heard) -> None:
        self.hear(heard)

    @rule(
        categories=st.sets(st.sampled_from(["water", "power", "lift"]), min_size=1),
        slots=st.sets(st.sampled_from(["monday", "tuesday"]), min_size=1),
        rooms=st.sets(st.sampled_from(["kitchen", "bath", "hall"])),
    )
    def change_the_world(self, categories: set[str], slots: set[str], rooms: set[str]) -> None:
        self.world = replace(
            self.world, categories=sorted(categories), slots=sorted(slots), rooms=sorted(rooms)
        )
        self.hear(None)

    @rule(trouble=st.none() | st.builds(LookupError))
    def break_or_mend_the_script(self, trouble: Exception | None) -> None:
        self.world = replace(self.world, trouble=trouble)
        self.hear(None)

    @precondition(lambda self: isinstance(self.turn, Finished))
    @rule()
    def begin_anew(self) -> None:
        self.answers = Answers()
        self.hear(None)

    # ── what always holds ────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_screen_is_legal(self) -> None:
        assert not isinstance(self.turn, Asked | Broken) or legal(self.turn.screen)

    @invariant()
    def the_same_answers_in_the_same_world_give_the_same_screen(self) -> None:
        assert self.turn_of(self.answers, None) == self.turn_of(self.answers, None)

    @invariant()
    def keeping_the_answers_changes_nothing(self) -> None:
        kept = Answers.from_json(self.answers.to_json())
        assert kept == self.answers
        assert self.turn_of(kept, None) == self.turn_of(self.answers, None)


Conversation.TestCase.settings = QUICK
TestConversation = Conversation.TestCase

# ── single turns ─────────────────────────────────────────────────────────────────────────────────


def json_values() -> st.SearchStrategy[Json]:
    """Whatever an answer might have been kept as, by an older script or a mistake."""
    plain = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    return st.recursive(
        plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner), max_leaves=8
    )


@settings(QUICK)
@given(
    kept=st.dictionaries(names, json_values() | st.just("water")),
    drafts=st.dictionaries(names, json_values()),
    heard=st.none() | anything,
)
def test_answers_of_another_script_are_never_the_end(kept, drafts, heard):
    turn = play(partial(repair, world=World()), Talk(Answers(kept, drafts), NOW, plain=readable), heard)
    assert isinstance(turn, Asked | Finished | Cancelled | Broken)


texts: st.SearchStrategy[Value] = st.recursive(
    st.text(max_size=80) | st.integers(),
    lambda inner: (
        st.builds(verbatim, st.text(max_size=80))
        | st.builds(lambda part: Text("{a}", {"a": part}), inner)
        | st.builds(lambda parts: Lines(tuple(parts)), st.lists(inner, max_size=3))
        | st.builds(lambda parts: Joined(tuple(parts)), st.lists(inner, max_size=3))
    ),
    max_leaves=6,
)


@settings(QUICK)
@given(value=texts)
def test_what_is_short_enough_is_not_cut(value):
    assert cut(value, 80) == value


@settings(QUICK)
@given(words=st.text(), most=st.integers(1, 50))
def test_what_is_cut_begins_as_before_and_says_that_more_follows(words, most):
    short = cut(words, most)
    assert isinstance(short, str)
    assert len(short) <= most + 1
    assert short == words or (short.endswith("…") and words.startswith(short[:-1]))
