"""The kinds of requests that every estate knows."""

from desk.records import Priority
from desk.taxonomy import group_codes, groups, kinds


def test_eighteen_groups_and_a_hundred_and_sixteen_kinds():
    assert (len(groups()), len(group_codes()), len(kinds())) == (18, 18, 116)


def test_codes_are_plain_and_each_stands_for_one_thing():
    codes = [*group_codes(), *kinds()]
    assert len(set(codes)) == len(codes)
    assert all(code.isascii() and code.replace("_", "").isalnum() and len(code) <= 24 for code in codes)


def test_every_kind_is_in_its_group_and_has_a_title():
    for group in groups():
        assert group.title
        assert group.kinds
        for kind in group.kinds:
            assert kind.title
            assert kinds()[kind.code] == kind
            assert kind.group == group.code


def test_what_cannot_wait_is_urgent():
    urgent = {"flood", "sparking", "gas_smell", "trapped", "fire_smoke", "sewage_backflow"}
    assert {kinds()[code].priority for code in urgent} == {Priority.URGENT}
    assert kinds()["fixture"].priority is Priority.NORMAL
