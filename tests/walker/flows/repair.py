"""Reporting a repair."""

from dataclasses import replace

from tests.walker.flow import Flow
from tests.walker.world import Setting

REPAIR = Flow(
    name="repair",
    title="Reporting a repair",
    begins="/repair",
    says={
        "problem": ("The kitchen tap is leaking", "(2 photos)"),
        "phone": ("138 0013 8000",),
    },
    also={"problem": [("(voice)", "(location)")]},
    epilogue=("Wang: [🙋 Claim] (in the staff group)",),
)
TWO_HOMES = replace(
    REPAIR,
    name="repair_with_two_homes",
    title="Reporting a repair in one of two homes",
    setting=Setting(homes={"Lin": ("1-1-101", "2-1-501"), "Mei": ("1-1-102",)}),
    elsewhere=frozenset({"kind", "kind/of", "kind/group"}),
    situations=("happy_path", "change"),
)
CHINESE = replace(
    REPAIR,
    name="repair_in_chinese",
    title="Reporting a repair in Chinese",
    setting=Setting(languages={"Lin": "zh_CN"}),
    says={**REPAIR.says, "problem": ("厨房水龙头漏水", "(photo)")},
    situations=("happy_path", "invalid_input", "stale_button"),
)

FLOWS = (REPAIR, TWO_HOMES, CHINESE)
