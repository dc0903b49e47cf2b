"""Telegram's limits, for any mail at any time."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from hypothesis import given, strategies as st

from bot.limits import ON_THE_WAY, Limits, Slot, Window, crowd
from desk.mail import Lane

CHATS = (1, 2, 3, -100, -200)
#: what is sent: to which chat, how many pieces, in which lane, how long after the one before was free to go
MAIL = st.lists(
    st.tuples(
        st.sampled_from(CHATS), st.integers(1, 10), st.sampled_from(Lane), st.sampled_from([0, 0, 0.2, 3])
    ),
    max_size=150,
)


def send(mail: Sequence[tuple[int, int, Lane, float]]) -> list[tuple[float, int, int, Lane]]:
    """Sends each as early as it may go: when, where, how many, which lane."""
    limits, now, sent = Limits(), 1000.0, []
    for chat, cost, lane, pause in mail:
        now = max(now + pause, limits.chat_at(chat, cost), limits.lane_at(lane, cost))
        limits.spend(chat, now, cost, lane)
        sent.append((now, chat, cost, lane))
    return sent


def most_within(times: Sequence[float], seconds: float) -> int:
    """The most of them in any stretch."""
    return max((sum(start <= time < start + seconds for time in times) for start in times), default=0)


@given(MAIL)
def test_never_more_than_30_in_any_second(mail: list[tuple[int, int, Lane, float]]):
    times = [at for at, _, cost, _ in send(mail) for _ in range(cost)]
    assert most_within(times, 1.0) <= 30


@given(st.randoms(use_true_random=True))
def test_whoever_waits_for_an_answer_finds_a_place_soon_while_a_broadcast_goes_on(random: Random):
    limits, now = Limits(), 1000.0
    for person in range(300):
        now = max(now, limits.lane_at(Lane.BROADCAST)) + random.uniform(0, 0.05)
        limits.spend(person, now, 1, Lane.BROADCAST).returned(now + 0.01)
        if person > 60:
            assert limits.lane_at(Lane.ANSWER) - now <= 0.35


@given(st.randoms(use_true_random=True))
def test_a_broadcast_that_is_a_little_late_each_time_keeps_its_pace(random: Random):
    pace, now = crowd(), 1000.0
    for _ in range(600):
        now = max(now, pace.free_at()) + random.uniform(0, 0.025)
        pace.spend(now)
    assert now - 1000.0 <= 600 / 30 + 0.1


def test_broadcasts_may_take_all_that_is_left():
    limits, now = Limits(), 1000.0
    for person in range(1000):
        now = max(now, limits.lane_at(Lane.BROADCAST))
        limits.spend(person, now, 1, Lane.BROADCAST).returned(now + 0.01)
    assert (now - 1000.0) * 30 < 1000 * 1.03


def test_a_call_counts_from_when_it_has_arrived_for_sure():
    limits = Limits()
    slots = [limits.spend(person, 100.0) for person in range(30)]
    assert limits.lane_at(Lane.ANSWER) == 100.0 + ON_THE_WAY + 1.002
    for slot in slots:
        slot.returned(100.01)
    assert limits.lane_at(Lane.ANSWER) == 101.012
    slots[0].returned(107.0)
    assert limits.lane_at(Lane.ANSWER) == 101.012


@given(MAIL)
def test_never_more_than_20_a_minute_in_a_group(mail: list[tuple[int, int, Lane, float]]):
    sent = send(mail)
    for group in (-100, -200):
        times = [at for at, chat, cost, _ in sent if chat == group for _ in range(cost)]
        assert most_within(times, 60.0) <= 20


@given(MAIL)
def test_one_a_second_in_a_chat_with_short_bursts(mail: list[tuple[int, int, Lane, float]]):
    sent = send(mail)
    for chat in CHATS:
        times = [at for at, where, _, _ in sent if where == chat]
        assert most_within(times, 5.0) <= 5


@given(st.integers(1, 30), st.lists(st.integers(1, 40), max_size=60))
def test_a_window_lets_through_as_early_as_it_can(most: int, costs: list[int]):
    window, now = Window(most, 1.0), 0.0
    spent: list[float] = []
    for cost in costs:
        now = max(now, window.free_at(cost))
        recent = Counter(time > now - 1.0 for time in spent)[True]
        assert recent + min(cost, most) <= most
        window.spend(Slot(now), cost)
        spent += [now] * min(cost, most)
    assert most_within(spent, 1.0) <= most


def test_a_short_burst_passes_and_then_one_a_second():
    limits = Limits()
    for _ in range(5):
        assert limits.chat_at(1) <= 100
        limits.spend(1, 100.0)
    assert limits.chat_at(1) > 105
    assert limits.chat_at(2) <= 100


def test_a_flood_rests_its_chat_only():
    limits = Limits()
    limits.flood(1, 100.0, 30)
    assert limits.chat_at(1) == 130
    assert limits.chat_at(2) <= 100
    assert limits.lane_at(Lane.ANSWER) <= 100


def test_the_same_chat_again_is_still_its_own_flood():
    limits = Limits()
    limits.flood(1, 100.0, 30)
    limits.flood(1, 100.5, 30)
    assert limits.lane_at(Lane.ANSWER) <= 100


def test_floods_of_two_chats_at_once_rest_everything():
    limits = Limits()
    limits.flood(1, 100.0, 30)
    limits.flood(2, 100.5, 10)
    assert limits.lane_at(Lane.ANSWER) == 110.5


def test_chats_long_unheard_of_are_forgotten():
    limits = Limits()
    for person in range(1, 5000):
        limits.spend(person, float(person))
    assert len(limits._chats) < 20
