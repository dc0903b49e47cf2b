"""What a translator types, and what comes back."""

from locales.__main__ import main
from tests.locales.made_up import code, speak


def ran(tmp_path, capsys, *arguments):
    exit_code = main(["--root", str(tmp_path), "--folder", str(tmp_path / "locales"), *arguments])
    return exit_code, capsys.readouterr().out


def test_update_then_check_then_translate_then_check(tmp_path, capsys):
    code(tmp_path, '_("Hello")')
    speak(tmp_path / "locales", "zh_CN")
    assert ran(tmp_path, capsys, "update") == (0, "changed: zh_CN\n")
    assert ran(tmp_path, capsys, "update") == (0, "nothing to change\n")
    assert ran(tmp_path, capsys, "check") == (1, 'zh_CN: missing: "Hello"\n')
    speak(tmp_path / "locales", "zh_CN", 'msgid "Hello"\nmsgstr "您好"\n')
    assert ran(tmp_path, capsys, "check") == (0, "1 texts in 2 languages: complete\n")


def test_pseudo_prints_or_writes(tmp_path, capsys):
    code(tmp_path, '_("Hello")')
    assert "Ĥéļļö" in ran(tmp_path, capsys, "pseudo")[1]
    assert ran(tmp_path, capsys, "pseudo", str(tmp_path / "x"))[1].startswith("written: ")
