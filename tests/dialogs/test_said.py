"""Which home somebody means who names one."""

import pytest

from dialogs.said import is_called


@pytest.mark.parametrize(
    "code, named, meant",
    [
        ("1-1-101", "1-1-101", True),
        ("1-1-101", "101", True),
        ("3-1-502", "3-502", True),
        ("B-1203", "b-1203", True),
        ("1-1-102", "2", False),
        ("3-1-502", "1-3-502", False),
        ("3-1-502", "502-3", False),
        ("12", "12", True),
    ],
)
def test_a_home_is_meant_by_its_whole_numbers(code: str, named: str, meant: bool):
    assert is_called(code, named) is meant
