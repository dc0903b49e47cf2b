"""The lines of a TOML file: every key is found where it stands."""

import pytest
from hypothesis import given, strategies as st

from bot.setup.estate_toml import read_toml

TRICKY = '''\
# a comment = with marks [x]
title."zh.CN" = """
[not a table]
key = 1
"""
many = [
  1, "]", # ]
  { code = "a" }, { code = "b" },
  { area = 2 }, # , {
  2026-05-01 08:00:00,
]
[a.b]
c.d = '}'
[[a.list]]
x = 1
[[a.list]]
  [a.list.deep]
  y = [[1, 2], []]
'''


@pytest.mark.parametrize(
    "route, line",
    [
        (("title", "zh.CN"), 2),
        (("many",), 6),
        (("many", 1), 7),
        (("many", 2, "code"), 8),
        (("many", 3, "code"), 8),
        (("many", 4, "area"), 9),
        (("many", 5), 10),
        (("a", "b", "c", "d"), 13),
        (("a", "list", 0, "x"), 15),
        (("a", "list", 1), 16),
        (("a", "list", 1, "deep", "y", 1), 18),
        (("a", "list", 1, "missing"), 16),
        (("nowhere",), 1),
    ],
)
def test_every_key_of_a_toml_file_has_its_line(route, line):
    assert read_toml("t.toml", TRICKY).place(route).order == (line,)


def written(value: object) -> str:
    """A value as TOML."""
    match value:
        case dict():
            return "{" + ", ".join(f"{quoted(key)} = {written(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[\n" + "".join(f"{written(inner)} , # ]\n" for inner in value) + "]"
        case str():
            return quoted(value)
        case _:
            return str(value).lower()


def quoted(word: str) -> str:
    escaped = "".join(
        f"\\U{ord(letter):08X}" if letter in '"\\' or ord(letter) < 32 else letter for letter in word
    )
    return f'"{escaped}"'


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f"), max_size=5)
values = st.recursive(
    words | st.integers(-99, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(words, values, max_size=4))
def test_whatever_is_toml_can_be_walked_through(table):
    text = "".join(f"{quoted(key)} = {written(value)}\n" for key, value in table.items())
    document = read_toml("t.toml", text)
    assert document.data == table
    starts = [line for line, words in enumerate(text.split("\n"), 1)]
    assert all(document.place((key,)).order[0] in starts for key in table)
