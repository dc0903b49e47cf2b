"""What Telegram, and a telephone's width, leave room for; and what is to be tapped, in every language."""

import ast
import re
from collections.abc import Iterator

import pytest

from dialogs.commands import COMMANDS
from locales.languages import HERE
from locales.text import Text
from locales.words import languages, words

#: characters; about as many as a row shows on a telephone held upright
ON_A_BUTTON = 40
#: characters that Telegram takes for what a command's menu says
DESCRIPTION = range(1, 257)
#: what makes a button out of a label
BUTTONS = {"page", "begin", "order"}
_VALUE = re.compile(r"\{\w+\}")


def labels() -> set[str]:
    """The ids of the labels of all buttons that the bot's own screens have."""
    sources = (HERE.parent / "bot").rglob("*.py")
    return {label for path in sources for label in _labels(ast.parse(path.read_text("utf-8")))}


def _labels(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="layout"), attr=made),
                args=[ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(label)), *_]), *_],
            ) if made in BUTTONS:
                yield label


def shown(label: str, language: str) -> str:
    """A label without its values, as a reader sees it."""
    values = {name.strip("{}"): "" for name in _VALUE.findall(label)}
    return words(language, "UTC").plain(Text(label, values))


def test_the_labels_are_found():
    assert {"📋 My requests", "🌐 Language"} <= labels()


@pytest.mark.parametrize("language", languages())
def test_every_label_of_a_button_fits_a_telephone(language: str):
    said = {label: shown(label, language) for label in labels()}
    assert {label: text for label, text in said.items() if len(text) > ON_A_BUTTON} == {}


@pytest.mark.parametrize("language", languages())
def test_the_command_menu_has_lengths_that_telegram_takes(language: str):
    reader = words(language, "UTC")
    titles = {one.name: reader.plain(one.title) for one in COMMANDS if one.in_menu}
    assert {name: title for name, title in titles.items() if len(title) not in DESCRIPTION} == {}


@pytest.mark.parametrize("language", languages())
def test_who_is_told_to_tap_done_finds_a_button_of_that_name(language: str):
    reader = words(language, "UTC")
    button = reader.plain(Text("✅ Done")).removeprefix("✅").strip()
    assert button in reader.plain(Text("Send more, or tap Done."))
