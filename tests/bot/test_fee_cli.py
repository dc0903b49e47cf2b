"""Fees from the command line: what a script can read, and what an operator is told of bad rows."""

from pathlib import Path

from tests.bot.test_cli import _bare, call, refused, sunny_court, told

__all__ = ["_bare", "sunny_court"]
EXAMPLES = Path(__file__).parents[2] / "examples"
FURNISHED = ("tariffs", "readings")


def example(name: str) -> str:
    return str(EXAMPLES / f"fees-2026-11{name}.csv")


def furnish() -> None:
    for name in FURNISHED:
        assert told("import-fees", example(f"-{name}"), "--apply").endswith("Applied.\n")


def test_the_examples_are_taken_in_once(sunny_court: str):
    furnish()
    dry = told("import-fees", example(""))
    assert "charges: 7 new, 0 changed · CN¥787.97" in dry
    assert dry.endswith("Nothing was changed: a dry run. Say --apply to carry it out.\n")
    assert told("import-fees", example(""), "--dry-run") == dry
    assert told("import-fees", example(""), "--apply", "--estate", "Sunny Court").endswith("Applied.\n")
    assert told("import-fees", example(""), "--apply") == "7 rows are known already\nNothing to change.\n"


def test_every_bad_row_is_told_and_nothing_is_taken_in(sunny_court: str, tmp_path: Path):
    furnish()
    good = Path(example("")).read_text()
    bad = tmp_path / "bad.csv"
    bad.write_text(f"{good}9-9-999,2026-11,property,,,2026-12-10,\n1-1-101,2026-12,gold,,,soon,\n")
    result = call("import-fees", str(bad), "--apply")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "bad.csv: row 9: there is no home “9-9-999”",
        "bad.csv: row 10: there is no tariff “gold” for that time",
    ]
    assert "7 new" in told("import-fees", example(""))


def test_what_is_no_such_file_is_one_line(sunny_court: str, tmp_path: Path):
    assert refused("import-fees", "nowhere.csv") == "nowhere.csv: cannot be read: No such file or directory"
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    assert refused("import-fees", str(tmp_path / "odd.csv")).startswith("odd.csv: The first row must be")
    assert refused("import-fees", example(""), "--estate", "Nowhere") == 'There is no estate "Nowhere".'
