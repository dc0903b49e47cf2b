"""Which words ring the alarm, and which must not: as people write them, in haste and mistyped."""

import pytest
from hypothesis import given, settings, strategies as st

from desk.emergencies import DANGERS
from dialogs.understanding.emergencies import HELP, recognise
from locales.alarms import alarms

#: what somebody writes → the danger
RINGS = {
    # gas
    "I smell gas in the kitchen": "gas",
    "There's a strong smell of gas on the 3rd floor!!": "gas",
    "gas leak in 1-2-301, please come": "gas",
    "not sure if it is a gas leak but it smells funny": "gas",
    "the stove is hissing and it smells like gas": "gas",
    "Smell of gas again, like last week": "gas",
    "GAS SMELL": "gas",
    "our carbon monoxide alarm is beeping": "gas",
    "I smel gas": "gas",
    "gas is leaking from the pipe behind the boiler, thank you": "gas",
    # fire
    "FIRE": "fire",
    "Fire!! help": "fire",
    "there is a fire in the kitchen": "fire",
    "the bins are on fire": "fire",
    "an e-bike caught fire in the basement": "fire",
    "thick black smoke in the stairwell": "fire",
    "smoke is coming out of a window on the 5th floor": "fire",
    "My neighbour's balcony is burning": "fire",
    "flames coming from the garbage room": "fire",
    "the fire alarm is ringing and I see smoke in the corridor": "fire",
    "there was an explosion downstairs": "fire",
    # lift
    "my grandmother is stuck in the lift": "lift",
    "we are trapped in the elevator": "lift",
    "Elevator stopped between floors, let us out": "lift",
    "I can't get out of the lift": "lift",
    "im stuck in elevater help": "lift",
    "the lift doors won't open and there are people inside": "lift",
    "kids stuck in lift B": "lift",
    # water
    "HELP burst pipe, water everywhere!!!": "flood",
    "a pipe burst in the bathroom": "flood",
    "the whole flat is flooded": "flood",
    "water is gushing from the ceiling": "flood",
    "water pouring down the stairs": "flood",
    "the radiator exploded and hot water is spraying": "flood",
    "basement is under water": "flood",
    # electricity
    "sparks are coming out of the wall socket": "sparks",
    "burning smell from the fuse box": "sparks",
    "I got an electric shock from the shower": "sparks",
    "the outlet is smoking": "sparks",
    "exposed wires in the playground": "sparks",
    "a power line is down in the yard": "sparks",
    "smells like something burnt near the panel": "sparks",
    # falling
    "bricks are falling from the facade": "falling",
    "a window is about to fall onto the street": "falling",
    "big icicle may fall on people at entrance 2": "falling",
    "the ceiling is collapsing": "falling",
    "scaffolding collapsed": "falling",
    "a piece of concrete fell from a balcony": "falling",
    # manhole
    "open manhole next to the playground": "manhole",
    "the manhole cover is missing": "manhole",
    "a child fell into a hole in the yard": "manhole",
    "there is a sinkhole in front of building 3": "manhole",
    "no manhole cover on the path": "manhole",
    # people
    "an old man collapsed in the lobby": "person",
    "someone is unconscious near the gate": "person",
    "my father is not breathing": "person",
    "call an ambulance": "person",
    "a boy is drowning in the pool": "person",
    "toddler locked in the bathroom": "person",
    "a man wants to jump from the roof": "person",
    "my mum fell down the stairs and can't get up": "person",
    "somebody is bleeding badly in the garage": "person",
    "heart attack, building 2": "person",
    "someone is trying to break in to my flat": "violence",
    "a man with a knife at entrance 1": "violence",
    "my neighbour is beating his wife": "violence",
    "burglars in the flat next door": "violence",
    "somebody is trying to open my door, hurry": "violence",
    "he attacked me in the garage": "violence",
    # a cry
    "help": HELP,
    "SOS!!!": HELP,
    "emergency please help": HELP,
    "救命": HELP,
    "救命啊！！": HELP,
    "紧急情况": HELP,
    # 燃气
    "厨房有煤气味": "gas",
    "好像燃气泄漏了，快来人": "gas",
    "我家漏煤气了": "gas",
    "是不是煤气漏了，味道很大": "gas",
    "楼道里有没有天然气味？我闻到了": "gas",
    "阀门那里漏气，嘶嘶响": "gas",
    "又闻到煤气味了，跟上周一样": "gas",
    "一氧化碳报警器响了，头晕，一氧化碳超标": "gas",
    # 火
    "着火了！": "fire",
    "3栋楼下电动车起火了": "fire",
    "五楼窗户冒烟": "fire",
    "楼道里全是浓烟": "fire",
    "隔壁阳台烧起来了": "fire",
    "垃圾房失火，快来": "fire",
    "消防栓没水，楼上着火了": "fire",
    "大火": "fire",
    # 电梯
    "电梯困人了": "lift",
    "我被困在电梯里": "lift",
    "老人和孩子关在电梯里出不来": "lift",
    "电梯卡在中间不动了，里面有人": "lift",
    "电梯突然往下掉": "lift",
    "救命，电梯门打不开，我们出不去": "lift",
    # 水
    "水管爆了！！客厅全是水": "flood",
    "暖气片爆裂，水喷出来了": "flood",
    "地下室被淹了": "flood",
    "楼上漏水像瀑布一样": "flood",
    "阀门坏了，水止不住": "flood",
    "走廊里到处是水": "flood",
    # 电
    "插座冒火花": "sparks",
    "开关打火，有焦味": "sparks",
    "洗澡的时候被电到了": "sparks",
    "配电箱冒烟了": "fire",
    "电线掉在路上": "sparks",
    "热水器漏电": "sparks",
    # 坠落
    "外墙瓷砖往下掉，差点砸到人": "person",
    "空调外机快掉下来了": "falling",
    "广告牌松动，摇摇欲坠": "falling",
    "天花板要掉下来了": "falling",
    "楼上玻璃掉下来砸到车": "falling",
    "围墙倒塌": "falling",
    # 井盖
    "路上井盖没了": "manhole",
    "下水井敞开着，小孩很危险": "manhole",
    "有人掉进井里了": "manhole",
    "小区门口路面塌陷": "manhole",
    # 人
    "有人晕倒在大堂": "person",
    "我爸没有呼吸了": "person",
    "老人摔倒起不来": "person",
    "孩子反锁在屋里": "person",
    "有人要跳楼": "person",
    "快打120": "person",
    "小孩掉进水池溺水了": "person",
    "有人持刀": "violence",
    "有人在撬我家门": "violence",
    "楼下有人打架，流血了": "violence",
    "有小偷在翻窗，快来": "violence",
    "邻居家暴，女的在喊救命": "violence",
}
#: what somebody writes that is no emergency, though it speaks of such things
CALM = (
    "the fire extinguisher is missing on floor 3",
    "when is the fire drill?",
    "no gas since this morning",
    "fire door doesn't close",
    "the fire alarm beeps, battery low",
    "a car is parked in the fire lane",
    "please replace the smoke detector",
    "my gas bill is too high",
    "there is no smell of gas any more",
    "it is not a fire, just fog",
    "what if there is a fire, where do we go?",
    "in case of fire who do I call?",
    "my neighbour smokes on the balcony and the smoke comes in",
    "cigarette smoke in the corridor every evening",
    "thank you for putting out the fire last week",
    "the gas leak was fixed yesterday, thanks",
    "the lift is not working",
    "elevator is broken, third time this month",
    "lift is stuck on the ground floor",
    "the elevator button is stuck",
    "my keys fell down the lift shaft",
    "the key is stuck in the lock",
    "The tap is leaking",
    "water is dripping from the ceiling",
    "there is no water",
    "water pressure is low",
    "the toilet is clogged again",
    "shower head is broken",
    "I was shocked by the bill",
    "the light flickers",
    "no power in my flat",
    "sparkling clean lobby, great job",
    "the breaker trips whenever I use the kettle",
    "tile came off in my bathroom",
    "plaster is peeling",
    "leaves are falling on the path",
    "a fallen tree in the park",
    "the manhole cover rattles when cars drive over it",
    "please fix the pothole",
    "my dog is not eating",
    "the guard was rude to me",
    "my bike was stolen",
    "someone parked in my spot",
    "can you help me with my bill",
    "please help, the tap drips",
    "loud music, I can't sleep",
    "I can't get out of the car park",
    "we parked near the parks and tapped the card",
    "burglar alarm installation, who does it?",
    "when will the gas be back?",
    "install a gas stove",
    "who pays for the flood insurance?",
    "the heating is off and we are freezing",
    "hello",
    "thanks, all good now",
    "I want to register a visitor for tonight",
    "how much do I owe",
    "灭火器不见了",
    "消防演习是几点？",
    "家里停气了",
    "燃气费怎么交",
    "没有煤气味，放心",
    "消防通道被车堵了",
    "烟雾报警器一直响，没电了",
    "邻居抽烟，烟飘到我家",
    "楼下烧烤冒烟",
    "油烟机坏了",
    "燃气热水器漏水",
    "电梯坏了",
    "电梯停在一楼不动",
    "电梯里有人抽烟",
    "电梯按钮坏了",
    "家里停水了，什么时候来水？",
    "厨房水龙头滴水",
    "卫生间漏水",
    "马桶堵了",
    "水压太小",
    "家里没电",
    "漏电保护器总跳闸",
    "灯泡闪",
    "燃气灶打不着火",
    "卫生间瓷砖脱落了一块",
    "墙皮掉了",
    "井盖响，车一过就响",
    "树叶掉得到处都是",
    "去年楼里着火的事后来怎么处理的",
    "如果着火了怎么办？",
    "谢谢师傅，水管爆的地方修好了",
    "保安态度差",
    "自行车被偷了",
    "车位被占",
    "120平米的物业费是多少",
    "跳楼价促销广告贴满楼道",
    "隔壁装修太吵",
    "孩子的门禁卡丢了",
    "被打扰得睡不着",
    "你好",
    "谢谢",
    "我想登记访客",
    "物业费多少钱",
)


@pytest.mark.parametrize("words, danger", RINGS.items())
def test_danger_is_heard(words: str, danger: str):
    assert recognise(words) == danger


@pytest.mark.parametrize("words", CALM)
def test_what_only_speaks_of_danger_rings_no_alarm(words: str):
    assert recognise(words) is None


def test_every_language_says_every_danger():
    known = {*DANGERS} - {"other"}
    for language in alarms():
        assert known <= {*language.signs} <= known | {HELP}


def test_the_end_of_a_long_story_does_not_undo_its_beginning():
    assert recognise("I smell gas. " + "and then I went out " * 500) == "gas"


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_can_be_read(words: str):
    assert recognise(words) in {*DANGERS, HELP, None}


@settings(max_examples=60)
@given(
    st.sampled_from([one for one, danger in RINGS.items() if danger != HELP]),
    st.sampled_from(["", "! ", "\n"]),
)
def test_politeness_and_capitals_do_not_hide_it(words: str, mark: str):
    assert recognise(f"Good evening{mark or '. '}{words.upper()}{mark or '. '}Thank you, Lin") is not None
