"""Questions of residents, and the estate's own answers to them, which its managers edit by chat."""

from bot import cards, layout
from bot.flows.base import Begin, Flow, Subject
from bot.flows.complaints import leads, lives_here
from bot.layout import number
from bot.scene import Scene, Tap
from desk.actions.answers import DropAnswer, Dropped, may_edit
from desk.actions.feedback import Helped
from desk.actions.perform import perform
from desk.errors import NotAllowed
from desk.records import Person
from desk.records.answers import Answer
from locales.facts import own_name
from locales.text import Joined, Lines, Titles, Value, _, verbatim

#: how many answers a page lists, and how much of each it shows
PAGE, SHOWN = 20, 600


def show_list(scene: Scene, person: Person, about: str) -> None:
    """All answers of the estate, a page at a time."""
    if not leads(scene, person):
        return scene.tell(person, _("Only the office sees this."))
    found = scene.session.answers.of(scene.estate.id)
    last = max(0, len(found) - 1) // PAGE
    page = layout.turn(about, last)
    rows = [
        [layout.page(title(one), "answer", f"{one.id}")] for one in found[page * PAGE : (page + 1) * PAGE]
    ]
    turn = [
        *([layout.page(_("⬅️ Back"), "answers", f"{page - 1}")] if page else []),
        *([layout.page(_("More ➡️"), "answers", f"{page + 1}")] if page < last else []),
    ]
    add = [layout.begin(_("➕ Add an answer"), "edit_answer", "0")]
    text = Lines(
        (
            _("<b>Our own answers</b>"),
            _("Who asks a question is shown the answer that fits; if none does, it comes to you."),
        )
    )
    return scene.tell(person, text, [*rows, *([turn] if turn else []), add])


def title(answer: Answer) -> Value:
    """An answer by the first question that it is for."""
    first = {language: asked[0] for language, asked in answer.questions.items() if asked}
    return Titles(first) if first else verbatim(answer.code)


def show_page(scene: Scene, person: Person, about: str) -> None:
    """One answer in all its languages."""
    _show(scene, person, _asked_for(scene, person, about))


def _show(scene: Scene, person: Person, answer: Answer) -> None:
    told: list[Value] = []
    for language in dict.fromkeys([*answer.questions, *answer.words]):
        asked = Joined(tuple(map(verbatim, answer.questions.get(language, ()))), "; ")
        told += [
            "",
            _("<b>{language}</b>: {asked}", language=own_name(language), asked=asked),
            cards.quoted(answer.words.get(language, ""), SHOWN),
        ]
    rows = [
        [layout.begin(_("✏️ Change"), "edit_answer", answer.id)],
        [layout.page(_("🗑 Delete"), "answer_delete", f"{answer.id}")],
        [layout.page(_("⬅️ All answers"), "answers")],
    ]
    scene.tell(person, Lines((_("💡 <b>{title}</b>", title=title(answer)), *told)), rows)


def show_delete(scene: Scene, person: Person, about: str) -> None:
    """Whether it is to be deleted."""
    answer = _asked_for(scene, person, about)
    rows = [
        [layout.act(_("🗑 Yes, delete it"), "drop_answer", answer.id)],
        [layout.page(_("⬅️ Back"), "answer", f"{answer.id}")],
    ]
    scene.tell(person, _("Delete the answer to “{title}”?", title=title(answer)), rows)


def _drop(scene: Scene, person: Person, about: str) -> Value:
    perform(scene.session, person, DropAnswer(answer_id=_asked_for(scene, person, about).id), scene.now)
    show_list(scene, person, "")
    return _("🗑 Deleted.")


def _asked_for(scene: Scene, person: Person, about: str) -> Answer:
    """The answer that a button names; raises `NotAllowed` for whom does not lead its estate."""
    answer = scene.session.answers.get(number(about))
    if not may_edit(scene.session, person, answer.estate_id, scene.now):
        raise NotAllowed
    return answer


def _begin(scene: Scene, person: Person, about: str) -> Subject:
    if about in {"", "0"}:
        if not leads(scene, person):
            raise NotAllowed
        return {"answer": 0, "estate": scene.estate.id}
    answer = _asked_for(scene, person, about)
    return {"answer": answer.id, "estate": answer.estate_id}


def _saved(scene: Scene, person: Person, answer: Answer) -> Begin | None:
    _show(scene.at(scene.session.estates.get(answer.estate_id)), person, answer)
    return None


def _helped(scene: Scene, person: Person, result: Helped) -> Begin | None:
    scene.tell(person, _("👍 Glad that it helps. Just ask again whenever you like."))
    return None


def _nothing(scene: Scene, person: Person, result: Dropped) -> Begin | None:
    return None


def _more(scene: Scene, person: Person) -> list[list[Tap]]:
    rows: list[list[Tap]] = []
    if scene.resides(person):
        rows.append([layout.begin(_("❓ Ask a question"), "question")])
    if leads(scene, person):
        rows.append([layout.page(_("💡 Our own answers"), "answers")])
    return rows


FLOW = Flow(
    begins={"question": lives_here, "edit_answer": _begin},
    endings={"question": _("✅ Thank you."), "edit_answer": _("✅ Kept.")},
    tells={Answer: _saved, Helped: _helped, Dropped: _nothing},
    pages={"answers": show_list, "answer": show_page, "answer_delete": show_delete},
    acts={"drop_answer": _drop},
    more=_more,
)
