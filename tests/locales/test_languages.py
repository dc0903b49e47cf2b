"""Which languages are offered, and which one a phone gets."""

import pytest

from locales.languages import languages, nearest
from tests.locales.made_up import speak

OFFERED = ("en", "ru", "zh_CN", "zh_TW")


def test_english_comes_first_even_without_a_catalogue(tmp_path):
    speak(tmp_path, "zh_CN")
    speak(tmp_path, "ar")
    assert languages(tmp_path) == ("en", "ar", "zh_CN")


def test_ours():
    assert languages()[:1] == ("en",)
    assert "zh_CN" in languages()


@pytest.mark.parametrize(
    "tag, expected",
    [
        ("en-GB", "en"),
        ("ru", "ru"),
        ("zh", "zh_CN"),
        ("zh-hans", "zh_CN"),
        ("zh-CN", "zh_CN"),
        ("zh-hant", "zh_TW"),
        ("zh-Hant-HK", "zh_TW"),
        ("zh-HK", "zh_TW"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_language(tag, expected):
    assert nearest(tag, OFFERED) == expected


def test_a_traditional_reader_gets_simplified_chinese_rather_than_none():
    assert nearest("zh-TW", ("en", "zh_CN")) == "zh_CN"
