"""Whatever people type, every message fits into Telegram: the postman refuses what does not."""

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desk.records import Role, State
from dialogs.engine.heard import Words
from storage.memory import MemoryDatabase
from tests.bot.counter import DAY, HOUR, Counter, Guest

LONG = "Leaking & <b>dripping</b> 🚿 " * 700
#: of residents, of staff, of the group
SPOKEN = "zh_CN", "en", "zh_CN"
NASTY = st.text(st.sampled_from("<>&\"'{}%/ab 你🚿\n"), min_size=1, max_size=60).filter(
    # what begins with a slash is a command, wherever nothing is asked
    lambda words: words.strip() and not words.strip().startswith("/")
)
TALK = st.one_of(NASTY, st.builds(lambda part, times: part * times, NASTY, st.integers(1, 300)))


def story(resident: str, worker: str, words: str, languages: tuple[str, str, str] = SPOKEN) -> None:
    """The whole life of a request, everybody saying the same."""
    lives, works, group = languages
    counter = Counter(MemoryDatabase())
    counter.estate, counter.home, counter.queues = counter.build("Orchid Garden", (group,))
    counter.bind()
    lin = counter.resident(resident, language=lives)
    wang = counter.staff(worker, badge="<07>", language=works)
    counter.staff(worker, Role.DISPATCHER, badge="&", language=works)
    counter.staff(resident, Role.MANAGER, language=works)
    pieces = [words[at : at + 4000] for at in range(0, len(words), 4000)]

    def tells(guest: Guest) -> None:
        for piece in pieces:
            guest.does(Words(piece))
        guest.picks("~done")

    lin.says("/repair")
    tells(lin)
    offered = [data.rpartition(":")[2] for row in lin.last().rows for _, data in row]
    if "leak" not in offered:
        lin.picks(*(["else"] if "else" in offered else []), "plumbing")
    lin.picks("leak", "soon", "yes", "~send")
    counter.later(HOUR)
    number = counter.request().id
    for _more in range(2):
        lin.sends(f"s:note:{number}")
        tells(lin)
        lin.sends(f"f:hurry:{number}")
        lin.sends(f"p:request:{number}")
        counter.later(4 * HOUR)
    wang.claims()
    wang.sends(f"s:ask:{number}")
    tells(wang)
    lin.sends(f"s:answer:{number}")
    tells(lin)
    for _again in range(2):
        if counter.request().state is State.NEW:
            wang.claims()
        wang.sends(f"s:finish:{number}")
        tells(wang)
        lin.sends(f"s:not_fixed:{number}")
        tells(lin)
    wang.claims()
    wang.sends(f"s:finish:{number}")
    tells(wang)
    lin.sends(f"r:{number}:fixed")
    counter.later(DAY)
    lin.picks("1", "+slow", "~done")
    tells(lin)
    for page in ("/requests", "/jobs", "/reviews", "/help"):
        lin.says(page)
        wang.says(page)
    lin.sends(f"p:request:{number}")
    assert counter.request().state is State.CLOSED


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(resident=NASTY, worker=NASTY, words=TALK)
def test_every_message_of_a_request_fits(resident: str, worker: str, words: str):
    story(resident, worker, words)


@pytest.mark.parametrize("words", [LONG, "你" * 20_000, "<" * 20_000])
def test_twenty_thousand_characters_fit(words: str):
    story("<b>" * 40, "&lt;i&gt;" * 14, words[:20_000])


@pytest.mark.parametrize("languages", [("ar", "ru", "ar"), ("ru", "ar", "de"), ("de", "fr", "vi")])
@pytest.mark.parametrize(
    "words", ["Водá течёт 🚿 " * 1_600, "ماء " * 5_000, "It goes on and on and is not " * 600]
)
def test_they_fit_in_wordy_languages_that_are_marked_and_set_apart(
    words: str, languages: tuple[str, str, str]
):
    story("ю" * 40, "ع" * 40, words[:20_000], languages)


def test_whoever_has_the_job_reads_more_of_a_long_description_than_the_group():
    counter = Counter(MemoryDatabase())
    counter.bind()
    lin, wang = counter.resident(), counter.staff("Wang")
    lin.files("The tap is leaking. " * 140)
    wang.claims()
    job = next(post for post in wang.posts() if post.key.startswith("job/"))
    card = counter.postman.chat(-1001)[-1]
    assert len(job.text) > 2800 > 1000 > len(card.text)
