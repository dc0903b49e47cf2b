"""Languages in which nothing is said are understood all the same, and nobody is offered them."""

import pytest

from dialogs.understanding.intents import Intent
from dialogs.understanding.understand import understand
from locales.languages import languages
from locales.lexicon import spread, understood
from locales.spoken import told_by

ONLY_UNDERSTOOD = sorted(set(understood()) - set(languages()))


def test_some_languages_are_understood_though_nothing_is_said_in_them():
    assert ONLY_UNDERSTOOD == ["fa", "hi", "ja", "ko", "mr", "uk"]


@pytest.mark.parametrize(
    "words, intent, kind",
    [
        ("आमच्या सोसायटीत पाणी येत नाही", Intent.REPAIR, "no_water"),
        ("रस्त्यावर मोठे खड्डे पडले आहेत", Intent.REPAIR, "paving"),
        ("किचन का नल टूट गया है", Intent.REPAIR, "fixture"),
        ("पड़ोसी रोज रात को शोर करते हैं", Intent.COMPLAINT, "c_neighbour"),
        ("У кухні тече кран, надішліть сантехніка", Intent.REPAIR, "fixture"),
        ("엘리베이터가 고장났어요", Intent.REPAIR, "stopped"),
        ("台所で水漏れしています、修理してください", Intent.REPAIR, "leak"),
        ("آسانسور خراب شده و کار نمی‌کند", Intent.REPAIR, "stopped"),
    ],
)
@pytest.mark.parametrize("own", ["en", "zh_CN"])
def test_whoever_writes_in_one_is_understood(words, intent, kind, own):
    heard = understand(words, own)
    assert heard.intent is intent
    assert kind in list(heard.kinds)[:2]


@pytest.mark.parametrize(
    "words",
    ["아침 알람 맞춰줘", "電気をつけて", "पंखा चला दो", "Увімкни музику", "چراغ را روشن کن", "नमस्ते, कैसे हैं"],
)
def test_what_is_none_of_an_estates_is_no_request(words):
    assert understand(words, "en").intent in {Intent.OOS, Intent.CHITCHAT}


@pytest.mark.parametrize(
    "words, language",
    [
        ("पाणी येत नाही", "mr"),
        ("पानी नहीं आ रहा", "hi"),
        ("Немає води", "uk"),
        ("آب قطع شده، لطفا پیگیری", "fa"),
    ],
)
def test_neighbours_in_one_script_are_told_apart(words, language):
    assert told_by(words, "en") == language


def test_one_phrase_names_several_words_for_a_place_in_it():
    assert spread(["(no|low) water", "no water", "tap"]) == ("no water", "low water", "tap")
