"""Which texts are found in the code, and which names in the taxonomy."""

from locales.extract import TAXONOMY, Found, texts
from locales.languages import HERE
from tests.locales.made_up import code

PLACE = "dialogs/scripts/repair.py"


def found(root):
    return texts(root)


def test_marked_texts_are_found_where_they_are_and_in_order(tmp_path):
    code(tmp_path, 'b = _("Second {name}", name=x)\na = _n("{n} photo", "{n} photos", len(photos))\n')
    code(tmp_path, '_("First")', "bot/cards.py")
    assert found(tmp_path) == [
        Found("First", None, "bot/cards.py"),
        Found("Second {name}", None, PLACE),
        Found("{n} photo", "{n} photos", PLACE),
    ]


def test_texts_in_texts_and_texts_over_several_lines_are_found(tmp_path):
    code(tmp_path, 'say(_("For {who} "\n   "and all", who=_("you")), other("not this"), _(variable))')
    assert [text.id for text in found(tmp_path)] == ["For {who} and all", "you"]


def test_remarks_for_translators_come_along(tmp_path):
    code(
        tmp_path, '# Translators: on a button,\n# so keep it short\n_("Go")\n\n# a note of ours\n_("Stay")\n'
    )
    assert [text.remarks for text in found(tmp_path)] == [("on a button,", "so keep it short"), ()]


def test_names_of_groups_kinds_and_reasons_are_found_with_their_chinese(tmp_path):
    code(
        tmp_path,
        '{"categories": [{"code": "lift", "en": "Lift", "zh": "电梯", "children":'
        ' [{"code": "noise", "en": "Shaking / noise", "zh": "异响"}]}],'
        ' "low_score_reasons": [["slow", "Too slow", "太慢"]], "fee_types": ["水费"]}',
        TAXONOMY,
    )
    assert [(text.id, text.chinese) for text in found(tmp_path)] == [
        ("Lift", "电梯"),
        ("Shaking / noise", "异响"),
        ("Too slow", "太慢"),
    ]


def test_every_name_of_our_taxonomy_is_found():
    ours = {text.id for text in texts(HERE.parent) if text.place == TAXONOMY}
    assert {"Water & plumbing", "Leak / seepage", "Delivery", "No-show / late"} <= ours


def test_a_checkout_without_texts_has_none(tmp_path):
    assert found(tmp_path) == []
