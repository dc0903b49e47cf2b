"""What free text names: homes, plates, phones, guests and visitors; and the time that is left to be read."""

from datetime import datetime

import pytest
from hypothesis import given, strategies as st

from dialogs.understanding.entities import entities
from dialogs.understanding.homes import numbers_in

NOW = datetime.fromisoformat("2026-11-25T14:30")

HOMES = {
    "flat 12, building 3": "3-12",
    "flat 3-502 leaks": "3-502",
    "room 1203 is cold": "1203",
    "apt 5B": "5B",
    "3号楼2单元501漏水": "3-2-501",
    "5栋1802": "5-1802",
    "三号楼一单元802": "3-1-802",
    "A座1203室": "A-1203",
    "送到9-2203": "9-2203",
    "дом 7 корпус 2 квартира 12": "7-2-12",
    "кв.7": "7",
    "apto 1203 torre B": "B-1203",
    "شقة ٥٠٢ مبنى ٣": "3-502",
    "Wohnung 12, Haus 3": "3-12",
    "B blok daire 5": "B-5",
    "my request R-1204": "",
    "phone 555-0199": "",
    "5th floor": "",
    "bus 12": "",
}

PLATES = {
    "车牌粤B12345": "粤B12345",
    "车号鲁B·52Z9N": "鲁B52Z9N",
    "粤Z1234港": "粤Z1234港",
    "на машине А123ВС777": "А123ВС777",
    "номер в909тт77": "В909ТТ77",
    "Kennzeichen M AB 1234": "MAB1234",
    "plaka 34 ABC 123": "34ABC123",
    "plaque AB-123-CD": "AB123CD",
    "coche 4821 KLM": "4821KLM",
    "لوحة دبي A 12345": "دبيA12345",
    "سيارته أ ب ج ١٢٣٤": "أبج1234",
    "plat B 1234 XYZ": "B1234XYZ",
    "placa ABC1D23": "ABC1D23",
    "biển số 51A-123.45": "51A12345",
    "車號ABC-1234": "ABC1234",
    "reg LT70 PWX": "LT70PWX",
    "at 10 am in 3 days": "",
}

PHONES = {
    "call +44 7700 900456 please": "+447700900456",
    "тел 8 916 555-12-34": "89165551234",
    "电话4008899315": "4008899315",
    "رقمها ٠٥٥١٢٣٤٥٦٧": "0551234567",
    "on 25.11.2026 at 10": "",
    "from 10-12 to 14-16": "",
}

GUESTS = {
    "3 people": 3,
    "a family of 4 comes": 4,
    "there will be 6 of us": 6,
    "two adults and a child": 3,
    "about 15 people": 15,
    "我们两个人": 2,
    "三个大人两个小孩": 5,
    "一家五口": 5,
    "нас будет двое": 2,
    "с двумя друзьями": 2,
    "человек пятнадцать": 15,
    "con 4 amigos": 4,
    "لأربعة أشخاص": 4,
    "شخصين": 2,
    "nous serons 4": 4,
    "wir sind zu fünft": 5,
    "somos 4": 4,
    "4 khách": 4,
    "dua tamu": 2,
    "4 misafirimiz": 4,
    "a guest pass": None,
    "2 hours": None,
    "2 rooms": None,
    "at 2 the movers come": None,
    "两个小时": None,
}

VISITORS = {
    "my cleaner Olga comes": "cleaner Olga",
    "my friend is coming": "friend",
    "明天朋友来": "朋友",
    "уборщица Ольга в 10": "уборщица Ольга",
    "el técnico viene, se llama Raúl": "técnico Raúl",
    "no water": "",
}


@pytest.mark.parametrize("words, home", HOMES.items())
def test_a_home_is_named(words: str, home: str):
    assert entities(words, NOW).home == home


def test_ones_own_home_is_known_however_it_is_called():
    assert entities("please come to north-7 tomorrow", NOW, homes=("NORTH-7",)).home == "NORTH-7"


@pytest.mark.parametrize("words, plate", PLATES.items())
def test_a_plate_is_named(words: str, plate: str):
    assert entities(words, NOW).plate == plate


@pytest.mark.parametrize("words, phone", PHONES.items())
def test_a_phone_is_named(words: str, phone: str):
    assert entities(words, NOW).phone == phone


@pytest.mark.parametrize("words, guests", GUESTS.items())
def test_guests_are_counted(words: str, guests: int | None):
    assert entities(words, NOW).guests == guests


@pytest.mark.parametrize("words, visitor", VISITORS.items())
def test_who_comes_is_named(words: str, visitor: str):
    assert entities(words, NOW).visitor == visitor


@pytest.mark.parametrize("words", [*HOMES, *PHONES])
def test_numbers_of_homes_and_phones_are_no_hours(words: str):
    found = entities(words, NOW)
    assert found.start is None or "25.11" in words or "10-12" in words


def test_one_message_names_everything():
    found = entities("朋友李雷明天下午三点到五点来访 两个人 车牌粤B12345 5栋1802", NOW)
    assert (found.visitor, found.guests, found.plate, found.home) == ("朋友李雷", 2, "粤B12345", "5-1802")
    wanted = [datetime.fromisoformat(f"2026-11-26T{clock}") for clock in ("15:00", "17:00")]
    assert [found.start, found.end] == wanted


def test_numbers_in_a_row_without_end_are_none_of_a_floor():
    assert [one.end for one in numbers_in("2, 3 and 4 floor")] == [16]
    assert all(one.end - one.start < 80 for one in numbers_in("1-" * 400 + "1 floor"))


def test_digits_without_end_are_no_sum():
    assert entities(f"tomorrow at 3 pm for {'1' * 900} dollars", NOW).start is not None
    assert not list(numbers_in(f"{'1' * 900} dollars"))
    assert [one.end for one in numbers_in("1,200.50 dollars")] == [16]


@given(
    st.lists(
        st.sampled_from([*HOMES, *PLATES, *PHONES, *GUESTS, *VISITORS]) | st.text(max_size=20), max_size=5
    ),
    st.datetimes(),
)
def test_any_text_can_be_read(parts: list[str], now: datetime):
    found = entities(" ".join(parts), now)
    assert (found.start is None) == (found.end is None)
    assert found.start is None or found.end is None or found.start <= found.end
    assert found.guests is None or found.guests > 0
