"""Which kinds are proposed for what residents write, in their own way of writing."""

import pytest
from hypothesis import example, given, settings, strategies as st

from desk.taxonomy import kinds
from dialogs.understanding.categories import propose

#: what somebody writes → the kind that they would pick
SENTENCES = {
    # water
    "Kitchen tap is leaking under the sink": "leak",
    "There is no hot water since this morning": "no_hot_water",
    "We have no water at all on the 5th floor": "no_water",
    "water pressure is very low in the shower": "low_pressure",
    "HELP burst pipe, water everywhere!!!": "flood",
    "the toilet is clogged again": "drain_blocked",
    "Brown water comes out of the tap": "water_quality",
    "stench from the drain in the bathroom": "sewer_smell",
    # power and heat
    "no electricity in my flat": "no_power",
    "sparks are coming out of the wall socket": "sparking",
    "The breaker trips whenever I use the kettle": "socket",
    "the lights flicker all evening": "voltage",
    "hallway light on the 3rd floor is dead": "corridor_light",
    "Radiators are cold, we are freezing": "no_heating",
    "my air conditioner is not cooling": "ac",
    "I smell gas in the kitchen": "gas_smell",
    # the building
    "my grandmother is stuck in the lift": "trapped",
    "elevator is broken, third time this month": "stopped",
    "The front door lock is jammed": "door_lock",
    "broken window in the stairwell": "window",
    "mould on the bedroom wall": "wall_ceiling",
    "the roof leaks when it rains": "roof_leak",
    "intercom does not ring": "intercom",
    "I lost my key fob, need a new one": "key_card",
    "the barrier is stuck and nobody can drive in": "gate",
    "there is smoke in the stairs": "fire_smoke",
    # outside, and everything else
    "cockroaches in the kitchen": "pests",
    "someone parked in my spot": "occupied",
    "a car is blocking me, please ask them to move the car": "move_car",
    "wifi is down": "internet",
    "please explain my bill, why so much": "bill_query",
    "I need a receipt for the last payment": "receipt_invoice",
    "loud music at night, I can't sleep": "c_noise",
    "the guard was rude to me": "c_staff",
    # 水
    "厨房水龙头滴水，一晚上滴滴答答": "leak",
    "家里停水了，什么时候来水？": "no_water",
    "洗澡没有热水": "no_hot_water",
    "水压太小了，洗澡都洗不了": "low_pressure",
    "水管爆了！！客厅全是水": "flood",
    "马桶堵了，冲不下去": "drain_blocked",
    "卫生间地漏返味很臭": "sewer_smell",
    "自来水发黄，能喝吗": "water_quality",
    # 电和暖
    "我家突然没电了，隔壁有电": "no_power",
    "插座冒火花，有焦味": "sparking",
    "一开微波炉就跳闸": "socket",
    "三楼楼道灯坏了，晚上看不见": "corridor_light",
    "暖气不热，孩子都感冒了": "no_heating",
    "空调不制冷": "ac",
    "厨房有很浓的煤气味": "gas_smell",
    # 楼里
    "有人被困在电梯里了，快来人": "trapped",
    "2号楼电梯坏了": "stopped",
    "入户门锁坏了，进不去家": "door_lock",
    "卧室窗户关不上，漏风": "window",
    "下雨就漏，顶楼天花板都湿了": "roof_leak",
    "门禁卡丢了，怎么补办": "key_card",
    "地下车库的道闸坏了": "gate",
    "楼下有电动车在楼道充电": "ebike",
    "家里发现好多蟑螂": "pests",
    # 其他
    "有人占了我的车位": "occupied",
    "麻烦联系车主挪车，我出不去": "move_car",
    "宽带断网了": "internet",
    "上个月物业费需要开发票": "receipt_invoice",
    "楼上半夜装修，吵死了": "c_noise",
    "保安态度恶劣": "c_staff",
}

#: as people type on a phone
MISTYPED = {
    "the radiatior is cold": "no_heating",
    "elevater is brokken": "stopped",
    "kitchen sink is cloged": "drain_blocked",
    "cokroaches everywhere": "pests",
    "intercomm does not work": "intercom",
}


@pytest.mark.parametrize("words, kind", SENTENCES.items())
def test_the_kind_is_among_the_three_that_are_proposed(words, kind):
    assert kind in {one.code for one in propose(words)}


def test_the_kind_mostly_stands_first():
    first = [kind == next(iter(propose(words))).code for words, kind in SENTENCES.items()]
    assert sum(first) >= 0.9 * len(first), f"{sum(first)} of {len(first)}"


@pytest.mark.parametrize("words, kind", MISTYPED.items())
def test_a_slip_of_the_finger_is_forgiven(words, kind):
    assert kind in {one.code for one in propose(words)}


@pytest.mark.parametrize(
    "words", ["", " ", "!!!", "👍", "ok", "hello there", "你好", "R-17", "asdfgh", "2026", "是的", "。。。"]
)
def test_nothing_is_made_of_words_that_name_nothing(words):
    assert propose(words) == ()


@pytest.mark.parametrize(
    "words, same",
    [
        ("NO HOT WATER", "no hot water"),
        ("ｎｏ　ｈｏｔ　ｗａｔｅｒ", "no hot water"),
        ("no\n\nhot\twater!", "no hot water"),
        ("水龙头，漏水！！！", "水龙头,漏水"),
    ],
)
def test_width_case_and_marks_make_no_difference(words, same):
    assert propose(words) == propose(same) != ()


def test_english_and_chinese_may_be_mixed():
    assert propose("AC 不制冷, please help")[0].code == "ac"


@pytest.mark.parametrize("words", ["rational explanation", "miceli", "party treatment", "the practice"])
def test_a_short_word_inside_another_says_nothing(words):
    assert {"pests", "ac"}.isdisjoint(one.code for one in propose(words))


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=300), most=st.integers(0, 5))
@example(words="漏水" * 400, most=3)
@example(words="leak " * 1000, most=3)
@example(words="\x00\ud7ff\u202e️‍", most=3)
def test_any_text_gives_a_few_known_kinds_each_once_and_always_the_same(words, most):
    found = propose(words, most)
    assert len(found) <= most
    assert len(set(found)) == len(found)
    assert all(kinds()[one.code] == one for one in found)
    assert propose(words, most) == found
