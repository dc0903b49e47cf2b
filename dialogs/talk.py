"""The hand that a script holds: each question returns its answer, or leaves the script to be asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dialogs.engine.talk import Reading
from dialogs.questions.asking import Ask, Suggestion
from dialogs.questions.choices import Choose, Option, Tick
from dialogs.questions.describing import Describe, Description
from dialogs.questions.reviewing import Line, Review, Shortcut
from dialogs.questions.when import When
from locales.text import Text, Value

T = TypeVar("T")


@dataclass(slots=True)
class Talk(Reading):
    """A reading with a method for each kind of question: `ask` with the question already made."""

    def choose(
        self,
        name: str,
        prompt: Value,
        options: Sequence[Option[T]],
        columns: int = 1,
        plain: tuple[T] | None = None,
        understand: Callable[[str], str] = lambda words: "",
        more: Callable[[str], tuple[T] | None] = lambda key: None,
    ) -> T:
        """One of several, which words may mean too (`understand` tells the key), `more` also what has no
        button; with a plain answer it is only asked once somebody wants to change it."""
        question = Choose(name, prompt, tuple(options), columns, self.plain, understand, more)
        return self.ask_unless(question, plain)

    def tick(self, name: str, prompt: Value, options: Sequence[Option[T]], columns: int = 2) -> tuple[T, ...]:
        """Any number of several."""
        return self.ask(Tick(name, prompt, tuple(options), columns))

    def describe(self, name: str, prompt: Value, optional: bool = False) -> Description:
        """Words and pictures, collected until the person says that this is all."""
        return self.ask(Describe(name, prompt, optional))

    def line(
        self,
        name: str,
        prompt: Value,
        understand: Callable[[str], T | Text],
        suggestions: Sequence[Suggestion] = (),
        otherwise: tuple[T] | None = None,
        plain: tuple[T] | None = None,
    ) -> T:
        """A line of text, of which `understand` makes the answer; with `otherwise` it may be left out, with a
        plain answer it is only asked once somebody wants to change it."""
        question = Ask(name, prompt, understand, tuple(suggestions), otherwise=otherwise)
        return self.ask_unless(question, plain)

    def when(
        self,
        name: str,
        prompt: Value,
        understand: Callable[[str], T | Text],
        suggestions: Sequence[Suggestion],
        written: Callable[[T], str],
        plain: tuple[T] | None = None,
    ) -> T:
        """A day or a moment, kept as `written` puts it, so that it is the same when it is read tomorrow; with
        a plain answer it is only asked once somebody wants to change it."""
        return self.ask_unless(When(name, prompt, understand, tuple(suggestions), written=written), plain)

    def review(
        self, name: str, title: Value, lines: Sequence[Line], instead: Sequence[Shortcut] = ()
    ) -> None:
        """Reads the order back; goes on only when it is sent."""
        self.ask(Review(name, title, tuple(lines), tuple(self.path), tuple(self.assumed), tuple(instead)))
