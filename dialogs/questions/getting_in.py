"""The question of what helps to get in: pets, door codes, a phone to call. One screen, and nobody has to."""

from dataclasses import dataclass
from typing import ClassVar

from desk.records import Json
from dialogs.engine.answers import Answers, Step
from dialogs.engine.heard import Contacted, Heard, Words
from dialogs.engine.screen import AGAIN, DONE, Choice, Screen, navigation
from dialogs.understanding.phones import looks_like_phone, phone
from locales.text import EMPTY, Lines, Text, Value, _

MOST_WORDS = 300
PETS, NO_PETS = "pets", "nopets"


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody said of it."""

    #: None was not said
    pets: bool | None = None
    phone: str = ""
    words: str = ""


def access(stored: Json) -> Access:
    """Reads what is kept."""
    kept = stored if isinstance(stored, dict) else {}
    pets = kept.get("pets")
    return Access(
        pets if isinstance(pets, bool) else None, str(kept.get("phone", "")), str(kept.get("words", ""))
    )


def _kept(found: Access) -> Json:
    return {"pets": found.pets, "phone": found.phone, "words": found.words}


def told(found: Access) -> Value:
    """In words."""
    return Lines(
        (
            _("🐾 There are pets") if found.pets else EMPTY,
            _("🚪 {access}", access=found.words) if found.words else EMPTY,
            _("📞 {phone}", phone=found.phone) if found.phone else EMPTY,
        )
    )


@dataclass(frozen=True, slots=True)
class GettingIn:
    """Takes a tick for pets, a number, and whatever else is written, until Done."""

    gathers: ClassVar[bool] = False
    name: str
    #: where a number without a country code is from (ISO 3166)
    country: str

    def read(self, stored: Json) -> tuple[Access] | None:
        """All of it."""
        return (access(stored),)

    def screen(self, draft: Json, back: bool) -> Screen:
        """The prompt, and what is noted so far."""
        found = access(draft)
        text = _(
            "<b>What helps us get in?</b>\n"
            "Write a door code, a bell that does not work, or a phone number to call. Tap for pets."
        )
        pets = (
            Choice(NO_PETS, _("✓ 🐾 There are pets")) if found.pets else Choice(PETS, _("🐾 There are pets"))
        )
        clear = (Choice(AGAIN, _("🧹 Clear")),) if found != Access() else ()
        rows = ((pets,), (Choice(DONE, _("✅ Done")), *clear), navigation(back))
        hint = _("Write as much as you like, a line each; then tap ✅ Done.")
        return Screen(question=self.name, text=Lines((text, told(found))), rows=rows, hint=hint)

    def tap(self, key: str, answers: Answers) -> Answers | None:
        """Pets or none, Clear, Done."""
        found = access(answers.begun(self.name))
        if key == DONE:
            return answers.give(self.name, _kept(found))
        if key == AGAIN:
            return answers.draft(self.name, None)
        if key not in {PETS, NO_PETS}:
            return None
        return answers.draft(self.name, _kept(Access(key == PETS, found.phone, found.words)))

    def hear(self, heard: Heard, answers: Answers) -> Step:
        """A number to call, or words."""
        found = access(answers.begun(self.name))
        noted = self._noted(heard, found)
        return (
            Step(answers, noted) if isinstance(noted, Text) else Step(answers.draft(self.name, _kept(noted)))
        )

    def _noted(self, heard: Heard, found: Access) -> Access | Text:
        match heard:
            case Contacted(own=False):
                return _("That is somebody else's contact. Please write the number to call.")
            case Contacted(phone=number):
                dialled = phone(number if number.startswith("+") else f"+{number}", "") or number
                return Access(found.pets, dialled, found.words)
            case Words(text) if text.strip():
                return self._written(" ".join(text.split()), found)
            case _:
                return _("Please write it, or tap a button.")

    def _written(self, line: str, found: Access) -> Access | Text:
        dialled = phone(line, self.country)
        if dialled is not None:
            return Access(found.pets, dialled, found.words)
        if looks_like_phone(line) and not (len(line) <= 8 and line.isdigit()):
            return _(
                "I cannot call {number}. Please check it; abroad, begin with + and the country.", number=line
            )
        words = "\n".join(part for part in (found.words, line) if part)
        if len(words) > MOST_WORDS:
            return _("That is too long here. Please write it in a few words.")
        return Access(found.pets, found.phone, words)
