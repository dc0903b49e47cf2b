"""Files of the office: what can be read, and kind words for what cannot."""

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.fees.files import ENCRYPTED, LARGEST, MOST_ROWS, OLE, UnreadableFile, read
from desk.fees.rows import Row, Table
from tests.bot.workbook import write_workbook

CHARGES = "home,period,tariff,due\n1-1-101,2026-11,property,2026-12-10\n"


def cells(content: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read(content)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n"])
def test_text_with_any_mark_between(mark: str, start: str):
    found = read(f"{start}{CHARGES}".replace(",", mark).encode())
    assert [row.table for row in found] == [Table.CHARGES]
    assert found[0].cells["tariff"] == "property"
    assert found[0].number == 2 + start.count("\n")


def test_chinese_headers():
    given = "房号,账期,收费项目,缴费期限,备注\n1-1-101,2026-11,property,2026-12-10,补收\n"
    assert cells(given.encode())[0] | {"note": "补收"} == cells(given.encode())[0]


def test_a_workbook_with_a_sheet_a_table(tmp_path: Path):
    sheets: dict[str, list[list[str | float]]] = {
        "水表": [
            ["home", "meter", "date", "value"],
            ["1-1-101", "W-1", "2026-11-30", 1219.5],
            ["", "", "", ""],
        ],
        "缴费": [["房号", "日期", "金额", "流水号"], ["1-1-101", "2026-11-18", 300, "A-1"]],
        "empty": [],
    }
    found = read(write_workbook(tmp_path / "fees.xlsx", sheets).read_bytes())
    assert [(row.table, row.sheet, row.number) for row in found] == [
        (Table.READINGS, "水表", 2),
        (Table.PAYMENTS, "缴费", 2),
    ]
    assert (found[0].cells["value"], found[1].cells["amount"]) == ("1219.5", "300")


def bad_zip() -> bytes:
    return b"PK\x03\x04" + random.Random(1).randbytes(3000)


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"\xef\xbb\xbfhome,period,due\n", "no rows"),
        (CHARGES.encode("utf-16"), "UTF-8"),
        ("房号,账期\n".encode("gb18030"), "UTF-8"),
        (b"\x00\x01\x02home,period", "cannot read"),
        (b"%PDF-1.7\n%...", "headers"),
        (b"hello there\nhow are you", "headers"),
        (b"home,period,tariff\n1,2,3\n", "due"),
        (b"home,period,due,colour\n1,2,3,4\n", "colour"),
        (b"home,period,due,due\n1,2,3,4\n", "twice"),
        (bad_zip(), "cannot read"),
        (OLE + b"\0" * 600 + ENCRYPTED, "password"),
        (OLE + b"\0" * 600, "xlsx"),
        (b"x" * (LARGEST + 1), "too large"),
        ((CHARGES + CHARGES.splitlines()[1] * 1).encode() + b"\n1,2,3,4" * (MOST_ROWS + 1), "split"),
        (b'home,period,due\n"' + b"x" * 200_000 + b'"\n', "cannot read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told_in_words(content: bytes, words: str):
    with pytest.raises(UnreadableFile, match=words):
        read(content)


def remade(folder: Path, name: str = "xl/worksheets/sheet1.xml", **changed: bytes) -> bytes:
    """A workbook whose sheet is stored under another name, with its second cell written otherwise."""
    file = write_workbook(folder / "plain.xlsx", {"a": [["home", "period"]]})
    with zipfile.ZipFile(file) as plain, zipfile.ZipFile(folder / "made.xlsx", "w") as made:
        for part in plain.namelist():
            sheet = part.startswith("xl/worksheets/")
            content = plain.read(part).replace(b"worksheets/sheet1.xml", name.removeprefix("xl/").encode())
            for old, new in changed.items():
                content = content.replace(f'r="{old}"'.encode(), new)
            made.writestr(name if sheet else part, content)
    return (folder / "made.xlsx").read_bytes()


@pytest.mark.parametrize(
    "name, cell",
    [
        ("xl/worksheets/sheet1.xml", b'r="XFD1048576"'),
        ("xl/worksheets/sheet1.xml", b'r = "XFD1048576"'),
        ("xl/worksheets/sheet1.xml", b'x=">" r="XFD1048576"'),
        ("xl/Worksheets/Sheet1.XML", b'r="XFD1048576"'),
        ("xl/elsewhere/one.xml", b"r='XFD1048576'"),
    ],
)
def test_a_cell_in_the_last_corner_is_refused_before_it_fills_the_memory(
    tmp_path: Path, name: str, cell: bytes
):
    with pytest.raises(UnreadableFile, match="100 columns"):
        read(remade(tmp_path, name, B1=cell))


@pytest.mark.parametrize("cell", [b'r="?1"', b'r="B1"><x', b'r="B99999999999"'])
def test_a_sheet_that_no_program_writes_is_refused(tmp_path: Path, cell: bytes):
    with pytest.raises(UnreadableFile, match="cannot read"):
        read(remade(tmp_path, B1=cell))


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path):
    plain = write_workbook(tmp_path / "bomb.xlsx", {"a": [["home"]]})
    with zipfile.ZipFile(plain, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", b"<sst>" + b" " * 5_000_000 + b"</sst>")
    content = bytearray(plain.read_bytes())
    listed = content.rindex(b"PK\x01\x02")
    content[listed + 24 : listed + 28] = (9).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="cannot read"):
        read(bytes(content))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.binary(max_size=400).map(lambda one: b"PK\x03\x04" + one),
        st.text(max_size=200).map(str.encode),
    )
)
def test_any_bytes_are_rows_or_words(content: bytes):
    found: tuple[Row, ...] = ()
    with suppress(UnreadableFile):
        found = read(content)
    assert all(isinstance(row, Row) for row in found)
